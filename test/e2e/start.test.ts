import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig, type Running, start } from '../../gateway';
import { openGraph } from '../../gateway/graph';
import { loadBuiltins } from '../../scripts/builtin/load';
import { placeIn } from '../support/databases';
import { openProcesses } from '../support/processes';

/** Milliseconds that starts and stops of several processes may take on a busy machine. */
const STARTS = 120_000;
const OPERATIONS = path.join(__dirname, '..', '..', 'schema', 'operations');

/** All in one process, and the gateway and each subgraph in one. */
const WAYS: [
  how: string,
  begin: (place: ReturnType<typeof placeIn>) => Promise<Pick<Running, 'address' | 'close'>>,
][] = [
  [
    'one process',
    (place) =>
      start(readConfig({ PORT: '0', ...place, LOG_LEVEL: 'silent' }), (graph) =>
        loadBuiltins(graph),
      ),
  ],
  [
    'five processes',
    async (place) => {
      const graph = await openGraph(place.DATABASE_URL || place.DATA_DIR);
      await loadBuiltins(graph);
      await graph.close();
      return openProcesses(place);
    },
  ],
];

describe.each(WAYS)('a fresh data folder, served by %s', (_how, serve) => {
  let folder: string;
  let place: ReturnType<typeof placeIn>;
  let running: Pick<Running, 'address' | 'close'>;
  const begin = () => serve(place);
  const ask = async (query: string) => {
    const answer = await fetch(`${running.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await answer.json()) as { data: Record<string, unknown>; errors?: unknown };
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
    place = placeIn(folder);
    running = await begin();
  }, STARTS);
  afterAll(async () => {
    await running.close();
    await rm(folder, { recursive: true });
  }, STARTS);

  it('answers from the built-in facts, across subgraphs', async () => {
    const { data, errors } = await ask(`{
      policyDocument(symbol: "S/RES/2282 (2016)") { verification twin { symbol } provenance { citation source { id } } }
      network(id: "PG-GPPAC") { organisation { name } members { nodes { member { name } records { provenance { verification } } } } }
      organisation(id: "pg-cspps") { name legalForm hostedBy { host { name } from } memberships { totalCount } flowsIn { totalCount } participations { totalCount } }
      policyProcess(id: "NAP-NG-YPS-1") { country { id } participations(filter: { roles: [FUNDER] }) { nodes { role organisation { name } } } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      policyDocument: {
        verification: 'VERIFIED',
        twin: { symbol: 'A/RES/70/262' },
        provenance: [{ source: { id: 'peacegraph-facts' } }],
      },
      network: {
        organisation: { name: 'Global Partnership for the Prevention of Armed Conflict' },
        members: {
          nodes: [
            {
              member: { name: 'West Africa Network for Peacebuilding' },
              records: [{ provenance: { verification: 'PARTLY_VERIFIED' } }],
            },
          ],
        },
      },
      organisation: { legalForm: 'UNINCORPORATED', flowsIn: { totalCount: 0 } },
      policyProcess: {
        participations: {
          nodes: [
            {
              role: 'FUNDER',
              organisation: { name: 'Global Partnership for the Prevention of Armed Conflict' },
            },
          ],
        },
      },
    });
  });

  it('answers every operation that comes along without an error', async () => {
    const names = (await readdir(OPERATIONS, { recursive: true })).filter((name) =>
      name.endsWith('.graphql'),
    );
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const { errors } = await ask(await readFile(path.join(OPERATIONS, name), 'utf8'));
      expect({ name, errors }).toEqual({ name, errors: undefined });
    }
  });

  it(
    'is the same after a second start',
    async () => {
      const query =
        '{ sources { id updatedAt } organisations { totalCount } policyDocuments { totalCount } policyProcesses { totalCount } }';
      const before = await ask(query);
      await running.close();
      running = await begin();
      expect(await ask(query)).toEqual(before);
    },
    STARTS,
  );
});
