import { inForce } from '../../shared/dates';
import { compareTexts } from '../../shared/ids';
import { groupBy } from '../classification/grouping';
import { FlowKind } from '../flow/flow-kind';
import { stageOf } from '../matching/stages';
import { HostingBasis } from './basis';

/** One body hosting another in a way that may hold its money. */
export interface Arrangement {
  host: string;
  hosted: string;
  /** The key under which the arrangement names the hosted body. */
  hostedKey: string;
  from: string | null;
  to: string | null;
}

/** Whom an activity names. */
export interface NamingActivity {
  key: string;
  /** Who reports it. */
  reporter: string | null;
  /** The bodies in each role; a key that means no body stands for itself. */
  roles: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A report of money to or from a host. */
export interface HostFlow {
  id: string;
  kind: FlowKind;
  date: string;
  provider: string | null;
  receiver: string | null;
  /** The activity whose report has it, and those that it names on either side. */
  activity: string | null;
  providerActivity: string | null;
  receiverActivity: string | null;
  /** In billionths of its currency. */
  amount: bigint;
  currency: string;
  /** Whether another report leads the flow that it is part of. */
  absorbed: boolean;
}

/** All that decides whose money hosts hold, as one viewer sees it. */
export interface HostWorld {
  arrangements: readonly Arrangement[];
  activities: ReadonlyMap<string, NamingActivity>;
  /** Of which activities an activity is a part. */
  partOf: ReadonlyMap<string, readonly string[]>;
  flows: readonly HostFlow[];
  /** Reports that are part of a flow which another leads. */
  members: readonly { flowId: string; recordId: string }[];
}

/** For whom a body stands on one side of a flow, and what says so. */
export interface OnBehalf {
  hosted: string;
  hostedKey: string;
  basis: HostingBasis;
  /** The activity that names it, or into which its money went; null: none does. */
  activity: string | null;
}

/** For whom the host on either side of a flow holds its money. */
export interface Held {
  provider?: OnBehalf;
  receiver?: OnBehalf;
}

const WORKING = ['ACCOUNTABLE', 'EXTENDING', 'IMPLEMENTING'];

/** The stage of money that a kind belongs to: of one stage, what is held can be paid out. */
const moneyOf = (kind: FlowKind): string | null =>
  kind === FlowKind.EXPENDITURE ? 'TRANSFER' : (stageOf(kind)?.[1] ?? null);

/** The only one of some, if they are one body. */
const only = (found: readonly OnBehalf[]): OnBehalf | undefined =>
  new Set(found.map(({ hosted }) => hosted)).size === 1 ? found[0] : undefined;

const byDate = (a: HostFlow, b: HostFlow): number =>
  compareTexts(a.date, b.date) || compareTexts(a.id, b.id);

/**
 * Says of flows to and from hosts whose money it is, by what records name and nothing else; what nobody
 * names is not among the answers and is the host's. Linear in the flows and what they name.
 *
 * A flow to a host is the hosted body's if the arrangement is in force on its date and an activity of the
 * flow is reported by the hosted body, or names it in a role other than funding as the only one besides the
 * payer and the host. Two such bodies are none. Once money for the body has come to the host, what the host
 * pays out of an activity that names it, out of a part of one, or out of one into which nothing but its
 * money went, is paid by it; and what the host pays to the body itself is handed over, as far as it holds.
 */
export const heldFlows = (world: HostWorld): Map<string, Held> => {
  const { activities, partOf, flows } = world;
  const arrangementsOf = groupBy(world.arrangements, ({ host }) => host);
  const hostedBy = (host: string | null, date: string) =>
    (arrangementsOf.get(host ?? '') ?? []).filter((one) => inForce(one, date));

  /** Whether an activity names a body, to somebody who pays and somebody who hosts. */
  const names = (
    key: string,
    hosted: string,
    beside: readonly (string | null)[],
    roles: readonly string[],
  ): boolean => {
    const activity = activities.get(key);
    if (!activity) return false;
    if (activity.reporter === hosted) return true;
    return roles.some((role) => {
      const others = [...(activity.roles.get(role) ?? [])].filter(
        // Who implements beside the hosted body may well do so with money of its own.
        (id) => role === 'IMPLEMENTING' || !beside.includes(id),
      );
      return others.length === 1 && others[0] === hosted;
    });
  };

  const found = new Map<string, Held>();
  const add = (id: string, held: Held) => found.set(id, { ...found.get(id), ...held });
  const ofRecord = new Map(world.members.map(({ recordId }) => [recordId, [] as string[]]));
  const ofFlow = new Map(world.members.map(({ flowId }) => [flowId, [] as string[]]));
  for (const { flowId, recordId } of world.members) {
    ofRecord.get(recordId)?.push(flowId);
    ofFlow.get(flowId)?.push(recordId);
  }

  /** Finds for each report what it says itself, and gives it to those that are the same flow. */
  const spread = (side: keyof Held, read: (flow: HostFlow) => readonly OnBehalf[]) => {
    const said = new Map(flows.map((flow) => [flow.id, read(flow)]));
    for (const { id } of flows) {
      const own = [id, ...(ofFlow.get(id) ?? [])].flatMap((one) => said.get(one) ?? []);
      const held = only(own);
      if (held) add(id, { [side]: held });
    }
    for (const { id } of flows) {
      // A report that is part of several flows is the hosted body's if all of them are.
      const leads = (ofRecord.get(id) ?? []).map((flow) => found.get(flow)?.[side]);
      const held = only(leads.flatMap((one) => one ?? []));
      if (held && leads.every((one) => one !== undefined) && !found.get(id)?.[side])
        add(id, { [side]: held });
    }
  };

  const toHosts = (flow: HostFlow): readonly OnBehalf[] => {
    const { provider, receiver, date, kind } = flow;
    if (provider === receiver || moneyOf(kind) === null) return [];
    return hostedBy(receiver, date).flatMap(({ hosted, hostedKey, host }) => {
      if (hosted === provider) return [];
      for (const [basis, key] of [
        [HostingBasis.FLOW_ACTIVITY, flow.activity],
        [HostingBasis.RECEIVER_ACTIVITY, flow.receiverActivity],
        [HostingBasis.PROVIDER_ACTIVITY, flow.providerActivity],
      ] as const)
        if (key !== null && names(key, hosted, [provider, host], WORKING))
          return [{ hosted, hostedKey, basis, activity: key }];
      return [];
    });
  };
  spread('receiver', toHosts);

  /** By host, hosted body and stage, the flows that brought it money. */
  const incoming = new Map<string, HostFlow[]>();
  const accountOf = (host: string | null, hosted: string, kind: FlowKind) =>
    JSON.stringify([host, hosted, moneyOf(kind)]);
  /** By a host's activity, for whom money went into it; null: for the host too. */
  const into = new Map<string, OnBehalf | null>();
  for (const flow of flows) {
    const held = found.get(flow.id)?.receiver;
    if (held) {
      const account = accountOf(flow.receiver, held.hosted, flow.kind);
      const known = incoming.get(account);
      if (known) known.push(flow);
      else incoming.set(account, [flow]);
    }
    if (!arrangementsOf.has(flow.receiver ?? '') || flow.provider === flow.receiver) continue;
    const isOwn = stageOf(flow.kind)?.[0] === 'RECEIVER';
    const key = flow.receiverActivity ?? (isOwn ? flow.activity : null);
    if (key === null) continue;
    const before = into.get(key);
    const same = before === undefined || (held && before?.hosted === held.hosted);
    into.set(key, held && same ? held : null);
  }

  const fromHosts = (flow: HostFlow): readonly OnBehalf[] => {
    const { provider, receiver, date, kind } = flow;
    if (provider === receiver) return [];
    return hostedBy(provider, date).flatMap(({ host, hosted, hostedKey }) => {
      // Without money of its own at the host it pays nothing; what it gets is looked at below.
      if (hosted === receiver || !incoming.has(accountOf(host, hosted, kind))) return [];
      const isOwn = stageOf(kind)?.[0] !== 'RECEIVER';
      if (!isOwn && flow.activity !== null && names(flow.activity, hosted, [host], ['FUNDING']))
        return [{ hosted, hostedKey, basis: HostingBasis.FLOW_ACTIVITY, activity: flow.activity }];
      const key = flow.providerActivity ?? (isOwn ? flow.activity : null);
      if (key === null) return [];
      const outOf = (basis: HostingBasis, activity: string) => [
        { hosted, hostedKey, basis, activity },
      ];
      const isNamed = (one: string) => names(one, hosted, [host, receiver], WORKING);
      if (isNamed(key))
        return outOf(
          key === flow.activity ? HostingBasis.FLOW_ACTIVITY : HostingBasis.PROVIDER_ACTIVITY,
          key,
        );
      const whole = (partOf.get(key) ?? []).find(isNamed);
      if (whole !== undefined) return outOf(HostingBasis.PART_OF, whole);
      const filled = [key, ...(partOf.get(key) ?? [])].find(
        (one) => into.get(one)?.hosted === hosted,
      );
      return filled === undefined ? [] : outOf(HostingBasis.MONEY_IN, filled);
    });
  };
  spread('provider', fromHosts);

  /** What hosts pay to the hosted themselves. */
  const handOver = () => {
    const handed = new Map<string, { hostedKey: string; hosted: string; flows: HostFlow[] }>();
    for (const flow of flows) {
      if (flow.absorbed) continue;
      for (const { host, hosted, hostedKey } of hostedBy(flow.provider, flow.date)) {
        const account = accountOf(host, hosted, flow.kind);
        if (hosted !== flow.receiver || !incoming.has(account)) continue;
        const known = handed.get(account);
        // Two arrangements of the same two bodies are one.
        if (!known) handed.set(account, { hosted, hostedKey, flows: [flow] });
        else if (known.flows.at(-1) !== flow) known.flows.push(flow);
      }
    }
    for (const [account, { hosted, hostedKey, flows: out }] of handed) {
      const came = (incoming.get(account) ?? []).filter(({ absorbed }) => !absorbed);
      const balances = new Map<string, bigint>();
      const waiting = [...came].sort(byDate);
      for (const flow of [...out].sort(byDate)) {
        while (waiting[0] && waiting[0].date <= flow.date) {
          const { currency, amount } = waiting.shift() as HostFlow;
          balances.set(currency, (balances.get(currency) ?? 0n) + amount);
        }
        // Money that came in another currency only is not compared.
        const balance = balances.get(flow.currency);
        if (balances.size === 0 || (balance !== undefined && balance <= 0n)) continue;
        if (balance !== undefined) balances.set(flow.currency, balance - flow.amount);
        add(flow.id, {
          provider: { hosted, hostedKey, basis: HostingBasis.HANDED_OVER, activity: null },
        });
      }
    }
  };
  handOver();
  return found;
};
