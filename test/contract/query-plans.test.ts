import type { Graph } from '../../gateway/graph';
import { loadBuiltins } from '../../scripts/builtin/load';
import { onPostgres, openTestGraph } from '../support/databases';
import { openGateway, type TestGateway } from '../support/gateway';

let graph: Graph;
let gateway: TestGateway;
let statements: { sql: string; subgraph: string }[];
beforeAll(async () => {
  statements = [];
  graph = await openTestGraph((sql, subgraph) => statements.push({ sql, subgraph }));
  await loadBuiltins(graph);
  gateway = await openGateway(graph);
});
afterAll(async () => {
  await gateway.close();
  await graph.close();
});

/** What the database would do for each statement of an answer, a line for each step. */
const plansOf = async (query: string): Promise<string[]> => {
  statements.length = 0;
  await gateway.dataOf(query);
  const plans: string[] = [];
  for (const { sql, subgraph } of [...statements].filter(({ sql }) =>
    /^\s*(select|with)/i.test(sql),
  )) {
    const db = graph.subgraphs.find(({ name }) => name === subgraph)?.db;
    if (!db) continue;
    const steps = await (onPostgres ? postgresSteps(db, sql) : sqliteSteps(db, sql));
    plans.push(...steps.map((step) => `${step} <- ${sql}`));
  }
  return plans;
};

type Database = Graph['funding']['db'];

const sqliteSteps = async (db: Database, sql: string): Promise<string[]> =>
  ((await db.raw(`explain query plan ${sql}`)) as { detail: string }[]).map(({ detail }) => detail);

interface Step {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Step[];
}

/**
 * PostgreSQL reads small tables whole, and rightly so; told not to, it does so only where no index
 * serves. Steps are put in the words that SQLite has for them.
 */
const postgresSteps = (db: Database, sql: string): Promise<string[]> =>
  db.transaction(async (trx) => {
    for (const way of ['seqscan', 'sort', 'bitmapscan', 'hashjoin', 'mergejoin'])
      await trx.raw(`set local enable_${way} = off`);
    // The parameters' values do not matter, but how many there are: they are all null here.
    const count = new Set(sql.match(/\$\d+/g)).size;
    await trx.raw(`prepare asked as ${sql.replace(/\?/g, '\\?')}`);
    await trx.raw('set local plan_cache_mode = force_generic_plan');
    const nulls = count === 0 ? '' : `(${Array.from({ length: count }, () => 'null').join(', ')})`;
    const { rows } = (await trx.raw(`explain (format json) execute asked${nulls}`)) as {
      rows: { 'QUERY PLAN': { Plan: Step }[] }[];
    };
    await trx.raw('deallocate asked');
    const stepsOf = (step: Step, above: string): string[] => {
      const table = step['Relation Name'] ?? '';
      const kind = step['Node Type'];
      const own =
        kind === 'Seq Scan'
          ? `SCAN ${table}`
          : kind === 'Sort' && above === 'Limit'
            ? 'USE TEMP B-TREE FOR ORDER BY'
            : `SEARCH ${table} USING ${step['Index Name'] ?? kind} INDEX ${step['Index Cond'] ?? ''}`;
      return [own, ...(step.Plans ?? []).flatMap((inner) => stepsOf(inner, kind))];
    };
    return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => stepsOf(Plan, '')));
  });

/** A step that reads a whole table of records. Lists of few rows by nature may be read whole. */
/** A step of what reads all flows there are, because all are asked for. */
const isOfAllFlows = (step: string): boolean =>
  /^SCAN flows <- .*coalesce\(flows\.kind/s.test(step);
const SCAN =
  /^SCAN (flows|activities|budgets|bodies|memberships|convenings|documents|processes|participations|submissions|agreements|commitments|implementations|facts|organisation_records|flow_shares|grants|grant_codes|fts_flows|fts_objects|fts_links|activity_shares|activity_words|body_words|body_tags|body_keys)\b(?! USING)/;
/** A step that sorts what could be very many. Documents, processes and convenings are few by nature. */
const SORT =
  /^USE TEMP B-TREE FOR ORDER BY <- .*from [`"](flows|activities|bodies|memberships)[`"].* limit/;

describe('pages are served by indexes, without reading whole tables or sorting them', () => {
  it.each([
    ['bodies by name', '{ organisations { nodes { id } } }'],
    ['bodies by id', '{ organisations(orderBy: ID_ASC) { nodes { id } } }'],
    ['bodies by change', '{ organisations(orderBy: UPDATED_AT_DESC) { nodes { id } } }'],
    [
      'a body by an identifier',
      '{ organisation(id: "PG-FICTIONAL-0010") { name identifiers { raw } } }',
    ],
    ['flows, the newest first', '{ flows(orderBy: DATE_DESC) { nodes { id } } }'],
    ['flows by amount', '{ flows(orderBy: AMOUNT_DESC) { nodes { id } } }'],
    ['flows by change', '{ flows(orderBy: UPDATED_AT_ASC) { nodes { id } } }'],
    ['flows of a year', '{ flows(orderBy: DATE_ASC, filter: { year: 2023 }) { nodes { id } } }'],
    [
      'flows of a kind',
      '{ flows(orderBy: DATE_ASC, filter: { kinds: [PLEDGE] }) { nodes { id } } }',
    ],
    [
      'flows of a boundary',
      '{ flows(orderBy: DATE_ASC, filter: { boundary: [INCOMING], onBoundary: [SINGLE] }) { nodes { id } } }',
    ],
    [
      'flows of grants of a regrant type',
      '{ flows(orderBy: DATE_DESC, filter: { regrantTypes: [COMMON_REGRANT] }) { nodes { id } } }',
    ],
    [
      'flows of FTS with what they are part of',
      '{ flows(filter: { boundary: [INCOMING] }) { nodes { fts { sourceObjects { name } parents { id } children { id } } } } }',
    ],
    ['grants', '{ activities { nodes { grant { regrantType programmes { title } } } } }'],
    ['activities by start', '{ activities(orderBy: START_DATE_DESC) { nodes { id } } }'],
    ['activities by change', '{ activities(orderBy: UPDATED_AT_ASC) { nodes { id } } }'],
    [
      'a dashboard',
      `{ organisations(first: 50, orderBy: ID_ASC) { nodes { name
        flowsIn(first: 5) { nodes { provider { name } activity { title parties { role } } shares { code } } }
        flowsOut(first: 5) { nodes { receiver { name } } } activities(first: 5) { nodes { title } }
        participations(first: 5) { nodes { role process { title } } } hostedBy { form } statements { text } } } }`,
    ],
    [
      'bodies that may be intermediaries',
      '{ organisations { nodes { intermediary { outcome } } } }',
    ],
    ['the routes of flows', '{ flows { nodes { route } } }'],
    [
      'a money trail',
      '{ moneyTrail(from: "PG-FICTIONAL-0002", currency: "XTS") { nodes { route hops recipientReports steps { flows { id } } } } }',
    ],
    [
      'a money trail to one body',
      '{ moneyTrail(from: "PG-FICTIONAL-0002", to: "PG-FICTIONAL-0012", currency: "XTS") { nodes { amount } } }',
    ],
    ['convenings, the newest first', '{ convenings { nodes { title organisers { name } } } }'],
    ['documents', '{ policyDocuments { nodes { symbol twin { symbol } recalls { symbol } } } }'],
    [
      'what policy adds up',
      `{ policyProcesses { nodes { submissions { nodes { title } } trace { step } visibility { named } overlap(one: WOMEN, other: YOUTH) { shared } } }
        policyDocuments { nodes { implementation { gaps commitments { nodes { implementations { title } } } } } }
        actionPlans(agenda: WPS) { nodes { standing } }
        organisations { nodes { submissions { nodes { title } } reliance { nodes { title } } membersVoice { citesOthers } } } }`,
    ],
    [
      'processes',
      '{ policyProcesses { nodes { id participations { nodes { role } } convenings { nodes { title } } } } }',
    ],
  ])('%s', async (_what, query) => {
    const plans = await plansOf(query);
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter((step) => SCAN.test(step))).toEqual([]);
    expect(plans.filter((step) => SORT.test(step))).toEqual([]);
  });

  it.each([
    ['intermediaries', '{ intermediaries { totalCount nodes { id } } }'],
    [
      'flows to networks from intermediaries',
      '{ flows(orderBy: DATE_DESC, filter: { providerOutcomes: [INTERMEDIARY], receiverOutcomes: [NETWORK, HYBRID] }) { totalCount nodes { id } } }',
    ],
    [
      'flows to bodies of which too little is known',
      '{ flows(orderBy: DATE_DESC, filter: { receiverOutcomes: [INSUFFICIENT_EVIDENCE] }) { nodes { id } } }',
    ],
  ])('%s are found by outcome, which may take sorting those that fit', async (_what, query) => {
    const plans = await plansOf(query);
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter((step) => SCAN.test(step))).toEqual([]);
  });

  it('a trail reads flows by body, never by the few kinds that most flows are of', async () => {
    const plans = await plansOf(
      '{ moneyTrail(from: "PG-FICTIONAL-0002", currency: "XTS") { nodes { amount recipientReports } } }',
    );
    expect(plans.filter((step) => /SEARCH flows USING .*by_provider/.test(step))).not.toEqual([]);
    expect(plans.filter((step) => /USING .*flows_kind/.test(step))).toEqual([]);
  });

  it('terms read flows by receiver, never sorting what could be very many', async () => {
    const plans = await plansOf(
      '{ fundingTerms(currency: "XTS", money: DISBURSED) { rows { flows } } }',
    );
    expect(plans.filter((step) => SCAN.test(step) && !isOfAllFlows(step))).toEqual([]);
    const batches = plans.filter((step) => / <- .*duration_months/s.test(step));
    expect(batches.filter((step) => /SEARCH flows USING .*by_receiver/.test(step))).not.toEqual([]);
    expect(batches.filter((step) => /flows_kind|TEMP B-TREE FOR ORDER BY/.test(step))).toEqual([]);
  });

  it('sums by sector and place read the shares of each flow, never all of a dimension', async () => {
    const plans = await plansOf(
      '{ flowSummary(basis: GROSS_THROUGHPUT, currency: "XTS", groupBy: [SECTOR, COUNTRY]) { total } }',
    );
    const shares = plans.filter((step) => /SEARCH .*flow_shares_(parent|dimension)/.test(step));
    expect(shares).not.toEqual([]);
    expect(shares.filter((step) => /flow_shares_dimension/.test(step))).toEqual([]);
  });

  it('payments in a part and its whole are looked for from the activities that have relations', async () => {
    const plans = await plansOf(
      '{ flowSummary(basis: GROSS_THROUGHPUT, currency: "XTS", groupBy: [YEAR]) { total } }',
    );
    const steps = plans.map((step) => step.split(' <- ')[0] ?? '');
    expect(steps.filter((step) => /^SCAN (part|whole)\b(?! USING COVERING)/.test(step))).toEqual(
      [],
    );
    // All flows are asked for: as they lie, not from one end of the table to the other by kind. PostgreSQL
    // knows how many are of a kind.
    const whole = onPostgres ? [] : ['SCAN flows'];
    expect(steps).toEqual(expect.arrayContaining(whole));
    expect(steps.filter((step) => !onPostgres && /flows_kind/.test(step))).toEqual([]);
  });

  (onPostgres ? it.skip : it).each([
    [
      'the flows of some bodies',
      'receivers: ["PG-FICTIONAL-0002"]',
      /SEARCH flows USING .*receiver/,
    ],
    ['the flows of some time', 'year: 2023', /SEARCH flows USING .*flows_kind_date/],
  ])('sums of %s read no others', async (_what, filter, index) => {
    const plans = await plansOf(
      `{ flowSummary(basis: GROSS_THROUGHPUT, currency: "XTS", groupBy: [PURPOSE], filter: { ${filter} }) { total } }`,
    );
    expect(plans.filter(isOfAllFlows)).toEqual([]);
    expect(plans.filter((step) => index.test(step))).not.toEqual([]);
  });

  it('words begin a search by an index', async () => {
    const plans = await plansOf(
      '{ organisations(filter: { text: "willow" }) { nodes { id } } activities(filter: { text: "grant" }) { nodes { id } } }',
    );
    expect(
      plans.filter((step) => /SEARCH body_words USING .*INDEX.*word ?>/.test(step)),
    ).not.toEqual([]);
    expect(
      plans.filter((step) => /SEARCH activity_words USING .*INDEX.*word ?>/.test(step)),
    ).not.toEqual([]);
  });
});
