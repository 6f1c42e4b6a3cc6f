import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import type { ClassificationLoader } from '../classification/classification.loader';
import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import { COUNTED_KINDS, CountedMoney } from '../flow/counted-money';
import type { Flow } from '../flow/flow';
import { belongingOf } from '../summary/belonging';
import { hostedBy } from '../hosting/hosted';
import { Route } from './route';
import type { TrailStore } from './trail.store';
import { routeTo, type Upstream } from './upstream';

/** How many bodies back the sources of a payment are looked for. */
const FURTHEST = 6;
const MOST_BODIES = 20_000;
const FIRST_DAY = '0000-01-01';
const STAGES = [CountedMoney.PLEDGED, CountedMoney.COMMITTED, CountedMoney.DISBURSED];

interface Asked {
  flow: Flow;
  /** The day for which it is judged what bodies are. */
  asOf: string;
}

/** One request's routes of single flows. */
export const createFlowRouteLoader = (
  store: TrailStore,
  facts: FactsStore,
  { outcomesOf }: Pick<ClassificationLoader, 'outcomesOf'>,
  bodies: BodiesLoader,
) => {
  /** Who paid some bodies and those before them, level by level. */
  const payersBefore = async (ids: readonly string[], money: CountedMoney) => {
    const payers = new Map<string, Set<string | null>>();
    let level = [...new Set(ids)];
    for (let depth = 0; depth < FURTHEST && level.length > 0; depth += 1) {
      if (payers.size + level.length > MOST_BODIES) break;
      for (const id of level) payers.set(id, new Set());
      for (const { own_id, other_id } of await store.payersOf({ money, period: undefined }, level))
        if (own_id !== other_id) payers.get(own_id)?.add(other_id);
      level = [
        ...new Set(level.flatMap((id) => [...(payers.get(id) ?? [])]).filter(present)),
      ].filter((id) => !payers.has(id));
    }
    return payers;
  };

  const upstreamOf = async (
    pairs: readonly { provider: string; receiver: string }[],
    money: CountedMoney,
    asOf: string,
  ): Promise<Upstream> => {
    const payers = await payersBefore(
      pairs.map(({ provider }) => provider),
      money,
    );
    const between = [...payers].flatMap(([id, some]) => (some.size > 0 ? [id] : []));
    const hosted = await hostedBy(facts, between, { from: FIRST_DAY, to: asOf });
    const receivers = between.length > 0 ? pairs.map(({ receiver }) => receiver) : [];
    const { isMember } = await belongingOf(facts, receivers, asOf);
    return {
      payers,
      outcomes: await outcomesOf(between, asOf),
      isMember,
      isHost: (host, body) => hosted.get(host)?.has(body) ?? false,
    };
  };

  const loader = new DataLoader<Asked, Route, string>(
    async (asked) => {
      const named = await Promise.all(
        asked.map(async ({ flow, asOf }) => {
          const provider = flow.onBehalf.provider?.key ?? flow.providerKey;
          const receiver = flow.onBehalf.receiver?.key ?? flow.receiverKey;
          return {
            money: STAGES.find((money) => COUNTED_KINDS[money].includes(flow.kind)),
            asOf,
            provider: provider === null ? null : await bodies.idOf.load(provider),
            receiver: receiver === null ? null : await bodies.idOf.load(receiver),
          };
        }),
      );
      const groups = new Map<string, { provider: string; receiver: string }[]>();
      const groupOf = ({ money, asOf }: (typeof named)[number]) => `${money ?? ''} ${asOf}`;
      for (const one of named) {
        const { money, provider, receiver } = one;
        if (money === undefined || provider === null || receiver === null) continue;
        const pairs = groups.get(groupOf(one)) ?? [];
        groups.set(groupOf(one), [...pairs, { provider, receiver }]);
      }
      const upstreams = new Map<string, Upstream>();
      for (const [name, pairs] of groups) {
        const [money = '', asOf = ''] = name.split(' ');
        upstreams.set(name, await upstreamOf(pairs, money as CountedMoney, asOf));
      }
      return named.map((one) => {
        const upstream = upstreams.get(groupOf(one));
        return one.provider === null || one.receiver === null || !upstream
          ? Route.UNKNOWN
          : routeTo(one.receiver, one.provider, upstream);
      });
    },
    { cacheKeyFn: ({ flow, asOf }) => `${flow.id} ${asOf}` },
  );

  return {
    /** The route of a flow's money from its sources to its receiver. */
    of: (flow: Flow, asOf: string): Promise<Route> => loader.load({ flow, asOf }),
  };
};
export type FlowRouteLoader = ReturnType<typeof createFlowRouteLoader>;
