import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Graph, openGraph } from '../../../gateway/graph';
import { importFts } from '../../../scripts/import/fts/import';
import { inputsOf } from '../../../scripts/import/inputs';
import { parseCodelist } from '../../../scripts/import/reference/codelist';
import { parseRegisters } from '../../../scripts/import/reference/lists';
import { importStatements } from '../../../scripts/import/statements/import';
import { importThreeSixty } from '../../../scripts/import/threesixty/import';
import { hashInstallation } from '../../../scripts/installation/hash';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';

const LENGTH = 3000;
/** A text that cannot be packed into less, as a database may do with its index entries. */
const long = (seed: string): string => {
  let text = seed;
  while (text.length < LENGTH) text += hash('sha256', text);
  return text.slice(0, LENGTH).toUpperCase();
};
/** The same but for the last character. */
const nearly = (text: string) => `${text.slice(0, -1)}X`;

const ACTIVITY = long('XX-1-');
const BODY = long('XX-REG-');
const NAME = `The ${long('ab')} of ${long('cd')}`;
const WORD = long('ef').toLowerCase();
const EDITION = { retrievedAt: '2026-01-01T00:00:00.000Z' };

const iati = activityFile(
  anActivity(
    ACTIVITY,
    BODY,
    `<description><narrative>${WORD}</narrative></description>
     <participating-org role="4" ref="${nearly(BODY)}"><narrative>${NAME}</narrative></participating-org>
     <sector code="15220" percentage="50"/><sector code="${long('1')}" percentage="50"/>
     <related-activity type="1" ref="${nearly(ACTIVITY)}"/>
     ${aTransaction('3', '5', `<receiver-org ref="${nearly(BODY)}" receiver-activity-id="${nearly(ACTIVITY)}"/>`)}`,
  ),
  anActivity(
    nearly(ACTIVITY),
    nearly(BODY),
    aTransaction('1', '5', `<provider-org ref="${BODY}"/>`),
  ),
);
const grants = JSON.stringify({
  grants: [
    {
      id: `360G-x-${long('g')}`,
      title: `Peace ${WORD}`,
      currency: 'GBP',
      amountAwarded: 7,
      awardDate: '2020-03-01',
      fundingOrganization: [{ id: `GB-CHC-${long('f')}`, name: NAME }],
      recipientOrganization: [{ id: long('r'), name: NAME }],
    },
  ],
});
const aFlow = (id: string, more: object = {}) => ({
  id,
  amountUSD: 5,
  date: '2021-02-25',
  status: 'paid',
  sourceObjects: [{ type: 'Organization', id: '1', name: NAME }],
  ...more,
});
const pages = JSON.stringify({
  data: { flows: [aFlow('1'), aFlow(long('9')), aFlow('2', { childFlowIds: [long('8')] })] },
});
const says = [
  {
    kind: 'source',
    id: 'says',
    title: 'Says',
    publisherName: 'One',
    licence: 'CC0-1.0',
    retrievedAt: '2026-01-01',
  },
  { kind: 'organisation', organisation: long('ZZ-A-'), organisationName: NAME, aliases: [WORD] },
  { kind: 'membership', member: long('ZZ-A-'), network: long('ZZ-N-'), networkName: 'Web' },
  { kind: 'convening', title: `Meeting ${WORD}`, organisers: [long('ZZ-A-')] },
  { kind: 'policy-process', process: 'XX-NAP', title: WORD },
  { kind: 'policy-process', process: long('XX-NAP'), title: 'Too long an id' },
  { kind: 'policy-document', symbol: long('X/RES/'), title: 'Too long a symbol' },
  { kind: 'organisation', organisation: 'ZZ-B', themes: [long('mediation')] },
];

const importAll = async (graph: Graph, folder: string) => {
  const file = path.join(folder, 'says.jsonl');
  await writeFile(file, says.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return [
    await importXml(graph, iati),
    await importThreeSixty(graph, inputOf(grants, 'grants.json'), { sourceId: '360', ...EDITION }),
    await importFts(graph, [inputOf(pages, 'pages.json')], { sourceId: 'fts', ...EDITION }),
    await importStatements(graph, await inputsOf([file], ['.jsonl'])),
  ];
};

let folder: string;
let graph: Graph;
let outcomes: Awaited<ReturnType<typeof importAll>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  graph = await openTestGraph();
  outcomes = await importAll(graph, folder);
}, 60_000);
afterAll(async () => {
  await graph.close();
  await rm(folder, { recursive: true });
});

describe(`texts of ${LENGTH} characters`, () => {
  it('are imported from every standard, and end the same on either database', async () => {
    const other = await openGraph(null);
    await importAll(other, folder);
    const [here, there] = [await hashInstallation(graph), await hashInstallation(other)];
    await other.close();
    expect(here.databases.map(({ tables }) => tables)).toEqual(
      there.databases.map(({ tables }) => tables),
    );
  });

  it('are shown whole, found by themselves, and distinct from what differs at their end', async () => {
    const FIELDS = 'identifier reporter { id } related { identifier } flows { totalCount }';
    const activities = dataOf(
      await askSubgraph(
        graph.funding,
        `{ one: activity(id: "${ACTIVITY.toLowerCase()}") { ${FIELDS} } other: activity(id: "${nearly(ACTIVITY)}") { ${FIELDS} }
           none: activity(id: "${nearly(nearly(ACTIVITY).slice(0, -1))}") { identifier } }`,
      ),
    ) as Record<string, { identifier: string; reporter: { id: string } } | null>;
    expect(activities.one).toMatchObject({ identifier: ACTIVITY, flows: { totalCount: 1 } });
    expect(activities.other).toMatchObject({ identifier: nearly(ACTIVITY) });
    expect(activities.none).toBeNull();
    expect(activities.one?.reporter.id).not.toBe(activities.other?.reporter.id);

    const bodies = dataOf(
      await askSubgraph(
        graph.organisations,
        `{ one: organisation(id: "${BODY}") { id identifiers { raw } } other: organisation(id: "${nearly(BODY)}") { id name identifiers { raw } } }`,
      ),
    ) as Record<string, { id: string }>;
    expect(bodies.one).toMatchObject({ identifiers: [{ raw: BODY }] });
    expect(bodies.other).toMatchObject({ name: NAME, identifiers: [{ raw: nearly(BODY) }] });
    expect(bodies.one?.id).toBe(activities.one?.reporter.id);
    // An id that was shown finds what it is of.
    const again = dataOf(
      await askSubgraph(graph.organisations, `{ organisation(id: "${bodies.one?.id}") { id } }`),
    );
    expect(again).toEqual({ organisation: { id: bodies.one?.id } });
  });

  it('are found by text', async () => {
    const found = dataOf(
      await askSubgraph(
        graph.organisations,
        `{ organisations(filter: { text: "${WORD}" }) { totalCount } none: organisations(filter: { text: "${nearly(WORD)}" }) { totalCount }
           first: organisations(filter: { text: "${WORD.slice(0, 100)}" }) { totalCount } }`,
      ),
    );
    expect(found).toEqual({
      organisations: { totalCount: 1 },
      none: { totalCount: 0 },
      first: { totalCount: 1 },
    });
    const activities = await askSubgraph(
      graph.funding,
      `{ activities(filter: { text: "${WORD}" }) { nodes { title } } }`,
    );
    expect(dataOf(activities)).toEqual({ activities: { nodes: [{ title: `Peace ${WORD}` }] } });
  });

  it('are left out with place and reason where they can be no code and no id', () => {
    const faults = outcomes.flatMap(({ problems }) => problems.list);
    expect(faults.map(({ code }) => code).sort()).toEqual(
      expect.arrayContaining(['FLOW_WITH_LONG_ID', 'SHARE_OF_LONG_CODE', 'WRONG_VALUE']),
    );
    const tooLong = (name: string, process: () => unknown) =>
      expect(process).toThrow(new RegExp(`${name}.*code has ${LENGTH} characters`));
    const code = long('A');
    tooLong('r.json, entry 1', () => parseRegisters(JSON.stringify([{ code }]), 'r.json'));
    tooLong('c.xml, an item', () =>
      parseCodelist(
        `<codelist name="C"><codelist-items><codelist-item><code>${code}</code></codelist-item></codelist-items></codelist>`,
        'c.xml',
      ),
    );
  });
});
