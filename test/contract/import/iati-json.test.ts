import { readFileSync } from 'node:fs';
import { Big } from 'big.js';
import type { Graph } from '../../../gateway/graph';
import { importIati } from '../../../scripts/import/iati/import';
import { inputsOf } from '../../../scripts/import/inputs';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';
import { describeReal, realFile } from '../../support/real-data';

let graph: Graph;
beforeEach(async () => {
  graph = await openTestGraph();
});
afterEach(() => graph.close());

const ask = async (query: string) => dataOf(await askSubgraph(graph.funding, query));
const MONEY = `{ activities { nodes { identifier title reporter { id } parties { role name } } }
  flows { nodes { kind date amount { amount currency } receiver { id } receiverBasis shares { code } } } }`;

const attributes = (values: Record<string, string>) => ({ '@': values });
const narrated = (text: string) => [{ text }];

describe('IATI turned into JSON', () => {
  it('says what the same activity says in XML', async () => {
    await importXml(
      graph,
      activityFile(
        anActivity(
          'XX-1-A',
          'XX-1',
          `<participating-org role="4"><narrative>Somebody</narrative></participating-org>
           ${aTransaction('3', '10.50', '<receiver-org ref="XX-2"/><recipient-country code="KE"/>')}`,
        ),
      ),
      'xml',
    );
    const fromXml = await ask(MONEY);
    await graph.close();
    graph = await openTestGraph();
    const activity = {
      ...attributes({ 'default-currency': 'USD' }),
      'iati-identifier': narrated('XX-1-A'),
      'reporting-org': [{ ...attributes({ ref: 'XX-1', type: '21' }), text: 'Reporter XX-1' }],
      title: narrated('Title of XX-1-A'),
      'participating-org': [{ ...attributes({ role: 'Implementing' }), text: 'Somebody' }],
      'contact-info': [{ 'person-name': narrated('Nobody’s business') }],
      transaction: [
        {
          'transaction-type': [attributes({ code: 'Disbursement' })],
          'transaction-date': [attributes({ 'iso-date': '2020-05-01' })],
          value: [{ ...attributes({ 'value-date': '2020-05-01' }), text: '10.50' }],
          'receiver-org': [attributes({ ref: 'XX-2' })],
          'provider-org': [' '],
          'recipient-country': [attributes({ code: 'KE' })],
        },
      ],
    };
    const { read, problems } = await importIati(
      graph,
      inputOf(`\n${JSON.stringify({ 'XX-1-A': activity })}`, 'a.json'),
      { sourceId: 'json', retrievedAt: '2026-01-01T00:00:00.000Z' },
    );
    expect([read.activities, read.transactions, problems.list]).toEqual([1, 1, []]);
    expect(await ask(MONEY)).toEqual(fromXml);
    const tables = (await graph.funding.db('activities')) as object[];
    expect(JSON.stringify(tables)).not.toMatch(/business/);
  });

  it('of another kind is refused whole', async () => {
    await expect(
      importIati(graph, inputOf('{\n"grants": []}', 'b.json'), {
        sourceId: 'json',
        retrievedAt: '2026-01-01T00:00:00.000Z',
      }),
    ).rejects.toThrow('b.json, line 2: its "grants" is no activity');
  });
});

interface Matched {
  provider: { id: string } | null;
  receiver: { id: string } | null;
  records: { kind: string; activity: { identifier: string } | null }[];
  reporting: { basis: string };
}

interface RealActivity {
  '@'?: Record<string, string>;
  transaction?: {
    'transaction-type': { '@': { code: string } }[];
    value: { '@'?: { currency?: string }; text: string }[];
  }[];
}
const KINDS: Record<string, string> = {
  IF: 'INCOMING_FUNDS',
  C: 'COMMITMENT',
  Commitment: 'COMMITMENT',
  D: 'DISBURSEMENT',
  Disbursement: 'DISBURSEMENT',
  E: 'EXPENDITURE',
};

describeReal('the real chains of iatigraph', () => {
  const file = realFile('iati-traceability', 'iatigraph-projects.json');

  it('import with the counts and sums of an independent reading', async () => {
    const expected = new Map<string, { flows: number; amount: Big }>();
    for (const activity of Object.values(
      JSON.parse(readFileSync(file, 'utf8')) as Record<string, RealActivity>,
    )) {
      for (const { value, ...transaction } of activity.transaction ?? []) {
        const code = transaction['transaction-type'][0]?.['@'].code ?? '';
        const currency = value[0]?.['@']?.currency ?? activity['@']?.['default-currency'] ?? '';
        const sum = expected.get(`${KINDS[code]} ${currency}`) ?? { flows: 0, amount: new Big(0) };
        expected.set(`${KINDS[code]} ${currency}`, {
          flows: sum.flows + 1,
          amount: sum.amount.plus((value[0]?.text ?? '').trim().replace(/,/g, '')),
        });
      }
    }
    const [input] = await inputsOf([file], ['.json']);
    if (!input) throw new Error('no input');
    const { read, problems } = await importIati(graph, input, { sourceId: 'iatigraph' });
    expect(read).toMatchObject({ activities: 118, transactions: 1437 });
    // Four budgets whose value the file leaves empty.
    expect(
      problems.list.filter(({ status }) => status === 'REJECTED').map(({ code }) => code),
    ).toEqual(Array.from({ length: 4 }, () => 'BUDGET_VALUE_NOT_A_NUMBER'));
    const { activities, flows } = (await ask(
      `{ activities { totalCount } flows(filter: { includeAbsorbed: true }) { totals { kind currency amount flows } } }`,
    )) as unknown as {
      activities: { totalCount: number };
      flows: { totals: { kind: string; currency: string; amount: string; flows: number }[] };
    };
    expect(activities.totalCount).toBe(118);
    expect(
      Object.fromEntries(
        flows.totals.map((sum) => [`${sum.kind} ${sum.currency}`, `${sum.flows}: ${sum.amount}`]),
      ),
    ).toEqual(
      Object.fromEntries(
        [...expected].map(([key, { flows: n, amount }]) => [key, `${n}: ${amount.toFixed()}`]),
      ),
    );
  });

  it('hold transfers that both sides report, each one flow', async () => {
    const [input] = await inputsOf([file], ['.json']);
    if (!input) throw new Error('no input');
    await importIati(graph, input, { sourceId: 'iatigraph' });
    const { matched, conflict } = (await ask(`{
      matched: flows(filter: { reporting: [MATCHED] }, first: 100) { nodes { provider { id } receiver { id }
        records { coversFlows kind amount { amount currency } date activity { identifier } } reporting { basis } } }
      conflict: flows(filter: { reporting: [CONFLICT] }) { totalCount } }`)) as unknown as {
      matched: { nodes: Matched[] };
      conflict: { totalCount: number };
    };
    expect(matched.nodes.length + conflict.totalCount).toBeGreaterThan(0);
    for (const { provider, receiver, records, reporting } of matched.nodes) {
      // What a body moves between its own activities is matched by those alone.
      if (provider?.id === receiver?.id) expect(reporting.basis).not.toBe('ORGANISATION_PAIR');
      expect(new Set(records.map(({ activity }) => activity?.identifier)).size).toBeGreaterThan(1);
      expect(new Set(records.map(({ kind }) => kind))).toEqual(
        new Set(['DISBURSEMENT', 'INCOMING_FUNDS']),
      );
    }
  });
});
