import fc from 'fast-check';
import { FlowKind } from '../../../../subgraphs/funding/flow/flow-kind';
import {
  heldFlows,
  type HostFlow,
  type HostWorld,
  type NamingActivity,
} from '../../../../subgraphs/funding/hosting/hosting';
import { CountingBasis } from '../../../../subgraphs/funding/summary/basis';
import {
  balancesOf,
  count,
  isMixed,
  type Lot,
  split,
} from '../../../../subgraphs/funding/summary/counting';
import { netted, spread } from '../../../../subgraphs/funding/summary/spread';

const COALITIONS = ['C1', 'C2', 'C3'];
/** Two of them have the same host. */
const HOST_OF: Record<string, string> = { C1: 'H1', C2: 'H1', C3: 'H2' };
const BODIES = [...COALITIONS, 'H1', 'H2', 'D', 'E', 'A', 'B'];
const body = fc.constantFrom(...BODIES);

/** A payment as it truly is: between those whose money it is. */
interface Payment {
  from: string;
  to: string;
  amount: number;
  day: number;
  /** Whether the host on either side stands in its body's place, and whether the record says for whom. */
  hosted: boolean;
  named: boolean;
}
const payments = fc.array(
  fc.record({
    from: body,
    to: body,
    amount: fc.integer({ min: 1, max: 1000 }),
    day: fc.integer({ min: 10, max: 28 }),
    hosted: fc.boolean(),
    named: fc.boolean(),
  }),
  { maxLength: 40 },
);

const partyOf = (id: string, { hosted }: Payment) => (hosted ? (HOST_OF[id] ?? id) : id);

/** The records of payments: each in an activity of its own, of its payer. */
const worldOf = (all: readonly Payment[]): HostWorld => {
  const activities = new Map<string, NamingActivity>();
  const flows = all.map((payment, n): HostFlow => {
    const { from, to, amount, day, named } = payment;
    const [provider, receiver] = [partyOf(from, payment), partyOf(to, payment)];
    const key = `activity-${n}`;
    const roles = new Map([['FUNDING', new Set([from])]]);
    // Of a payment from one coalition to another the record names both, in their roles.
    if (named) roles.set('IMPLEMENTING', new Set([to]));
    if (named && provider !== from) roles.set('ACCOUNTABLE', new Set([from]));
    activities.set(key, { key, reporter: provider, roles });
    return {
      id: `flow-${String(n).padStart(3, '0')}`,
      kind: FlowKind.DISBURSEMENT,
      date: `2024-01-${day}`,
      provider,
      receiver,
      activity: key,
      providerActivity: null,
      receiverActivity: null,
      amount: BigInt(amount),
      currency: 'USD',
      absorbed: false,
    };
  });
  return {
    arrangements: COALITIONS.map((hosted) => ({
      host: HOST_OF[hosted] ?? '',
      hosted,
      hostedKey: hosted,
      from: null,
      to: null,
    })),
    activities,
    partOf: new Map(),
    flows,
    members: [],
  };
};

const lotsOf = ({ flows }: HostWorld, held: ReturnType<typeof heldFlows>): Lot[] =>
  flows.map(({ id, provider, receiver, amount }) => ({
    provider: held.get(id)?.provider?.hosted ?? provider,
    receiver: held.get(id)?.receiver?.hosted ?? receiver,
    origin: null,
    amount,
    flows: 1,
  }));
const moving = (lots: readonly Lot[]) =>
  lots.filter(({ provider, receiver }) => provider !== receiver);
const add = (amounts: readonly bigint[]) => amounts.reduce((sum, each) => sum + each, 0n);

describe('worlds with hosts that hold money for others, whether records name them or not', () => {
  it('conserve money: what is new is what stays, by flows and along their ways', () => {
    fc.assert(
      fc.property(payments, (all) => {
        const world = worldOf(all);
        const lots = moving(lotsOf(world, heldFlows(world)));
        const balances = balancesOf(lots);
        const total = (basis: CountingBasis) => {
          const { counted, ofNoFlow } = count(basis, lots, balances, true);
          return add(counted) + ofNoFlow;
        };
        expect(total(CountingBasis.SOURCE)).toBe(total(CountingBasis.FINAL));
        const pairs = netted(lots);
        const told = { source: true, first: true, between: true };
        const isHost = (host: string, hosted: string) => HOST_OF[hosted] === host;
        const ways = spread(pairs, balancesOf(pairs), told, isHost);
        expect(add(ways.map(({ amount }) => amount))).toBe(total(CountingBasis.FINAL));
        const plain = spread(pairs, balancesOf(pairs), told);
        expect(add(ways.map(({ amount }) => amount))).toBe(add(plain.map(({ amount }) => amount)));
        const hops = (some: typeof ways) => Math.max(0, ...some.map((way) => way.hops));
        expect(hops(ways)).toBeLessThanOrEqual(hops(plain));
      }),
      { numRuns: 300 },
    );
  });

  it('give each coalition what is named as its own, and no more', () => {
    fc.assert(
      fc.property(payments, (all) => {
        const world = worldOf(all);
        const held = heldFlows(world);
        all.forEach((payment, n) => {
          const flow = world.flows[n];
          const found = held.get(flow?.id ?? '');
          const { from, to, named } = payment;
          if (found?.receiver) expect(found.receiver.hosted).toBe(to);
          const atHost = flow?.receiver !== to && flow?.provider !== flow?.receiver;
          // Of two bodies of one host, money from the one to the other does not leave the host.
          expect(found?.receiver !== undefined).toBe(named && atHost && flow?.provider !== to);
          if (found?.provider && found.provider.basis !== 'HANDED_OVER')
            expect(found.provider.hosted).toBe(from);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('count as if money had come to each coalition itself, where every record names whose it is and money came before it went', () => {
    const named = payments.map((all) =>
      all
        .filter(({ from, to }) => from !== to && HOST_OF[from] !== to && HOST_OF[to] !== from)
        .filter(({ from, to }) => HOST_OF[from] === undefined || HOST_OF[from] !== HOST_OF[to])
        .map((payment) => ({ ...payment, hosted: true, named: true })),
    );
    fc.assert(
      fc.property(named, (all) => {
        // Each coalition gets something first.
        const complete: Payment[] = [
          ...COALITIONS.map((to) => ({
            from: 'D',
            to,
            amount: 1,
            day: 10,
            hosted: true,
            named: true,
          })),
          ...all,
        ];
        const world = worldOf(complete);
        const lots = lotsOf(world, heldFlows(world));
        expect(lots.map(({ provider, receiver }) => [provider, receiver])).toEqual(
          complete.map(({ from, to }) => [from, to]),
        );
        for (const [id, balance] of balancesOf(moving(lots)).of)
          if (isMixed(balance)) expect(split(balance).unseen).toBe(0n);
          else expect(BODIES).toContain(id);
      }),
      { numRuns: 300 },
    );
  });

  it('are read alike in whatever order their records stand', () => {
    fc.assert(
      fc.property(
        payments.chain((all) => {
          const world = worldOf(all);
          const shuffled = <T>(list: readonly T[]) =>
            fc.shuffledSubarray([...list], { minLength: list.length });
          return fc.record({
            world: fc.constant(world),
            flows: shuffled(world.flows),
            arrangements: shuffled(world.arrangements),
          });
        }),
        ({ world, flows, arrangements }) => {
          const sorted = (of: HostWorld) => [...heldFlows(of)].sort(([a], [b]) => (a < b ? -1 : 1));
          expect(sorted({ ...world, flows, arrangements })).toEqual(sorted(world));
        },
      ),
      { numRuns: 200 },
    );
  });
});
