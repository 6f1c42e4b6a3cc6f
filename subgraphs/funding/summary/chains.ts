import { BadInput } from '../../shared/errors';
import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import { hostedIn } from '../hosting/hosted';
import { routeOf } from '../trail/route';
import { CountingBasis } from './basis';
import { belongingOf } from './belonging';
import { balancesOf, unseenEntry } from './counting';
import { FlowDimension, localityKey } from './dimension';
import type { Fixed } from './fixed';
import type { KeyReader } from './keys';
import type { LotStore } from './lots.store';
import type { ReadQuestion } from './question';
import type { Counted } from './rows';
import type { Scope, ScopeQuestion } from './scope';
import { netted, spread, TooFar, type Way } from './spread';

/** Dimensions for which money has to be followed along its ways. */
const FOLLOWED: readonly FlowDimension[] = [
  FlowDimension.FIRST_RECIPIENT,
  FlowDimension.FINAL_RECIPIENT,
  FlowDimension.ROUTE,
  FlowDimension.HOPS,
];
/** Dimensions that a whole way has a value in. */
const OF_WAYS: readonly FlowDimension[] = [
  ...FOLLOWED,
  FlowDimension.PROVIDER,
  FlowDimension.PROVIDER_OUTCOME,
  FlowDimension.RECEIVER,
  FlowDimension.RECEIVER_OUTCOME,
  FlowDimension.RECEIVER_STANDING,
  FlowDimension.LOCALITY,
  FlowDimension.LOCALITY_BY_TYPE,
  FlowDimension.CONSTITUENCY,
];
const OF_SOURCE = [FlowDimension.PROVIDER, FlowDimension.PROVIDER_OUTCOME];
const FIRST_DAY = '0000-01-01';
/** More pairs of bodies than this are not followed. */
const MOST_PAIRS = 50_000;

/** Whether money has to be followed along its ways to answer. */
export const isFollowed = (dimensions: readonly FlowDimension[]): boolean =>
  dimensions.some((dimension) => FOLLOWED.includes(dimension));

const check = (
  { basis, scope, selected }: ReadQuestion,
  dimensions: readonly FlowDimension[],
): string | null => {
  const told = dimensions.filter((dimension) => FOLLOWED.includes(dimension)).join(', ');
  if (basis !== CountingBasis.SOURCE && basis !== CountingBasis.FINAL)
    throw new BadInput(
      `${told} follows money from where it is new to where it stays, so it goes with SOURCE and FINAL; ${basis} counts flows.`,
    );
  const strange = dimensions.filter((dimension) => !OF_WAYS.includes(dimension));
  if (strange.length > 0)
    throw new BadInput(
      `${strange.join(', ')} is of a single flow, and ${told} of a way along several. It goes with ${OF_WAYS.join(', ')}; narrow the filter for the others.`,
    );
  const [country, another] = scope.countries ?? [];
  if (
    dimensions.includes(FlowDimension.LOCALITY) &&
    (country === undefined || another !== undefined)
  )
    throw new BadInput(
      `LOCALITY beside ${told} needs one country in \`filter.countries\`: what is local is local to a country.`,
    );
  const others = Object.entries(selected).flatMap(([name, value]) =>
    present(value) && !(name in scope) && name !== 'providers' && name !== 'receivers'
      ? [name]
      : [],
  );
  if (others.length > 0)
    throw new BadInput(
      `\`${others.join('`, `')}\` picks single flows, and ${told} follows money along several: of such criteria only \`providers\` (the sources) and \`receivers\` (where it stayed) are taken.`,
    );
  return country?.toUpperCase() ?? null;
};

/** Counts money by where it came from, went and stayed. */
export const createChains = (lots: LotStore, scopes: Scope, facts: FactsStore, keys: KeyReader) => {
  const waysOf = async (
    { basis, scope, selected, from, to, asOf }: ReadQuestion,
    of: Omit<ScopeQuestion, 'filter'>,
    dimensions: readonly FlowDimension[],
  ): Promise<{ ways: Way[]; entry: Fixed }> => {
    const found = await lots.lots({
      ...of,
      filter: scope,
      dimensions: [],
      provider: 'EACH',
      receiver: 'EACH',
      onlyMoving: true,
    });
    const ids = await scopes.idsOf(found);
    const pairs = netted((await scopes.convert(found, of.currency, ids)).lots);
    if (pairs.length > MOST_PAIRS)
      throw new BadInput(
        `${pairs.length} pairs of bodies pay each other within the scope; at most ${MOST_PAIRS} are followed. Narrow the filter.`,
      );
    const balances = balancesOf(pairs);
    const { providers, receivers } = selected;
    const asks = (some: readonly FlowDimension[]) =>
      dimensions.some((dimension) => some.includes(dimension));
    try {
      const told = {
        source: asks([...OF_SOURCE, FlowDimension.ROUTE]) || providers !== undefined,
        first: asks([FlowDimension.FIRST_RECIPIENT]),
        between: asks([FlowDimension.ROUTE]),
      };
      const hosted = await hostedIn(facts, { from: from ?? FIRST_DAY, to: to ?? asOf });
      const ways = spread(
        pairs,
        balances,
        told,
        (host, body) => hosted.get(host)?.has(body) ?? false,
      );
      const isMeant = (listed: readonly string[] | undefined, id: string | null) =>
        listed === undefined || (id !== null && listed.includes(id));
      return {
        ways: ways.filter(
          ({ source, unseen, last }) =>
            isMeant(providers, source) &&
            isMeant(receivers, last) &&
            !(basis === CountingBasis.SOURCE && unseen),
        ),
        entry: unseenEntry(balances),
      };
    } catch (error) {
      if (error instanceof TooFar) throw new BadInput(error.message);
      throw error;
    }
  };

  const routesOf = async (ways: readonly Way[], asOf: string) => {
    const between = [...new Set(ways.flatMap((way) => way.between).filter(present))];
    const outcomes = await keys.outcomesOf(between, asOf);
    const lasts = [...new Set(ways.map(({ last }) => last).filter(present))];
    const { isMember } = await belongingOf(facts, between.length > 0 ? lasts : [], asOf);
    return ({ source, between: held, last }: Way) =>
      routeOf(
        [source, ...held, last].map((id) => ({ id, host: false })),
        outcomes,
        isMember,
      ).route;
  };

  /** What is counted, as lots for rows; and what came into the scope unseen. */
  return async (
    question: ReadQuestion,
    dimensions: readonly FlowDimension[],
    of: Omit<ScopeQuestion, 'filter'>,
  ): Promise<{ counted: Counted[]; entry: Fixed }> => {
    const country = check(question, dimensions);
    const { ways, entry } = await waysOf(question, of, dimensions);
    const routes = dimensions.includes(FlowDimension.ROUTE)
      ? await routesOf(ways, question.asOf)
      : () => null;
    const valueOf = (way: Way, dimension: FlowDimension): string | null => {
      if (OF_SOURCE.includes(dimension)) return way.source;
      if (dimension === FlowDimension.FIRST_RECIPIENT) return way.first;
      if (dimension === FlowDimension.ROUTE) return routes(way);
      if (dimension === FlowDimension.HOPS) return way.last === null ? null : String(way.hops);
      if (dimension === FlowDimension.LOCALITY) return localityKey(country, way.last);
      return way.last;
    };
    const values = ways.map((way) => dimensions.map((dimension) => valueOf(way, dimension)));
    const readers = keys.readers(dimensions, question.asOf);
    await readers.prepare((place) => values.map((of) => of[place] ?? null));
    return {
      counted: ways.map(({ amount, attributed }, index) => ({
        parts: dimensions.map((_, place) => readers.read(values[index]?.[place] ?? null, place)),
        amount,
        flows: 0,
        estimated: false,
        attributed,
      })),
      entry,
    };
  };
};
