import { type Graph, openGraph } from '../../../gateway/graph';
import { loadBuiltins } from '../../../scripts/builtin/load';
import { hashInstallation } from '../../../scripts/installation/hash';
import { hashTables } from '../../../subgraphs/shared/logical-hash';
import { dialectOf, tablesOf } from '../../../subgraphs/shared/db';
import { activityFile, anActivity, aTransaction, importXml } from '../../support/iati';

/** What depends on when and how often imports ran, or something was published; the digest follows from records that are hashed. */
const LEFT_OUT = [
  /^(import_runs|bodies_state|facts_state|facts_followed)\./,
  // What bodies are is worked out of the rest, in a step of its own.
  /^(outcome\w*|body_outcomes)\./,
  /\.published_in$/,
  /^bodies\.(row_id|version_from|version_until|digest)$/,
  /^body_keys\.version_(from|until)$/,
  /^body_(tags|words)\.row_id$/,
  /\.(updated_at|withdrawn_at)$/,
];

/** Leaves the bodies' first words and tags, and the bodies that have them. */
const leaveFewBodies = async (db: Graph['funding']['db']) => {
  for (const table of ['body_tags', 'body_words', 'body_keys'])
    await db(table)
      .whereNotIn('rowid', db(table).select('rowid').orderBy('rowid').limit(10))
      .delete();
  await db('bodies')
    .whereNotIn('row_id', db('body_tags').select('row_id'))
    .whereNotIn('row_id', db('body_words').select('row_id'))
    .whereNotIn('row_id', db('bodies').select('row_id').orderBy('row_id').limit(10))
    .delete();
};

describe('the hash of what an installation says', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph(null);
    await loadBuiltins(graph);
    // A few rows of each table show as much, sooner.
    for (const { db } of graph.subgraphs) {
      for (const table of await tablesOf(db)) {
        if (!/^bod(y|ies)/.test(table))
          await db(table).whereNotIn('rowid', db(table).select('rowid').limit(10)).delete();
      }
      await leaveFewBodies(db);
    }
  });
  afterAll(() => graph.close());

  it('changes with any value of any table, but for what depends on how often imports ran', async () => {
    const unnoticed: string[] = [];
    for (const { db } of graph.subgraphs) {
      const whole = await hashTables(db);
      for (const table of await tablesOf(db)) {
        const row = (await db(table).first()) as Record<string, unknown> | undefined;
        for (const column of Object.keys(row ?? {})) {
          if (LEFT_OUT.some((left) => left.test(`${table}.${column}`))) continue;
          const trx = await db.transaction();
          const first = db(table).min('rowid');
          await trx(table)
            .where('rowid', first)
            .update({ [column]: 987_654 });
          if (JSON.stringify(await hashTables(trx)) === JSON.stringify(whole))
            unnoticed.push(`${table}.${column}`);
          await trx.rollback();
        }
      }
    }
    expect(unnoticed).toEqual([]);
  }, 120_000);

  it('tells a row that is withdrawn from one that is not, and a row that is there twice', async () => {
    const { db } = graph.funding;
    const whole = JSON.stringify(await hashTables(db));
    const trx = await db.transaction();
    await trx('flows').where('rowid', db('flows').min('rowid')).update({ withdrawn_at: 'then' });
    expect(JSON.stringify(await hashTables(trx))).not.toBe(whole);
    await trx.rollback();
    const doubled = await db.transaction();
    await doubled.raw('insert into flow_shares select * from flow_shares limit 1');
    expect(JSON.stringify(await hashTables(doubled))).not.toBe(whole);
    await doubled.rollback();
  });

  it('is the same whatever order sources came in', async () => {
    const donor = activityFile(
      anActivity(
        'XX-1-A',
        'XX-1',
        aTransaction('3', '10', '<receiver-org receiver-activity-id="XX-2-B"/>'),
      ),
    );
    const network = activityFile(anActivity('XX-2-B', 'XX-2', aTransaction('1', '10')));
    const hashes: string[] = [];
    for (const files of [
      { donor, network },
      { network, donor },
    ]) {
      const one = await openGraph(null);
      for (const [name, text] of Object.entries(files)) await importXml(one, text, name);
      hashes.push((await hashInstallation(one)).whole);
      await one.close();
    }
    expect(hashes[0]).toBe(hashes[1]);
  });
});

describe('rows read in parts', () => {
  it('are all rows, each once', async () => {
    const graph = await openGraph(null);
    const { db } = graph.policy;
    const words = Array.from({ length: 4001 }, (_, at) => ({ word: `w${at}`, parent_id: 'p' }));
    await db.batchInsert('document_words', words, 200);
    const read: unknown[] = [];
    await db.transaction(async (trx) => {
      for await (const some of dialectOf(db).rowsOf(trx, 'document_words')) read.push(...some);
    });
    expect(read).toEqual(words);
    await graph.close();
  });
});
