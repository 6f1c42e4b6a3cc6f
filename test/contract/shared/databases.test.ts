import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Graph, openGraph } from '../../../gateway/graph';
import { copyDatabases } from '../../../scripts/db/copy';
import { contentsOf } from '../../../subgraphs/shared/copy';
import {
  beginWrite,
  databaseAt,
  insertMany,
  inSnapshot,
  inWrite,
  openDatabase,
  prefixRange,
} from '../../../subgraphs/shared/db';
import { compareTexts } from '../../../subgraphs/shared/ids';
import { askSubgraph, dataOf } from '../../support/ask';
import { describePostgres, openTestGraph, placeIn } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml } from '../../support/iati';
import { anOrganisation, aSource, writeEdition } from '../../support/organisations';

/** Of one code point each: in UTF-16, the last three come in another order. */
const CHARACTERS = [
  '',
  'A',
  'Z',
  'a',
  'é',
  'ø',
  '中',
  '\uD7FF',
  'ﬁ',
  '\uFFFD',
  '\u{1F54A}',
  '\u{10FFFF}',
];

describe('texts', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await openTestGraph();
  });
  afterEach(() => graph.close());

  const put = (words: readonly string[]) =>
    insertMany(
      graph.policy.db,
      'document_words',
      words.map((word, place) => ({ word, parent_id: String(place) })),
    );
  const words = async (query = graph.policy.db('document_words')) =>
    ((await query.select('word').orderBy('word')) as { word: string }[]).map(({ word }) => word);

  it('are ordered by code point, in the database as in JavaScript', async () => {
    await put([...CHARACTERS].reverse());
    expect(await words()).toEqual(CHARACTERS);
    expect([...CHARACTERS].reverse().sort(compareTexts)).toEqual(CHARACTERS);
    expect([...CHARACTERS].sort()).not.toEqual(CHARACTERS);
  });

  it('begin with a prefix by a range, whatever follows', async () => {
    const found = CHARACTERS.map((character) => `peace${character}`);
    await put([...found, 'peac', 'Peace', 'peacf', '%', 'pe%ce']);
    const range = prefixRange('peace');
    expect(await words(graph.policy.db('document_words').whereBetween('word', range))).toEqual(
      found,
    );
  });

  it('lose NUL and halves of surrogate pairs, stored or looked for', async () => {
    await put(['a\0b', 'c\uD800d', '\u{1F54A}', 'tab\tline\nback\\slash\\N\r']);
    const stored = ['ab', 'c\uFFFDd', 'tab\tline\nback\\slash\\N\r', '\u{1F54A}'];
    expect(await words()).toEqual(stored);
    expect(await words(graph.policy.db('document_words').where('word', 'a\0\0b'))).toEqual(['ab']);
    await graph.policy.db('document_words').where('word', 'ab').update({ word: 'x\0' });
    expect(await words()).toEqual(expect.arrayContaining(['x']));
  });

  it('with NUL name the same body, and find nothing amiss', async () => {
    await writeEdition(graph.organisations, [
      anOrganisation({
        key: 'XX-1',
        recordId: 'r\0',
        name: 'Pe\0ace',
        identifiers: ['XX-\0' + '1'],
      }),
    ]);
    const answer = dataOf(
      await askSubgraph(
        graph.organisations,
        '{ organisation(id: "XX-\\u00001") { id name } organisations(filter: { text: "pe\\u0000ace" }) { totalCount } }',
      ),
    );
    expect(answer).toMatchObject({ organisation: { id: 'XX-1', name: 'Peace' } });
  });

  it('are paged through without a gap where UTF-16 has another order', async () => {
    await writeEdition(
      graph.organisations,
      CHARACTERS.slice(1).map((character, place) =>
        anOrganisation({ key: `XX-${character}-${place}`, name: `${character}`, identifiers: [] }),
      ),
    );
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const { organisations } = dataOf(
        await askSubgraph(
          graph.organisations,
          `{ organisations(first: 1, orderBy: ID_ASC${after === null ? '' : `, after: "${after}"`}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        ),
      ) as {
        organisations: {
          nodes: { id: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
      ids.push(...organisations.nodes.map(({ id }) => id));
      after = organisations.pageInfo.hasNextPage ? organisations.pageInfo.endCursor : null;
    } while (after !== null);
    expect(ids).toHaveLength(CHARACTERS.length - 1);
    expect(ids).toEqual([...ids].sort(compareTexts));
  });
});

describe('whole numbers', () => {
  it('come as numbers while they are exact', async () => {
    const graph = await openTestGraph();
    const { db } = graph.funding;
    await db.schema.createTable('numbers', (table) => void table.bigInteger('n'));
    try {
      await insertMany(db, 'numbers', [
        { n: 1e12 },
        { n: -1e12 },
        { n: 0 },
        { n: Number.MAX_SAFE_INTEGER },
      ]);
      expect(await db('numbers').orderBy('n')).toEqual(
        [-1e12, 0, 1e12, Number.MAX_SAFE_INTEGER].map((n) => ({ n })),
      );
      expect(await db('numbers').count({ n: '*' })).toEqual([{ n: 4 }]);
    } finally {
      await db.schema.dropTable('numbers');
      await graph.close();
    }
  });
});

const file = (n: number) =>
  activityFile(
    ...Array.from({ length: 40 }, (_, index) =>
      anActivity(
        `XX-${n}-${index}`,
        `XX-${n}`,
        `<participating-org role="4" ref="XX-${(n + 1) % 3}"><narrative>Other</narrative></participating-org>
         ${aTransaction('3', String(index + 1), `<receiver-org receiver-activity-id="XX-${(n + 1) % 3}-${index}"/>`)}`,
      ),
    ),
  );

describePostgres('two writers at once', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('wait for each other, schema by schema', async () => {
    const graph = await openGraph(placeIn(folder).DATABASE_URL);
    const first = await beginWrite(graph.networks.db);
    const order: string[] = [];
    const second = inWrite(graph.networks.db, async () => void order.push('second'));
    await inWrite(graph.policy.db, async () => void order.push('another schema'));
    order.push('first');
    await first.commit();
    await second;
    expect(order).toEqual(['another schema', 'first', 'second']);
    await graph.close();
  });

  it('import what they would one after the other, and every follower has every body', async () => {
    const everything = async (graph: Graph) => {
      await graph.follow();
      return dataOf(
        await askSubgraph(
          graph.funding,
          '{ flows(first: 500, orderBy: ID_ASC) { totalCount nodes { id provider { id } receiver { id } receiverBasis } } }',
        ),
      );
    };
    const { DATABASE_URL } = placeIn(folder);
    // As three processes would: each with connections of its own.
    const graphs = await Promise.all([1, 2, 3].map(() => openGraph(DATABASE_URL)));
    await Promise.all(graphs.map((graph, n) => importXml(graph, file(n), `s${n}`)));
    await Promise.all(graphs.map((graph) => graph.follow()));
    const [one] = graphs;
    if (!one) throw new Error('There is no graph.');
    const versions = await Promise.all(one.subgraphs.map((subgraph) => subgraph.version()));
    expect(new Set(versions).size).toBe(1);
    const keys = await Promise.all(
      one.subgraphs.map(({ db }) => db('body_keys').orderBy(['key', 'version_from'])),
    );
    for (const others of keys) expect(others).toEqual(keys[0]);

    const sequential = await openTestGraph();
    for (const n of [0, 1, 2]) await importXml(sequential, file(n), `s${n}`);
    expect(await everything(one)).toEqual(await everything(sequential));
    await Promise.all([...graphs, sequential].map((graph) => graph.close()));
  });
});

describePostgres('a start', () => {
  it('at once with others migrates once, and after one that was killed', async () => {
    const place = databaseAt(placeIn('').DATABASE_URL, 'policy');
    const steps: string[] = [];
    const migrations = [
      {
        name: '0001-once',
        up: async (db: Parameters<typeof insertMany>[0]) => {
          steps.push('once');
          await db.schema.createTable('things', (table) => {
            table.string('id').primary();
            table.specificType('raw', 'varchar(10)');
          });
        },
      },
    ];
    const all = await Promise.all([1, 2, 3].map(() => openDatabase(place, migrations)));
    expect(steps).toEqual(['once']);
    // A process that is killed while it migrates leaves knex's mark behind.
    await all[0]?.('knex_migrations_lock').update({ is_locked: 1 });
    const again = await openDatabase(place, migrations);
    const { rows } = (await again.raw(
      "select distinct data_type, collation_name from information_schema.columns where table_schema = current_schema() and table_name = 'things'",
    )) as { rows: object[] };
    expect(rows).toEqual([{ data_type: 'text', collation_name: 'C' }]);
    await Promise.all([...all, again].map((db) => db.destroy()));
  });
});

it('says where PostgreSQL cannot be reached, without the password', async () => {
  const failing = openGraph('postgres://keeper:s3cret@127.0.0.1:1/peace');
  await expect(failing).rejects.toThrow(
    /^PostgreSQL at 127\.0\.0\.1:1\/peace cannot be used: .*ECONNREFUSED/,
  );
  await expect(failing).rejects.not.toThrow(/s3cret/);
});

describe('a copy', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  /** On the database that this run tests. */
  const another = (name: string) => {
    const { DATA_DIR, DATABASE_URL } = placeIn(path.join(folder, name));
    return DATABASE_URL || DATA_DIR;
  };
  const run = (n: number) => ({
    kind: 'test',
    file: `${n}`,
    sourceId: 's',
    startedAt: '',
    endedAt: '',
    report: {},
  });

  it('refuses a place that has rows unless told to replace them, and itself', async () => {
    const [from, to] = [path.join(folder, 'from'), another('to')];
    for (const [place, key] of [
      [from, 'XX-FROM'],
      [to, 'XX-TO'],
    ] as const) {
      const graph = await openGraph(place);
      await writeEdition(graph.organisations, [anOrganisation({ key })], aSource());
      await graph.follow();
      await graph.close();
    }
    await expect(copyDatabases(from, to)).rejects.toThrow(
      /is not empty: .*organisations\.\w+ has 1 rows\. --replace/,
    );
    await expect(copyDatabases(from, from)).rejects.toThrow(/onto itself/);
    await expect(copyDatabases(path.join(folder, 'none'), to)).rejects.toThrow(/no databases/);
    await copyDatabases(from, to, { replace: true });
    const graph = await openGraph(to);
    const keys = (await graph.funding.db('body_keys').select('key')) as { key: string }[];
    expect(keys).toEqual([{ key: 'XX-FROM' }]);
    await graph.close();
  });

  it('goes on with the numbers of the original', async () => {
    const [from, to] = [another('from'), another('to')];
    const source = await openGraph(from);
    for (const n of [1, 2, 3]) await source.organisations.write.beginRun(run(n));
    await source.close();
    await copyDatabases(from, to);
    const target = await openGraph(to);
    await target.organisations.write.beginRun(run(4));
    expect((await target.organisations.write.runs(9)).map(({ id }) => id)).toEqual([4, 3, 2, 1]);
    await target.close();
  });

  it('that is cut off in the middle of a subgraph leaves nothing of it', async () => {
    const [from, to] = [path.join(folder, 'from'), another('to')];
    const source = await openGraph(from);
    await writeEdition(source.organisations, [anOrganisation({ key: 'XX-1' })], aSource());
    await source.close();
    const target = await openGraph(to);
    // The last table in the order of names refuses its rows.
    await target.organisations.db.schema.alterTable('sources', (table) => {
      table.dropColumn('title');
    });
    const before = await inSnapshot(target.organisations.db, contentsOf);
    await target.close();
    await expect(copyDatabases(from, to)).rejects.toThrow(/title/);
    const after = await openGraph(to);
    expect(await inSnapshot(after.organisations.db, contentsOf)).toEqual(before);
    await after.close();
  });
});
