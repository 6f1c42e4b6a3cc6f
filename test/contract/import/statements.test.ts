import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Graph } from '../../../gateway/graph';
import { inputsOf } from '../../../scripts/import/inputs';
import { importStatements } from '../../../scripts/import/statements/import';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';

const SOURCE = {
  kind: 'source',
  id: 'willow',
  title: 'The Willow Web’s own records',
  publisher: 'PG-WILLOW',
  publisherName: 'Willow Web',
  licence: 'CC BY 4.0',
  retrievedAt: '2026-05-01',
  fictional: true,
};

const RECORDS = [
  {
    kind: 'organisation',
    organisation: 'PG-WILLOW',
    organisationName: 'Willow Web',
    identifiers: ['XX-REG-7'],
    organisationKind: 'INTERNATIONAL_NGO',
    legalForm: 'UNINCORPORATED',
    country: 'KE',
    constituencies: ['WOMEN'],
    verification: 'VERIFIED',
    citation: 'Annual report, p. 3',
  },
  {
    kind: 'self-statement',
    organisation: 'PG-WILLOW',
    topic: 'IDENTITY',
    declaredModality: 'NETWORK',
    text: 'We are a network.',
    selfMade: true,
  },
  {
    kind: 'host-arrangement',
    hostName: 'Oak Trust',
    hosted: 'PG-WILLOW',
    form: 'FISCAL_HOST',
    feePercent: 7.5,
    from: '2019',
  },
  {
    kind: 'membership',
    memberName: 'Reed Group',
    network: 'PG-WILLOW',
    from: '2020',
    verification: 'UNVERIFIED',
  },
  { kind: 'membership', member: 'XX-REG-9', memberName: 'Rush Circle', network: 'XX-REG-7' },
  {
    kind: 'governing-body',
    id: 'board',
    network: 'PG-WILLOW',
    title: 'Board',
    bodyKind: 'BOARD',
    seatCount: 2,
    composedByMembers: true,
  },
  { kind: 'seat', governingBody: 'board', holder: 'XX-REG-9', heldFor: 'YOUTH' },
  {
    kind: 'convening',
    title: 'Willow dialogue',
    conveningKind: 'DIALOGUE',
    organisers: ['PG-WILLOW'],
    participantNames: ['Reed Group'],
    from: '2021-04-02',
    processes: ['NAP-X-WPS-1'],
  },
  {
    kind: 'policy-document',
    symbol: 'S/RES/1325 (2000)',
    title: 'Women and peace and security',
    agenda: ['WPS'],
    adoptedOn: '2000-10-31',
  },
  {
    kind: 'policy-process',
    process: 'NAP-X-WPS-1',
    title: 'A plan',
    processKind: 'NATIONAL_ACTION_PLAN',
    agenda: ['WPS'],
    generation: 1,
    adoptedOn: '2022',
    implements: ['s/res/1325'],
  },
  {
    kind: 'participation',
    process: 'NAP-X-WPS-1',
    organisationName: 'Reed Group',
    role: 'CONSULTED',
    capacity: 'FOR_NETWORK',
    forNetwork: 'PG-WILLOW',
    stage: 'CONSULTATION',
  },
];

let graph: Graph;
let folder: string;
beforeEach(async () => {
  graph = await openTestGraph();
  folder = await mkdtemp(path.join(tmpdir(), 'statements-'));
});
afterEach(async () => {
  await graph.close();
  await rm(folder, { recursive: true });
});

const importLines = async (records: readonly (object | string)[]) => {
  const file = path.join(folder, 'willow.jsonl');
  await writeFile(
    file,
    records
      .map((record) => (typeof record === 'string' ? record : JSON.stringify(record)))
      .join('\n'),
  );
  return importStatements(graph, await inputsOf([file], ['.jsonl']));
};
const members = async () =>
  (
    dataOf(
      await askSubgraph(
        graph.networks,
        '{ network(id: "PG-WILLOW") { members { nodes { member { id } } } } }',
      ),
    ) as {
      network: { members: { nodes: { member: { id: string } }[] } } | null;
    }
  ).network?.members.nodes.map(({ member }) => member.id);

describe('statements', () => {
  it('reach every part of the graph, under one id however a body is named', async () => {
    const { problems, counts } = await importLines([SOURCE, ...RECORDS]);
    expect(problems.list).toEqual([]);
    expect(counts).toMatchObject({ updated: 0, withdrawn: 0 });
    const { organisation, sources } = dataOf(
      await askSubgraph(
        graph.organisations,
        `{ organisation(id: "XX-REG-7") { id name legalForm hostedBy { feePercent host { name } } statements { declaredModality } provenance { verification citation record } }
           sources { id fictional } }`,
      ),
    ) as { organisation: { provenance: object[] }; sources: object[] };
    expect(organisation).toMatchObject({
      id: 'PG-WILLOW',
      name: 'Willow Web',
      legalForm: 'UNINCORPORATED',
      hostedBy: [{ feePercent: '7.5', host: { name: 'Oak Trust' } }],
      statements: [{ declaredModality: 'NETWORK' }],
    });
    expect(organisation.provenance[0]).toMatchObject({
      verification: 'VERIFIED',
      citation: 'Annual report, p. 3',
    });
    expect(sources).toEqual([{ id: 'willow', fictional: true }]);
    expect(await members()).toHaveLength(2);
    expect(
      dataOf(
        await askSubgraph(
          graph.networks,
          '{ network(id: "PG-WILLOW") { governance { bodies { seats { holder { id } heldFor } } } convenings { nodes { participants { id } } } } }',
        ),
      ),
    ).toMatchObject({
      network: {
        governance: { bodies: [{ seats: [{ holder: { id: 'XX-REG-9' }, heldFor: 'YOUTH' }] }] },
        convenings: { nodes: [{ participants: [{}] }] },
      },
    });
    expect(
      dataOf(
        await askSubgraph(
          graph.policy,
          '{ policyDocument(symbol: "S/RES/1325") { implementedBy { nodes { id participations { nodes { forNetwork { id } } } } } } }',
        ),
      ),
    ).toEqual({
      policyDocument: {
        implementedBy: {
          nodes: [
            { id: 'NAP-X-WPS-1', participations: { nodes: [{ forNetwork: { id: 'PG-WILLOW' } }] } },
          ],
        },
      },
    });
  });

  it('change nothing when they come again, and withdraw what they leave out', async () => {
    await importLines([SOURCE, ...RECORDS]);
    const { counts } = await importLines([SOURCE, ...RECORDS]);
    expect(counts).toMatchObject({ created: 0, updated: 0, withdrawn: 0 });
    const left = RECORDS.filter(
      (record) => !('memberName' in record) || record.memberName !== 'Reed Group',
    );
    expect((await importLines([SOURCE, ...left])).counts).toMatchObject({
      created: 0,
      withdrawn: 1,
    });
    expect(await members()).toEqual(['XX-REG-9']);
  });

  it('lose a bad line alone, with its place and reason, and the second of two equal lines', async () => {
    const { problems } = await importLines([
      SOURCE,
      ...RECORDS,
      '{oops',
      { kind: 'membership', network: 'PG-WILLOW' },
      RECORDS[3] ?? {},
    ]);
    expect(problems.list.map(({ line, status, code }) => [line, status, code])).toEqual([
      [13, 'REJECTED', 'NOT_JSON'],
      [14, 'REJECTED', expect.any(String)],
      [15, 'REJECTED', 'DUPLICATE_RECORD'],
    ]);
    expect(await members()).toHaveLength(2);
  });

  it('that break off leave the graph as it was', async () => {
    await importLines([SOURCE, ...RECORDS]);
    await expect(importLines([SOURCE, RECORDS[0] ?? {}, SOURCE])).rejects.toThrow(/second source/);
    expect(await members()).toHaveLength(2);
  });

  it('can be a folder of CSV files', async () => {
    await writeFile(
      path.join(folder, 'source.csv'),
      'id,title,publisherName,licence,retrievedAt\nwillow,Records,Willow Web,CC0,2026-05-01\n',
    );
    await writeFile(
      path.join(folder, 'membership.csv'),
      'member,memberName,network,from\n,Reed Group,PG-WILLOW,2020\nXX-REG-9,,PG-WILLOW,\n',
    );
    const { problems } = await importStatements(graph, await inputsOf([folder], ['.csv']));
    expect(problems.list).toEqual([]);
    expect(await members()).toHaveLength(2);
  });
});
