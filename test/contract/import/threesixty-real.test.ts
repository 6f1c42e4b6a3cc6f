import { readdirSync, readFileSync } from 'node:fs';
import { Big } from 'big.js';
import type { Graph } from '../../../gateway/graph';
import { inputsOf } from '../../../scripts/import/inputs';
import { importThreeSixty } from '../../../scripts/import/threesixty/import';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { describeReal, realFile } from '../../support/real-data';

interface RealGrant {
  id: string;
  currency: string;
  amountAwarded: number;
  amountDisbursed?: number;
  regrantType?: string;
  recipientIndividual?: object;
  plannedDates?: { duration?: number; startDate?: string; endDate?: string }[];
}
const CODES: Record<string, string> = {
  COMMON_REGRANT: 'FRG010',
  TRANSFER_TO_INTERMEDIARY: 'FRG020',
  MATCH_FUNDING: 'FRG030',
};

describeReal('the real 360Giving files', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await openTestGraph();
  });
  afterEach(() => graph.close());
  const ask = async (query: string) => dataOf(await askSubgraph(graph.funding, query));

  const files = () => {
    try {
      return readdirSync(realFile('360giving'));
    } catch {
      return [];
    }
  };

  it.each(files())('import %s with the counts and sums of an independent reading', async (name) => {
    const file = realFile('360giving', name);
    const { grants } = JSON.parse(readFileSync(file, 'utf8')) as { grants: RealGrant[] };
    const sums = new Map<string, { flows: number; amount: Big }>();
    const add = (key: string, amount: number) => {
      const sum = sums.get(key) ?? { flows: 0, amount: new Big(0) };
      sums.set(key, { flows: sum.flows + 1, amount: sum.amount.plus(amount) });
    };
    for (const { currency, amountAwarded, amountDisbursed = 0, regrantType } of grants) {
      add(`COMMITMENT ${currency}`, amountAwarded);
      if (amountDisbursed !== 0) add(`DISBURSEMENT ${currency}`, amountDisbursed);
      if (regrantType !== undefined) add(regrantType, amountAwarded);
    }

    const [input] = await inputsOf([file], ['.json']);
    if (!input) throw new Error('no input');
    const work = () => importThreeSixty(graph, input, { sourceId: 'grants' });
    const { read, problems } = await work();
    expect(read.grants).toBe(grants.length);
    expect([problems.rejected, problems.noted]).toEqual([0, 0]);

    const totals = (list: { totals: Total[] }, keyOf: (total: Total) => string) =>
      list.totals.map((sum) => [keyOf(sum), `${sum.flows}: ${sum.amount}`] as const);
    interface Total {
      kind: string;
      currency: string;
      amount: string;
      flows: number;
    }
    const TOTALS = 'totals { kind currency amount flows }';
    const { activities, flows, individuals, ...regrants } = (await ask(`{
      activities { totalCount } flows { ${TOTALS} }
      individuals: activities(first: 500) { nodes { grant { toIndividual } } }
      ${Object.keys(CODES)
        .map((type) => `${type}: flows(filter: { regrantTypes: [${type}] }) { ${TOTALS} }`)
        .join('\n')} }`)) as unknown as Record<string, { totals: Total[] }> & {
      activities: { totalCount: number };
      flows: { totals: Total[] };
      individuals: { nodes: { grant: { toIndividual: boolean } }[] };
    };
    expect(activities.totalCount).toBe(grants.length);
    const found = [
      ...totals(flows, ({ kind, currency }) => `${kind} ${currency}`),
      ...Object.entries(regrants).flatMap(([type, list]) => totals(list, () => CODES[type] ?? '')),
    ];
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        [...sums].map(([key, { flows: n, amount }]) => [key, `${n}: ${amount.toFixed()}`]),
      ),
    );
    if (grants.length <= 500)
      expect(individuals.nodes.filter(({ grant }) => grant.toIndividual)).toHaveLength(
        grants.filter(({ recipientIndividual }) => recipientIndividual !== undefined).length,
      );

    const before = await ask('{ flows(first: 100) { nodes { id updatedAt } } }');
    expect((await work()).counts).toMatchObject({ created: 0, updated: 0, withdrawn: 0 });
    expect(await ask('{ flows(first: 100) { nodes { id updatedAt } } }')).toEqual(before);
  });

  it('show who regrants to whom, and that nobody is merged by name', async () => {
    const [input] = await inputsOf(
      [realFile('360giving', 'awefw001p-regrants-part.json')],
      ['.json'],
    );
    if (!input) throw new Error('no input');
    await importThreeSixty(graph, input, { sourceId: 'grants' });
    const { flows } = (await ask(`{ flows(filter: { regrantTypes: [TRANSFER_TO_INTERMEDIARY] }) {
      nodes { purpose { kind } provider { id } receiver { id } } } }`)) as unknown as {
      flows: {
        nodes: { purpose: { kind: string }; provider: { id: string }; receiver: { id: string } }[];
      };
    };
    expect(flows.nodes).toHaveLength(4);
    for (const { purpose, provider, receiver } of flows.nodes) {
      expect(purpose.kind).toBe('REGRANT');
      expect(provider.id).not.toBe(receiver.id);
    }
    const bodies = (await graph.organisations.db('organisation_records')) as { key: string }[];
    const { grants } = JSON.parse(
      readFileSync(realFile('360giving', 'awefw001p-regrants-part.json'), 'utf8'),
    ) as {
      grants: Record<
        'fundingOrganization' | 'recipientOrganization',
        { id: string }[] | undefined
      >[];
    };
    const ids = new Set(
      grants.flatMap(({ fundingOrganization = [], recipientOrganization = [] }) =>
        [...fundingOrganization, ...recipientOrganization].map(({ id }) => id.toUpperCase()),
      ),
    );
    expect(bodies.length).toBe(ids.size);
  });
});
