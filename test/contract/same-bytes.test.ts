import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openGraph } from '../../gateway/graph';
import { loadBuiltins } from '../../scripts/builtin/load';
import { copyDatabases } from '../../scripts/db/copy';
import { describePostgres, onServer, placeIn } from '../support/databases';
import { openGateway } from '../support/gateway';
import { madeForTests } from '../support/postgres';
import { TWENTY_QUERIES } from '../support/twenty-queries';

/** Every answer as the bytes that a client gets. */
const answersOf = async (place: string): Promise<Record<string, string>> => {
  const graph = await openGraph(place);
  const gateway = await openGateway(graph);
  const answers: Record<string, string> = {};
  for (const [name, query] of Object.entries(TWENTY_QUERIES))
    answers[name] = JSON.stringify(await gateway.ask(query)).replaceAll(
      /[0-9a-f]{8}-[0-9a-f-]{27}/g,
      'ID',
    );
  await gateway.close();
  await graph.close();
  return answers;
};

const load = async (place: string) => {
  const graph = await openGraph(place);
  await loadBuiltins(graph);
  await graph.close();
};

// Each test loads or copies all that comes along, several times over.
jest.setTimeout(120_000);

describePostgres('both databases', () => {
  let folder: string;
  let sqlite: string;
  let postgres: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
    sqlite = path.join(folder, 'sqlite');
    postgres = placeIn(folder).DATABASE_URL;
    await load(sqlite);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('answer twenty queries with the same bytes, each with an import of its own', async () => {
    // A collation that orders and compares texts quite unlike bytes.
    const name = `test_${randomBytes(5).toString('hex')}`;
    await onServer(
      madeForTests(
        name,
        "template template0 locale_provider icu icu_locale 'en-US-u-kn-true' locale 'C'",
      ),
    );
    const url = new URL(postgres);
    url.pathname = `/${name}`;
    try {
      await load(url.href);
      const [those, these] = [await answersOf(sqlite), await answersOf(url.href)];
      expect(Object.keys(those)).toHaveLength(20);
      for (const [query, answer] of Object.entries(those)) {
        expect({ query, answer: these[query] }).toEqual({ query, answer });
        // Nineteen say something, and one says what is wrong with it.
        expect(answer.includes('"errors"')).toBe(query.includes('mistake'));
        expect(answer.length).toBeGreaterThan(100);
      }
    } finally {
      await onServer([`drop database ${name} with (force)`]);
    }
  });

  it('hold the same after a copy from one to the other and back, and answer alike', async () => {
    const back = path.join(folder, 'back');
    const there = await copyDatabases(sqlite, postgres);
    const again = await copyDatabases(postgres, back);
    expect(again).toEqual(there);
    expect(
      there.flatMap(({ tables }) => tables).filter(({ rows }) => rows > 0).length,
    ).toBeGreaterThan(30);
    const answers = await answersOf(sqlite);
    expect(await answersOf(postgres)).toEqual(answers);
    expect(await answersOf(back)).toEqual(answers);
  });
});
