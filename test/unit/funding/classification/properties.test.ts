import fc from 'fast-check';
import { classify, outcomeOf } from '../../../../subgraphs/funding/classification/classify';
import type { BodyFacts } from '../../../../subgraphs/funding/classification/facts';
import { DEFAULT_RULE } from '../../../../subgraphs/funding/classification/rule';
import { board, body, flows, member, PERIOD, ref, seat } from './world';

const of = (facts: BodyFacts) => classify(facts, PERIOD, DEFAULT_RULE);

const IDS = ['A', 'B', 'C', 'D', 'E', 'F'];
const OTHERS = ['X', 'Y', 'Z'];

/** A world as it is, of which records show more or less: all that could ever be known of one body. */
const worlds = fc
  .record({
    kind: fc.constantFrom('INTERNATIONAL_NGO', 'ACADEMIC', 'UNKNOWN'),
    legalForm: fc.constantFrom('LEGAL_ENTITY', 'FUND', 'UNKNOWN'),
    members: fc.subarray(IDS),
    past: fc.subarray(OTHERS),
    rule: fc.constantFrom(true, false, null),
    seats: fc.array(fc.constantFrom(...IDS, ...OTHERS), { maxLength: 6 }),
    declared: fc.constantFrom('NETWORK', 'INTERMEDIARY', 'BOTH', 'NEITHER'),
    incoming: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 3 }),
    outgoing: fc.array(
      fc.tuple(fc.constantFrom(...IDS, ...OTHERS), fc.integer({ min: 1, max: 60 })),
      {
        maxLength: 4,
      },
    ),
    reports: fc.boolean(),
    counted: fc.boolean(),
  })
  .map((world) => {
    const facts = body({
      kind: world.kind,
      legalForm: world.legalForm,
      members: [
        ...world.members.map((id) => member(id)),
        ...world.past.map((id) => member(id, '2001', '2010')),
      ],
      counts: world.counted
        ? [
            {
              organisations: world.members.length,
              individuals: null,
              on: '2024',
              verified: true,
              ref: ref('member-count'),
            },
          ]
        : [],
      governing: [
        board({
          composedByMembers: world.rule,
          seatCount: world.seats.length,
          seats: world.seats.map((id) => seat(id)),
        }),
      ],
      declarations: [
        {
          declared: world.declared as 'NETWORK',
          on: '2024',
          selfMade: true,
          ref: ref('self-statement'),
        },
      ],
      money: [
        {
          kind: 'TRANSFER',
          incoming: world.incoming.map((amount, n) => flows(`DONOR-${n}`, amount)),
          outgoing: world.outgoing.map(([id, amount]) => flows(id, amount)),
          held: [],
          reportsPayments: world.reports,
        },
      ],
    });
    return { ...facts, descendants: new Set(world.members) };
  });

/** Some of what is on record of a world, by a random choice for every record. */
const some = <T>(all: readonly T[], keep: () => boolean): T[] => all.filter(() => keep());

const shown = (facts: BodyFacts, keep: () => boolean): BodyFacts => {
  const members = some(facts.members, keep);
  return {
    ...facts,
    members,
    descendants: new Set(members.filter(({ to }) => to === null).map(({ id }) => id)),
    counts: some(facts.counts, keep),
    governing: some(facts.governing, keep).map((governing) => ({
      ...governing,
      seats: some(governing.seats, keep),
    })),
    declarations: some(facts.declarations, keep),
    money: facts.money.map((money) => ({
      ...money,
      incoming: some(money.incoming, keep),
      outgoing: some(money.outgoing, keep),
      reportsPayments: money.reportsPayments && keep(),
    })),
  };
};

const coins = fc.infiniteStream(fc.boolean()).map((stream) => () => stream.next().value as boolean);
const runs = { numRuns: 2000 };

describe('rule NI-1', () => {
  it('never turns a decided outcome into INSUFFICIENT_EVIDENCE when more is shown', () => {
    fc.assert(
      fc.property(worlds, coins, coins, (world, half, quarter) => {
        const more = shown(world, half);
        const less = shown(more, quarter);
        fc.pre(of(less).outcome !== 'INSUFFICIENT_EVIDENCE');
        expect(of(more).outcome).not.toBe('INSUFFICIENT_EVIDENCE');
      }),
      runs,
    );
  });

  it('does not depend on the order in which records came', () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.integer()), (world, numbers) => {
        const shuffled = <T>(all: readonly T[]): T[] =>
          all
            .map((one) => [numbers.next().value as number, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
        const other = {
          ...world,
          members: shuffled(world.members),
          governing: world.governing.map((one) => ({ ...one, seats: shuffled(one.seats) })),
          money: world.money.map((one) => ({
            ...one,
            incoming: shuffled(one.incoming),
            outgoing: shuffled(one.outgoing),
          })),
        };
        expect(of(other)).toEqual(of(world));
        const { outcome, flags } = of(world);
        expect(outcomeOf(other, PERIOD, DEFAULT_RULE)).toEqual({ outcome, flags });
      }),
      { numRuns: 500 },
    );
  });

  it('never lowers I1 when a member is added', () => {
    const RANK = { FAIL: 0, UNKNOWN: 1, PASS: 2 };
    fc.assert(
      fc.property(worlds, coins, (world, coin) => {
        const before = shown(world, coin);
        const [was] = of(before).indicators;
        const [is] = of({ ...before, members: [...before.members, member('NEW')] }).indicators;
        if (!was || !is) throw new Error('There is no I1.');
        expect(is.value ?? 0).toBeGreaterThanOrEqual(was.value ?? 0);
        expect(RANK[is.verdict]).toBeGreaterThanOrEqual(RANK[was.verdict]);
      }),
      runs,
    );
  });

  it('never changes an outcome by what the body calls itself', () => {
    fc.assert(
      fc.property(worlds, coins, (world, coin) => {
        const some = shown(world, coin);
        expect(of({ ...some, declarations: world.declarations }).outcome).toBe(
          of({ ...some, declarations: [] }).outcome,
        );
      }),
      runs,
    );
  });

  it('says what is missing exactly where it does not decide', () => {
    fc.assert(
      fc.property(worlds, coins, (world, coin) => {
        const { outcome, missing } = of(shown(world, coin));
        expect(missing.length > 0).toBe(outcome === 'INSUFFICIENT_EVIDENCE');
      }),
      runs,
    );
  });
});
