import fc from 'fast-check';
import { matchReports, type Report } from '../../../subgraphs/funding/matching/match';
import { MATCHING_RULE } from '../../../subgraphs/funding/matching/rule';

const aReport = (more: Partial<Report> & { id: string; amount: number }): Report => ({
  sourceId: 'src',
  standard: 'IATI',
  side: 'PROVIDER',
  stage: 'TRANSFER',
  day: 18_000,
  currency: 'GBP',
  exact: String(more.amount),
  sdr: null,
  own: null,
  other: null,
  parties: 'P R',
  internal: false,
  ...more,
});
const given = (id: string, amount: number, more: Partial<Report> = {}) =>
  aReport({ id, amount, own: 'A', ...more });
const taken = (id: string, amount: number, more: Partial<Report> = {}) =>
  aReport({ id, amount, side: 'RECEIVER', own: 'B', ...more });
const found = (...reports: Report[]) =>
  matchReports(reports).map(
    ({ flowId, recordId, basis, state }) => `${flowId}+${recordId} ${basis} ${state}`,
  );

describe('reports of one transfer', () => {
  it('are matched by the pair of activities that name each other, and the provider’s leads', () => {
    expect(found(given('p', 100, { other: 'B' }), taken('r', 100, { other: 'A' }))).toEqual([
      'p+r ACTIVITY_PAIR MATCHED',
    ]);
  });

  it('are matched where one side alone names the other’s activity', () => {
    expect(found(given('p', 100, { other: 'B' }), taken('r', 100))).toEqual([
      'p+r ACTIVITY MATCHED',
    ]);
    expect(found(given('p', 100), taken('r', 100, { other: 'A' }))).toEqual([
      'p+r ACTIVITY MATCHED',
    ]);
  });

  it('are matched by the two bodies, amount and window, where no activity is named', () => {
    expect(found(given('p', 100), taken('r', 100, { day: 18_000 + 92 }))).toEqual([
      'p+r ORGANISATION_PAIR MATCHED',
    ]);
    expect(found(given('p', 100), taken('r', 100, { day: 18_000 + 500 }))).toEqual([]);
    expect(found(given('p', 100), taken('r', 80))).toEqual([]);
  });

  it('are not matched if one names another activity that is on record', () => {
    expect(found(given('p', 100, { other: 'C' }), taken('r', 100))).toEqual([]);
    expect(found(given('p', 100), taken('r', 100, { other: 'Z' }))).toEqual([]);
  });

  it('allow for what banks keep, and for rates between currencies', () => {
    expect(found(given('p', 1000), taken('r', 992))).toHaveLength(1);
    expect(found(given('p', 1000), taken('r', 980))).toHaveLength(0);
    const euros = { currency: 'EUR', sdr: 100 };
    expect(found(given('p', 90, { sdr: 97 }), taken('r', 115, euros))).toHaveLength(1);
    expect(found(given('p', 90, { sdr: 90 }), taken('r', 115, euros))).toHaveLength(0);
    expect(found(given('p', 90), taken('r', 115, { currency: 'EUR' }))).toHaveLength(0);
    expect(found(given('p', 100), taken('r', 100, { currency: 'EUR' }))).toHaveLength(0);
  });

  it('never match a payment with a correction, nor anything with zero', () => {
    expect(found(given('p', -100), taken('r', 100))).toEqual([]);
    expect(found(given('p', 0), taken('r', 0))).toEqual([]);
    expect(found(given('p', -100), taken('r', -100))).toHaveLength(1);
  });

  it('of one body with itself are matched by activities alone', () => {
    const internal = { internal: true };
    expect(found(given('p', 100, internal), taken('r', 100, internal))).toEqual([]);
    expect(found(given('p', 100, { ...internal, other: 'B' }), taken('r', 100, internal))).toEqual([
      'p+r ACTIVITY MATCHED',
    ]);
  });

  it('never match across pledges, commitments and transfers', () => {
    expect(found(given('p', 100, { stage: 'COMMITMENT' }), taken('r', 100))).toEqual([]);
    expect(
      found(given('p', 100, { stage: 'PLEDGE' }), taken('r', 100, { stage: 'PLEDGE' })),
    ).toHaveLength(1);
  });

  it('stay one to one where equal payments repeat', () => {
    const months = [0, 30, 60, 90, 120];
    const all = [
      ...months.map((month) => given(`p${month}`, 50, { day: 18_000 + month, other: 'B' })),
      ...months.map((month) => taken(`r${month}`, 50, { day: 18_003 + month, other: 'A' })),
    ];
    expect(found(...all)).toEqual(
      months.map((month) => `p${month}+r${month} ACTIVITY_PAIR MATCHED`),
    );
    expect(found(...all.slice(0, -1))).toHaveLength(4);
  });

  it('match a year in one row with the payments that add up to it, each a flow of its own', () => {
    const payments = [
      given('p1', 100, { day: 18_000 }),
      given('p2', 150, { day: 18_090 }),
      given('p3', 250, { day: 18_180 }),
    ];
    const year = taken('year', 500, { day: 18_200, other: 'A' });
    expect(found(...payments, year)).toEqual([
      'p1+year ACTIVITY MATCHED',
      'p2+year ACTIVITY MATCHED',
      'p3+year ACTIVITY MATCHED',
    ]);
    expect(found(...payments, taken('less', 400, { day: 18_200, other: 'A' }))).toEqual([]);
  });

  it('match one payment with the rows into which its receiver divides it', () => {
    expect(
      found(
        given('p', 300, { other: 'B', day: 18_010 }),
        taken('r1', 100, { day: 18_020 }),
        taken('r2', 200, { day: 18_050 }),
      ),
    ).toEqual(['p+r1 ACTIVITY MATCHED', 'p+r2 ACTIVITY MATCHED']);
  });

  it('are in conflict if they name each other and nothing else, but not the same amount', () => {
    const [p, r] = [given('p', 100, { other: 'B' }), taken('r', 60, { other: 'A' })];
    expect(found(p, r)).toEqual(['p+r ACTIVITY_PAIR CONFLICT']);
    // Which of two is meant cannot be told, so nothing is.
    expect(found(p, r, taken('r2', 70, { other: 'A', day: 18_010 }))).toEqual([]);
  });

  it('are in conflict if they show other bodies', () => {
    expect(
      found(given('p', 100, { other: 'B', parties: 'P X' }), taken('r', 100, { other: 'A' })),
    ).toEqual(['p+r ACTIVITY_PAIR CONFLICT']);
  });

  it('take in what other standards say of the same transfer, once for each', () => {
    const elsewhere = (id: string, standard: string, amount = 100) =>
      aReport({ id, amount, standard, sourceId: standard });
    expect(
      found(
        given('p', 100, { other: 'B' }),
        taken('r', 100, { other: 'A' }),
        elsewhere('grant', '360GIVING'),
        elsewhere('fts', 'FTS'),
        elsewhere('fts2', 'FTS'),
      ),
    ).toEqual([
      'p+r ACTIVITY_PAIR MATCHED',
      'p+grant ORGANISATION_PAIR MATCHED',
      'p+fts ORGANISATION_PAIR MATCHED',
    ]);
    // Two rows in one standard are two payments.
    expect(found(given('p', 100), given('q', 100))).toEqual([]);
  });
});

/** Small worlds in which amounts, days and names collide often. */
const worlds = fc
  .array(
    fc.record({
      amount: fc.constantFrom(-50, 0, 50, 99.5, 100, 150, 300),
      day: fc.integer({ min: 0, max: 40 }).map((step) => 18_000 + step * 13),
      side: fc.constantFrom('PROVIDER' as const, 'RECEIVER' as const),
      stage: fc.constantFrom('TRANSFER' as const, 'COMMITMENT' as const),
      standard: fc.constantFrom('IATI', 'IATI', 'IATI', '360GIVING', 'FTS'),
      currency: fc.constantFrom('GBP', 'GBP', 'EUR'),
      own: fc.constantFrom('A', 'B', null),
      other: fc.constantFrom('A', 'B', null),
      parties: fc.constantFrom('P R', 'P R', 'P X'),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map((row, index) =>
      aReport({ ...row, id: `id${index}`, sdr: row.amount * (row.currency === 'EUR' ? 0.8 : 0.9) }),
    ),
  );

describe('matching, whatever the reports', () => {
  it('is a function of the set: their order does not matter', () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.nat()), (world, numbers) => {
        const keys = new Map(world.map((report) => [report.id, numbers.next().value ?? 0]));
        const shuffled = [...world].sort(
          (a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0) || (a.id < b.id ? 1 : -1),
        );
        expect(found(...shuffled).sort()).toEqual(found(...world).sort());
      }),
      { numRuns: 500 },
    );
  });

  it('makes every report either lead, or a member of flows that lead, and never both', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const byId = new Map(world.map((report) => [report.id, report]));
        const members = matchReports(world);
        const inside = new Set(members.map(({ recordId }) => recordId));
        for (const { flowId, recordId, basis, state } of members) {
          expect(inside.has(flowId)).toBe(false);
          const [lead, report] = [byId.get(flowId), byId.get(recordId)];
          if (!lead || !report) throw new Error('a member that nobody reported');
          expect(report.stage).toBe(lead.stage);
          // Never on the amount alone: some activity is named, or both reports are in the window.
          if (basis === 'ORGANISATION_PAIR' && lead.standard !== report.standard)
            expect(Math.abs(lead.day - report.day)).toBeLessThanOrEqual(
              365 + MATCHING_RULE.windowDays,
            );
          if (state === 'MATCHED') expect(report.parties).toBe(lead.parties);
          if (lead.side === 'RECEIVER') expect(report.side).toBe('RECEIVER');
        }
        expect(new Set(members.map(({ flowId, recordId }) => `${flowId} ${recordId}`)).size).toBe(
          members.length,
        );
      }),
      { numRuns: 500 },
    );
  });
});
