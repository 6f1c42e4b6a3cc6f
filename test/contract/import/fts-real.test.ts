import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Big } from 'big.js';
import type { Graph } from '../../../gateway/graph';
import { importFts } from '../../../scripts/import/fts/import';
import { inputsOf } from '../../../scripts/import/inputs';
import { importReference } from '../../../scripts/import/reference/import';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { inputOf } from '../../support/iati';
import { describeReal, realFile } from '../../support/real-data';

interface RealFlow {
  id: string;
  amountUSD: number;
  originalAmount?: number | null;
  originalCurrency?: string;
  status: string;
  boundary: string;
  onBoundary: string;
  parentFlowId: number | null;
  newMoney?: boolean;
  sourceObjects: FtsSideObject[];
}
interface FtsSideObject {
  type: string;
  name: string;
}
interface Total {
  kind: string;
  currency: string;
  amount: string;
  flows: number;
  inUsd: { amount: string; flows: number };
}
const SUM = 'currency: "USD", money: FUNDING, groupBy: []';
const KINDS: Record<string, string> = { paid: 'DISBURSEMENT', commitment: 'COMMITMENT' };
const TOTALS = 'totalCount totals { kind currency amount flows inUsd { amount flows } }';

describeReal('the real FTS flows of Afghanistan in 2020', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await openTestGraph();
  });
  afterEach(() => graph.close());
  const ask = async (query: string) => dataOf(await askSubgraph(graph.funding, query));
  const pages = () =>
    readdirSync(realFile('fts'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => realFile('fts', name));
  const importPlaces = async (...places: string[]) =>
    importFts(graph, await inputsOf(places, ['.json', '.csv']), { sourceId: 'fts' });
  const realFlows = () =>
    pages().flatMap(
      (file) =>
        (JSON.parse(readFileSync(file, 'utf8')) as { data: { flows: RealFlow[] } }).data.flows,
    );
  /** FTS's rule: incoming, single, not a pledge. */
  const fundingTotal = async () => {
    const answer = (await ask(`{
      funding: flows(filter: { boundary: [INCOMING], onBoundary: [SINGLE], kinds: [COMMITMENT, DISBURSEMENT] }) { ${TOTALS} }
      pledges: flows(filter: { boundary: [INCOMING], onBoundary: [SINGLE], kinds: [PLEDGE] }) { ${TOTALS} }
      incoming: flows(filter: { boundary: [INCOMING] }) { ${TOTALS} }
      internal: flows(filter: { boundary: [INTERNAL] }) { ${TOTALS} }
      all: flows { ${TOTALS} } }`)) as unknown as Record<
      string,
      { totalCount: number; totals: Total[] }
    >;
    const sumOf = (name: string) =>
      (answer[name]?.totals ?? [])
        .reduce((sum, { inUsd }) => sum.plus(inUsd.amount), new Big(0))
        .toFixed();
    return {
      fundingTotal: sumOf('funding'),
      pledgeTotal: sumOf('pledges'),
      flowCount: answer.incoming?.totalCount,
      internal: answer.internal?.totalCount,
      internalTotal: sumOf('internal'),
      all: sumOf('all'),
    };
  };
  const AFGHANISTAN_2020 = {
    fundingTotal: '725591299',
    pledgeTotal: '0',
    flowCount: 328,
    internal: 156,
    internalTotal: '71958119',
    all: '826075730',
  };

  it('give FTS’s own totals to the dollar, as JSON', async () => {
    const { read, problems } = await importPlaces(...pages());
    expect(read).toEqual({ pages: 3, flows: 484, repeated: 0 });
    expect(problems.list).toEqual([]);
    expect(await fundingTotal()).toEqual(AFGHANISTAN_2020);
  });

  it('give FTS’s own totals to the dollar, as the tables of HDX', async () => {
    const { read, problems } = await importPlaces(
      realFile('fts', 'fts_incoming_funding_afg.csv'),
      realFile('fts', 'fts_internal_funding_afg.csv'),
    );
    expect([read.flows, problems.list]).toEqual([484, []]);
    expect(await fundingTotal()).toEqual(AFGHANISTAN_2020);
  });

  it('give the funding total by the engine of every summary, which never reads FTS’s printed boundary', async () => {
    const afghanistan = { code: 'AF', iso3: 'AFG', m49: null, name: 'Afghanistan', nameFr: null };
    await graph.organisations.write.putCountries(
      [{ ...afghanistan, regions: [] }],
      [],
      'countries',
    );
    await importPlaces(...pages());
    const scope = 'countries: ["AF"], usageYears: [2020]';
    const answer = (await ask(`{
      funding: flowSummary(${SUM}, basis: SOURCE, filter: { ${scope} }) { ...S }
      naive: flowSummary(${SUM}, basis: GROSS_THROUGHPUT) { ...S }
      incoming: flowSummary(${SUM}, basis: SOURCE, filter: { ${scope}, boundary: [INCOMING] }) { ...S }
      internal: flowSummary(${SUM}, basis: SOURCE, filter: { ${scope}, boundary: [INTERNAL] }) { ...S }
      final: flowSummary(${SUM}, basis: FINAL, filter: { ${scope} }) { ...S } }
      fragment S on FlowSummary { total rows { flows } coverage { flows excluded { reason flows amount } unseenEntry } }`)) as unknown as Record<
      string,
      { total: string; rows: { flows: number }[] }
    >;
    const shared = { reason: 'SHARED_BEYOND_SCOPE', flows: 17, amount: '28526312' };
    expect(answer).toMatchObject({
      funding: {
        total: '725591299',
        rows: [{ flows: 311 }],
        coverage: { flows: 484, excluded: [shared] },
      },
      naive: { total: '826075730', rows: [{ flows: 484 }] },
      // Flow by flow it is FTS's own boundary: all that is printed as incoming and nothing of the rest.
      incoming: { total: '725591299', rows: [{ flows: 311 }], coverage: { excluded: [shared] } },
      internal: { total: '0', rows: [] },
      // What stayed is more, by what pooled funds paid out that had come in before 2020.
      final: { total: '754042447', coverage: { unseenEntry: '28451148' } },
    });
  });

  it('need FTS’s word on what is new for two flows, whose givers have the place they give to', () => {
    const named = (objects: FtsSideObject[], type: string) =>
      objects.filter((object) => object.type === type).map(({ name }) => name);
    const isInside = (objects: FtsSideObject[]) =>
      named(objects, 'Location').includes('Afghanistan') &&
      named(objects, 'UsageYear').includes('2020');
    const flows = realFlows();
    const odd = flows.filter(
      ({ boundary, sourceObjects }) => isInside(sourceObjects) !== (boundary === 'internal'),
    );
    expect([flows.length, odd.length]).toEqual([484, 2]);
    expect(
      odd.map(({ newMoney, parentFlowId, sourceObjects }) => [
        newMoney,
        parentFlowId,
        named(sourceObjects, 'Organization'),
      ]),
    ).toEqual([
      [true, null, ['Asian Development Bank']],
      [true, null, ['World Bank']],
    ]);
  });

  it('are counted once as a folder of both forms, and change nothing the second time', async () => {
    const { read } = await importPlaces(realFile('fts'));
    expect(read).toEqual({ pages: 5, flows: 484, repeated: 484 });
    expect(await fundingTotal()).toEqual(AFGHANISTAN_2020);
    const { counts } = await importPlaces(...pages().reverse());
    expect(counts).toMatchObject({ created: 0, updated: 0, withdrawn: 0 });
  });

  it('have the counts and sums of an independent reading, by kind, currency, boundary', async () => {
    const sums = new Map<string, { flows: number; amount: Big; usd: Big }>();
    for (const flow of realFlows()) {
      const isOriginal = typeof flow.originalAmount === 'number' && flow.originalCurrency;
      const key = [
        flow.boundary.toUpperCase(),
        flow.onBoundary.toUpperCase(),
        KINDS[flow.status],
        isOriginal ? flow.originalCurrency : 'USD',
      ].join(' ');
      const sum = sums.get(key) ?? { flows: 0, amount: new Big(0), usd: new Big(0) };
      sums.set(key, {
        flows: sum.flows + 1,
        amount: sum.amount.plus((isOriginal ? flow.originalAmount : flow.amountUSD) ?? 0),
        usd: sum.usd.plus(flow.amountUSD),
      });
    }
    await importPlaces(...pages());
    const found: [string, string][] = [];
    for (const boundary of ['INCOMING', 'INTERNAL'])
      for (const onBoundary of ['SINGLE', 'SHARED']) {
        const { flows } = (await ask(
          `{ flows(filter: { boundary: [${boundary}], onBoundary: [${onBoundary}] }) { ${TOTALS} } }`,
        )) as unknown as { flows: { totals: Total[] } };
        for (const { kind, currency, amount, flows: n, inUsd } of flows.totals)
          found.push([
            `${boundary} ${onBoundary} ${kind} ${currency}`,
            `${n}: ${amount}, ${inUsd.flows}: ${inUsd.amount}`,
          ]);
      }
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        [...sums].map(([key, { flows: n, amount, usd }]) => [
          key,
          `${n}: ${amount.toFixed()}, ${n}: ${usd.toFixed()}`,
        ]),
      ),
    );
  });

  it('lead from 94 flows to a parent among them, and back', async () => {
    await importPlaces(...pages());
    const links: string[] = [];
    const back: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const { flows } =
        (await ask(`{ flows(first: 500, orderBy: ID_ASC${after && `, after: "${after}"`}) {
        pageInfo { hasNextPage endCursor } nodes { fts { id parents { fts { id } } children { fts { id } } } } } }`)) as unknown as {
          flows: {
            pageInfo: { hasNextPage: boolean; endCursor: string };
            nodes: {
              fts: Record<'parents' | 'children', { fts: { id: string } }[]> & { id: string };
            }[];
          };
        };
      for (const { fts } of flows.nodes) {
        links.push(...fts.parents.map((parent) => `${parent.fts.id} ${fts.id}`));
        back.push(...fts.children.map((child) => `${fts.id} ${child.fts.id}`));
      }
      after = flows.pageInfo.hasNextPage ? flows.pageInfo.endCursor : null;
    }
    expect(links.sort()).toEqual(back.sort());
    const ids = new Set(realFlows().map(({ id }) => id));
    const expected = realFlows().flatMap(({ id, parentFlowId }) =>
      parentFlowId !== null && ids.has(String(parentFlowId)) ? [`${parentFlowId} ${id}`] : [],
    );
    expect(expected).toHaveLength(94);
    expect(links).toEqual(expect.arrayContaining(expected));
    expect(new Set(links.map((link) => link.split(' ')[1])).size).toBe(94);
  });

  it('go to Afghanistan from known countries, by their names and by their codes', async () => {
    const countries = inputOf(
      readFileSync(
        path.join(__dirname, '../../../scripts/builtin/data/reference/countries.csv'),
        'utf8',
      ),
      'countries.csv',
    );
    await importReference(graph, 'countries', countries, '2026-01-01T00:00:00.000Z');
    const places = async () =>
      (
        (await graph.funding
          .db('fts_objects')
          .where({ type: 'LOCATION' })
          .whereNull('country')) as {
          name: string;
        }[]
      ).map(({ name }) => name);
    for (const files of [pages(), [realFile('fts', 'fts_incoming_funding_afg.csv')]]) {
      const { read } = await importPlaces(...files);
      expect(await places()).toEqual([]);
      expect(await ask('{ flows(filter: { countries: ["AF"] }) { totalCount } }')).toEqual({
        flows: { totalCount: read.flows },
      });
    }
  });
});
