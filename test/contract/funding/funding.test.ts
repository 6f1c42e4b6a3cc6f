import type { Graph } from '../../../gateway/graph';
import { loadFictionalWorld } from '../../../scripts/builtin/load';
import type { NewRecord } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';

let graph: Graph;
let statements: string[];
beforeEach(async () => {
  statements = [];
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'funding' && statements.push(sql)),
  );
  await loadFictionalWorld(graph);
});
afterEach(() => graph.close());

const ask = async (query: string, tier = 0) =>
  dataOf(await askSubgraph(graph.funding, query, tier));
const WILLOW = 'PG-FICTIONAL-0010';

const FLOW = `id kind date amount { amount currency } converted(currency: "USD") { amount unavailableBecause }
  provider { id } receiver { id } activity { id title } providerActivity { id } receiverActivity { id }
  shares { dimension code percentage } countries { id } records { reporter { id } amount { amount } provenance { record } }
  provenance { record source { id } }`;
/** Only some flows have it, so asking for it costs more queries where there are such. */
const FTS = `fts { id amountUsd { amount } sourceObjects { name organisation { id } } destinationObjects { name country { id } }
    parents { id } children { id } }`;
const ACTIVITY = `id title reporter { id } parties { role organisation { id } activity { id } } shares { code }
  durationMonths grant { regrantType fundingTypes { title } programmes { title } }
  related { relation activity { id } } budgets { kind amount { amount } receiver { id } } provenance { record }`;

/** Everything that the public can ask of money, in one text. */
const EVERYTHING = `{
  flows(first: 500) { totalCount totals { kind currency amount flows inUsd { amount flows } } nodes { ${FLOW} ${FTS} updatedAt } }
  activities(first: 500) { totalCount nodes { ${ACTIVITY} updatedAt
    flows { totalCount totals { amount } } fundedBy { totalCount nodes { id } } fundedOnwards { totalCount nodes { id } } } }
  _entities(representations: [${Array.from({ length: 61 }, (_, index) => `{ __typename: "Organisation", id: "PG-FICTIONAL-${String(index + 1).padStart(4, '0')}" }`).join(', ')}]) {
    ... on Organisation { flowsIn { totalCount totals { kind amount } nodes { id } } flowsOut { totalCount totals { kind amount } nodes { id } }
      activities { totalCount nodes { id } } budgets { id } } }
}`;

interface FlowRow {
  record_id: string;
  activity_record: string;
  activity_key: string;
  [column: string]: string | number | null;
}

/** Copies of rows as records of another source, hidden from the public. */
const hiddenCopies = async (
  table: 'flows' | 'activities' | 'budgets',
  visibility: Visibility,
): Promise<NewRecord[]> => {
  const STAMP = [
    'id source_id record_id tier licence url citation note verification asserted_on',
    'retrieved_at updated_at withdrawn_at hash',
  ]
    .join(' ')
    .split(' ');
  const rows = (await graph.funding.db(table)) as FlowRow[];
  return rows.map((row) => ({
    recordId: row.record_id,
    visibility,
    licence: 'CC0',
    values: Object.fromEntries(Object.entries(row).filter(([column]) => !STAMP.includes(column))),
  }));
};

describe('money', () => {
  it('shows nothing of hidden records: not a byte of a public answer changes', async () => {
    const before = JSON.stringify(await ask(EVERYTHING));
    const activities = await hiddenCopies('activities', Visibility.PARTNER);
    const flows = await hiddenCopies('flows', Visibility.DONOR);
    const budgets = await hiddenCopies('budgets', Visibility.STEWARD);
    const edition = await graph.funding.write.openEdition({
      sourceId: 'hidden',
      retrievedAt: '2026-07-01T00:00:00.000Z',
    });
    // The same activities, reported later and elsewhere: they would supersede, fund, and be added up.
    const later = (records: NewRecord[]) =>
      records.map((record) => ({
        ...record,
        values: { ...record.values, last_reported: '2030-01-01', reporter_key: WILLOW },
      }));
    await edition.activities(later(activities));
    await edition.flows(flows);
    await edition.budgets(budgets);
    await edition.commit(graph.organisations.write.publish);
    expect(JSON.stringify(await ask(EVERYTHING))).toBe(before);

    // Those who may see them do: the newer reports stand for the older ones.
    const count = async (tier: number) =>
      (await ask('{ activities(filter: { sources: ["hidden"] }) { totalCount } }', tier)) as object;
    expect(await count(0)).toEqual({ activities: { totalCount: 0 } });
    expect(await count(1)).not.toEqual({ activities: { totalCount: 0 } });
  });

  it('costs the same number of queries for one as for many', async () => {
    const cost = async (query: string) => {
      statements.length = 0;
      await ask(query);
      return statements.length;
    };
    for (const of of [
      (first: number) =>
        `{ flows(first: ${first}) { totalCount totals { amount } nodes { ${FLOW} } } }`,
      (first: number) => `{ activities(first: ${first}) { totalCount nodes { ${ACTIVITY}
        flows(first: 3) { totalCount totals { amount } nodes { ${FLOW} } }
        fundedBy(first: 3) { totalCount nodes { id } } fundedOnwards(first: 3) { totalCount nodes { id } } } } }`,
      (
        first: number,
      ) => `{ _entities(representations: [${Array.from({ length: first / 4 }, (_, index) => `{ __typename: "Organisation", id: "PG-FICTIONAL-${String(index + 7).padStart(4, '0')}" }`).join(', ')}]) {
        ... on Organisation { flowsIn(first: 3) { totalCount totals { amount } nodes { ${FLOW} } } flowsOut(first: 3) { totalCount totals { amount } nodes { id } }
          activities(first: 3) { totalCount nodes { ${ACTIVITY} } } budgets { id } } } }`,
    ]) {
      const few = await cost(of(50));
      expect(few).toBeLessThan(40);
      // A page that holds a flow with several reports asks for those, twice at most.
      expect(await cost(of(200))).toBeLessThanOrEqual(few + 2);
    }
  });

  it('adds up the same whether asked of all, of activities or of bodies', async () => {
    // FTS has no activities, and grants of several funders are given to none of them.
    const IATI = 'filter: { sources: ["peacegraph-fictional-iati"] }';
    const { flows, activities, bodies } = (await ask(`{
      flows(${IATI}) { totals { kind currency amount flows } }
      activities(first: 500) { nodes { flows(first: 500, ${IATI}) { nodes { id kind amount { currency amount } } } } }
      bodies: _entities(representations: [${Array.from({ length: 61 }, (_, index) => `{ __typename: "Organisation", id: "PG-FICTIONAL-${String(index + 1).padStart(4, '0')}" }`).join(', ')}]) {
        ... on Organisation { flowsOut(${IATI}) { totals { kind currency amount flows } } } } }`)) as {
      flows: { totals: Total[] };
      activities: { nodes: { flows: { nodes: FlowNode[] } }[] };
      bodies: { flowsOut: { totals: Total[] } }[];
    };
    const expected = addUp([flows.totals]);
    // A transfer that both sides report stands under both of their activities, and is one all the same.
    const distinct = new Map(
      activities.nodes.flatMap(({ flows: { nodes } }) => nodes).map((flow) => [flow.id, flow]),
    );
    const single = [...distinct.values()].map(({ kind, amount }) => [
      { kind, ...amount, flows: 1 },
    ]);
    expect(addUp(single)).toEqual(expected);
    expect(addUp(bodies.map((body) => body.flowsOut.totals))).toEqual(expected);
  });

  it('is filtered by what, where, when, how much and by whom', async () => {
    const all = ((await ask('{ flows { totalCount } }')) as unknown as Counted).flows.totalCount;
    const count = async (filter: string) =>
      ((await ask(`{ flows(filter: { ${filter} }) { totalCount } }`)) as unknown as Counted).flows
        .totalCount;
    for (const [filter, rest] of [
      ['kinds: [DISBURSEMENT]', 'kinds: [COMMITMENT, INCOMING_FUNDS, EXPENDITURE, PLEDGE]'],
      ['date: { to: "2023-01-01" }', 'date: { from: "2023-01-01" }'],
      ['amount: { max: "9999.999" }', 'amount: { min: "10000" }'],
      ['purpose: [CORE]', 'purpose: [PROJECT, UNKNOWN, REGRANT, CONVENING]'],
      ['sources: ["peacegraph-fictional-iati"]', 'exceptSources: ["peacegraph-fictional-iati"]'],
      ['updatedAfter: "2000-01-01T00:00:00Z"', 'updatedAfter: "2100-01-01T00:00:00Z"'],
    ] as const) {
      const some = await count(filter);
      expect([filter, some > 0]).toEqual([filter, true]);
      expect([filter, some + (await count(rest))]).toEqual([filter, all]);
    }
    for (const filter of [
      `providers: ["${WILLOW}"]`,
      `receivers: ["${WILLOW}"]`,
      'countries: ["QM"]',
      'sectors: ["15170"]',
      'year: 2023',
      'currencies: ["XTS"], flexibility: [UNEARMARKED]',
    ])
      expect([filter, (await count(filter)) > 0]).toEqual([filter, true]);
  });
});

interface Total {
  kind: string;
  currency: string;
  amount: string;
  flows: number;
}
interface FlowNode {
  id: string;
  kind: string;
  amount: { currency: string; amount: string };
}
interface Counted {
  flows: { totalCount: number };
}

const addUp = (lists: Total[][]): Record<string, [amount: number, flows: number]> => {
  const sums: Record<string, [number, number]> = {};
  for (const { kind, currency, amount, flows } of lists.flat()) {
    const [sum, count] = sums[`${kind} ${currency}`] ?? [0, 0];
    sums[`${kind} ${currency}`] = [sum + Number(amount), count + flows];
  }
  return sums;
};
