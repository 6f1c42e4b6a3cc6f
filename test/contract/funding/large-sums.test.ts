import { createMoneyStore } from '../../../subgraphs/funding/classification/money.store';
import { openTestGraph } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml } from '../../support/iati';

const PERIOD = { from: '2020-01-01', to: '2021-01-01' };
/** Near the largest amount that a flow has, 10^12; so many that their sum is beyond 2^53. */
const PAID = Array.from({ length: 9101 }, (_, index) => 999_999_999_999n - BigInt(index));

it('adds up the money of a body to the last unit, beyond what a number can tell', async () => {
  const graph = await openTestGraph();
  const paid = PAID.map((amount) =>
    aTransaction('3', `${amount}.25`, '<receiver-org ref="XX-1-E"/>'),
  );
  await importXml(graph, activityFile(anActivity('1', 'XX-1-D', paid.join(''))));
  await graph.follow();
  const store = createMoneyStore(graph.funding.db, await graph.viewerOf(0));
  const rows = await store.rows(['XX-1-D', 'XX-1-E'], PERIOD, { ids: true });
  const units = PAID.reduce((sum, amount) => sum + amount, 0n);
  expect(BigInt(Number(units))).not.toBe(units);
  const sum = {
    units: String(units),
    nanos: String(BigInt(PAID.length) * 250_000_000n),
    flows: PAID.length,
  };
  expect(rows.map((row) => ({ units: row.units, nanos: row.nanos, flows: row.flows }))).toEqual([
    sum,
    sum,
  ]);
  expect(rows.map(({ side }) => side)).toEqual(['provider', 'receiver']);
  await graph.close();
});
