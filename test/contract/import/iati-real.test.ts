import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Big } from 'big.js';
import { XMLParser } from 'fast-xml-parser';
import type { Graph } from '../../../gateway/graph';
import { importIati } from '../../../scripts/import/iati/import';
import { inputsOf } from '../../../scripts/import/inputs';
import { sourceIdFor } from '../../../scripts/import/source-id';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { describeReal, realFile } from '../../support/real-data';

type Node = Record<string, unknown>;
const LISTS = ['iati-activity', 'transaction', 'value', 'transaction-type', 'iati-organisation'];
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: { enabled: true, maxTotalExpansions: 1e6, maxEntityCount: 1e6 } as never,
  isArray: (name) => LISTS.includes(name),
});

const LETTERS: Record<string, string> = { IF: '1', C: '2', D: '3', E: '4' };
const KINDS: Record<string, string> = {
  1: 'INCOMING_FUNDS',
  2: 'COMMITMENT',
  3: 'DISBURSEMENT',
  4: 'EXPENDITURE',
  5: 'INTEREST_PAYMENT',
  6: 'LOAN_REPAYMENT',
  7: 'REIMBURSEMENT',
  11: 'INCOMING_COMMITMENT',
  12: 'PLEDGE',
  13: 'INCOMING_PLEDGE',
};

const textOf = (node: unknown): string => {
  const text = typeof node === 'object' && node !== null ? (node as Node)['#text'] : node;
  return typeof text === 'string' ? text : '';
};

/** Activities and sums of a file by a parser and a reading of its own; two-valued transactions left out. */
const independently = (file: string) => {
  const root = parser.parse(readFileSync(file, 'utf8')) as Record<string, Node>;
  const holder = root['iati-activities'] ?? root;
  const activities = (holder['iati-activity'] ?? []) as Node[];
  const sums = new Map<string, { amount: Big; flows: number }>();
  let skipped = 0;
  for (const activity of activities) {
    for (const transaction of (activity.transaction ?? []) as Node[]) {
      const values = (transaction.value ?? []) as Node[];
      const [value] = values;
      if (values.length !== 1 || value === undefined) {
        skipped += 1;
        continue;
      }
      const code = String(((transaction['transaction-type'] as Node[])[0] as Node)['@_code']);
      const currency = String(value['@_currency'] ?? activity['@_default-currency']);
      const key = `${KINDS[LETTERS[code] ?? code] ?? code} ${currency}`;
      const sum = sums.get(key) ?? { amount: new Big(0), flows: 0 };
      sums.set(key, {
        amount: sum.amount.plus(textOf(value).trim().replace(/,/g, '')),
        flows: sum.flows + 1,
      });
    }
  }
  return {
    activities: activities.length,
    skipped,
    totals: Object.fromEntries(
      [...sums].map(([key, { amount, flows }]) => [key, `${flows}: ${amount.toFixed()}`]),
    ),
  };
};

interface Totals {
  activities: { totalCount: number };
  flows: { totals: { kind: string; currency: string; amount: string; flows: number }[] };
}

describeReal('the real IATI files', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await openTestGraph();
  });
  afterEach(() => graph.close());

  const importFile = async (file: string) => {
    const [input] = await inputsOf([file], ['.xml']);
    if (!input) throw new Error(`No input ${file}`);
    return importIati(graph, input, { sourceId: sourceIdFor('iati', file) });
  };
  const ask = async (query: string) => dataOf(await askSubgraph(graph.funding, query));

  const files = ['iati-activities', 'iati-activities-v1', 'iati-examples'].flatMap((folder) => {
    try {
      return readdirSync(realFile(folder))
        .filter((name) => !name.startsWith('organisation'))
        .map((name) => path.join(folder, name));
    } catch {
      return [];
    }
  });

  it.each(files)('import %s with the counts and sums of an independent parser', async (name) => {
    const file = realFile(name);
    const expected = independently(file);
    const { problems } = await importFile(file);
    const { activities, flows } = (await ask(
      `{ activities(filter: { includeSuperseded: true }) { totalCount }
         flows(filter: { includeSuperseded: true }) { totals { kind currency amount flows } } }`,
    )) as unknown as Totals;
    expect(activities.totalCount).toBe(expected.activities);
    expect(
      Object.fromEntries(
        flows.totals.map((sum) => [`${sum.kind} ${sum.currency}`, `${sum.flows}: ${sum.amount}`]),
      ),
    ).toEqual(expected.totals);
    expect(problems.rejected).toBe(expected.skipped);
  });

  it('import every organisation file, budgets apart from flows', async () => {
    for (const name of readdirSync(realFile('iati-organisations'))) {
      const { read, problems } = await importFile(realFile('iati-organisations', name));
      expect(read.organisations).toBe(1);
      expect(problems.rejected).toBe(0);
    }
    expect(await ask('{ flows { totalCount } }')).toEqual({ flows: { totalCount: 0 } });
  });

  it('show 201 activities and 1,701 flows of USAID in Burundi, and change nothing when imported again', async () => {
    const file = realFile('iati-activities', 'usaid-bi.xml');
    await importFile(file);
    const query =
      '{ activities { totalCount } flows { totalCount totals { kind amount currency flows } nodes { id updatedAt } } }';
    const first = await ask(query);
    expect(first).toMatchObject({ activities: { totalCount: 201 }, flows: { totalCount: 1701 } });
    const { counts } = await importFile(file);
    expect(counts).toMatchObject({ created: 0, updated: 0, withdrawn: 0 });
    expect(await ask(query)).toEqual(first);
  });

  it('lead from DFID through Bond to NIDOS', async () => {
    await importFile(realFile('iati-activities-v1', 'provider-activity-id.xml'));
    const { activity } =
      (await ask(`{ activity(id: "GB-CHC-1068839-dfid_ag_11-13") { reporter { id }
      flows(orderBy: DATE_ASC) { nodes { kind provider { id } receiver { id } } } } }`)) as unknown as {
        activity: {
          reporter: { id: string };
          flows: {
            nodes: { kind: string; provider: { id: string }; receiver: { id: string } | null }[];
          };
        };
      };
    const bond = activity.reporter.id;
    const incoming = activity.flows.nodes.filter(({ kind }) => kind === 'INCOMING_FUNDS');
    const onward = activity.flows.nodes.find(({ kind }) => kind === 'DISBURSEMENT');
    expect(bond).toBe('GB-CHC-1068839');
    expect(incoming.length).toBeGreaterThan(0);
    for (const flow of incoming) expect(flow.receiver?.id).toBe(bond);
    expect(onward?.provider.id).toBe(bond);
    const names = dataOf(
      await askSubgraph(
        graph.organisations,
        `{ nidos: organisation(id: ${JSON.stringify(onward?.receiver?.id)}) { name } dfid: organisation(id: ${JSON.stringify(incoming[0]?.provider.id)}) { name } }`,
      ),
    ) as { nidos: { name: string }; dfid: { name: string } };
    expect(names.nidos.name).toMatch(/NIDOS|Network of International Development/i);
    expect(names.dfid.name).toMatch(/DFID|International Development/i);
  });
});
