import type { Graph } from '../../../gateway/graph';
import { importStatements } from '../../../scripts/import/statements/import';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { inputOf } from '../../support/iati';

type Line = Record<string, unknown>;
const SOURCE = {
  kind: 'source',
  id: 'world',
  title: 'A world',
  publisherName: 'Nobody',
  licence: 'CC0-1.0',
  retrievedAt: '2026-01-01',
};

let graph: Graph;
let statements: string[];
beforeEach(async () => {
  statements = [];
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'policy' && statements.push(sql)),
  );
});
afterEach(() => graph.close());

const tell = async (id: string, lines: readonly Line[]) => {
  const text = [{ ...SOURCE, id }, ...lines].map((line) => JSON.stringify(line)).join('\n');
  const { problems } = await importStatements(graph, [inputOf(text, `${id}.jsonl`)]);
  expect(problems.list).toEqual([]);
  statements.length = 0;
};
const ask = async (query: string, tier = 0) => dataOf(await askSubgraph(graph.policy, query, tier));

const named = (id: string, more: Line = {}): Line => ({
  kind: 'organisation',
  organisation: id,
  organisationName: id,
  ...more,
});

/** One process with all that can be said of it, and a document; the nth of its kind. */
const processOf = (n: number): Line[] => [
  named(`XX-A${n}`, { organisationKind: 'NATIONAL_NGO', constituencies: ['WOMEN'] }),
  named(`XX-B${n}`, { organisationKind: 'NATIONAL_NGO', constituencies: ['YOUTH'] }),
  named(`XX-TOWN${n}`, { organisationKind: 'LOCAL_GOVERNMENT' }),
  { kind: 'membership', member: `XX-A${n}`, network: `XX-N${n}` },
  { kind: 'membership', member: `XX-B${n}`, network: `XX-N${n}` },
  { kind: 'membership', member: `XX-N${n}`, network: 'XX-UP' },
  {
    kind: 'policy-process',
    process: `P${n}`,
    title: `Plan ${n}`,
    processKind: 'NATIONAL_ACTION_PLAN',
    agenda: ['WPS'],
    country: `Q${'MNOPQRSTUV'[n] ?? 'W'}`,
    from: '2020',
    implements: [`XX/RES/${n}`],
    ledBy: [`XX-TOWN${n}`],
  },
  { kind: 'policy-process', process: `C${n}`, title: `Consultation ${n}`, towards: [`P${n}`] },
  { kind: 'policy-document', symbol: `XX/RES/${n}`, title: `Document ${n}` },
  { kind: 'participation', process: `P${n}`, organisation: `XX-A${n}`, stage: 'DRAFTING' },
  { kind: 'participation', process: `P${n}`, organisation: `XX-N${n}`, namedInOwnRight: true },
  { kind: 'participation', process: `C${n}`, organisation: `XX-N${n}`, role: 'FUNDER' },
  {
    kind: 'convening',
    title: `Evening ${n}`,
    organisers: [`XX-A${n}`],
    processes: [`C${n}`],
    fundedBy: [`XX-G${n}`],
  },
  {
    kind: 'submission',
    process: `P${n}`,
    organisation: `XX-A${n}`,
    title: 'Paper',
    supports: ['land'],
    cites: [`XX-B${n}`],
  },
  {
    kind: 'submission',
    process: `P${n}`,
    organisation: `XX-N${n}`,
    title: 'Speech',
    cites: [`XX-A${n}`],
  },
  { kind: 'agreement', authority: `XX-TOWN${n}`, organisation: `XX-B${n}`, title: 'To be asked' },
  { kind: 'commitment', commitment: `K${n}`, symbol: `XX/RES/${n}`, title: 'To act' },
  { kind: 'implementation', commitment: `K${n}`, title: 'An act', organisation: `XX-A${n}` },
];

const POINT = '{ organisation { id } process { id } document { symbol } activityIdentifier }';
const PROCESSES = `{ policyProcesses { totalCount nodes { id ledBy { id } towards { id } preparedBy { totalCount nodes { id } }
  provenance { record }
  byStage { stage bodies networks civilSociety kindUnknown }
  visibility { named throughMembersOnly visibility { count of } networks { nodes { presence own members } } }
  trace { step from ${POINT} to ${POINT} provenance { record } missing }
  overlap(one: WOMEN, other: YOUTH) { shared withoutThemes }
  submissions { totalCount nodes { title organisation { id } cites { id } themes { theme stance } provenance { record } } } } } }`;
const DOCUMENTS = `{ policyDocuments { nodes { symbol implementation { processes commitmentsActedOn gaps
  networks { nodes { network { id } processes } }
  commitments { nodes { title implementations { title organisation { id } activityIdentifier provenance { record } } } } } } } }`;
const BODIES = (ids: readonly string[]) => `{ _entities(representations: [${ids
  .map((id) => `{ __typename: "Organisation", id: "${id}" }`)
  .join(', ')}]) { ... on Organisation { id
  submissions { totalCount nodes { title } } membersVoice { citing { count of } cited { count of } citesOthers }
  reliance(withMembers: true) { totalCount nodes { kind title authority { id } organisation { id } provenance { record } } } } } }`;
const PLANS =
  '{ actionPlans(agenda: WPS) { totalCount nodes { standing country { id } plans { id } gapYears } } }';

describe('what policy adds up', () => {
  it('costs the same number of queries for one as for many', async () => {
    const costs = async (n: number) => {
      const asked = [
        PROCESSES,
        DOCUMENTS,
        BODIES([...Array(n).keys()].map((i) => `XX-N${i}`)),
        PLANS,
      ];
      const found: number[] = [];
      for (const query of asked) {
        statements.length = 0;
        await ask(query);
        found.push(statements.length);
      }
      return found;
    };
    await tell('world', processOf(0));
    const forOne = await costs(1);
    await tell('world', [...Array(8).keys()].flatMap(processOf));
    const forMany = await costs(8);
    forMany.forEach((count, index) => expect(count).toBeLessThanOrEqual(forOne[index] ?? 0));
    expect(Math.max(...forOne)).toBeLessThan(40);
  });

  it('takes nothing from records and bodies that the viewer may not see, and takes them where they are', async () => {
    await tell('world', processOf(0));
    const everything = [PROCESSES, DOCUMENTS, BODIES(['XX-N0', 'XX-A0']), PLANS];
    const all = async (tier: number) => Promise.all(everything.map((query) => ask(query, tier)));
    const before = await all(0);
    expect(await all(3)).toEqual(before);

    const hidden = { visibility: 'STEWARD' };
    await tell('hidden', [
      named('XX-SECRET', { ...hidden, organisationKind: 'LOCAL_GOVERNMENT' }),
      ...processOf(1).map((line) => ({ ...line, ...hidden })),
      ...[
        { kind: 'membership', member: 'XX-SECRET', network: 'XX-N0' },
        { kind: 'membership', member: 'XX-A0', network: 'XX-SECRET' },
        { kind: 'participation', process: 'P0', organisation: 'XX-B0', stage: 'DRAFTING' },
        { kind: 'agreement', authority: 'XX-TOWN0', organisation: 'XX-A0', title: 'A secret' },
        { kind: 'agreement', authority: 'XX-SECRET', organisation: 'XX-A0', title: 'Another' },
        { kind: 'submission', process: 'P0', organisation: 'XX-B0', title: 'S', themes: ['x'] },
        { kind: 'commitment', commitment: 'KS', symbol: 'XX/RES/0', title: 'S' },
        { kind: 'implementation', commitment: 'K0', title: 'S' },
        { kind: 'policy-process', process: 'CS', title: 'S', towards: ['P0'] },
        { kind: 'convening', title: 'S', processes: ['P0'], fundedBy: ['XX-S'] },
      ].map((line) => ({ ...line, ...hidden })),
    ]);
    expect(await all(0)).toEqual(before);
    expect(await all(3)).not.toEqual(before);
    expect(JSON.stringify(await all(3))).toContain('XX-SECRET');
  });

  it('keeps back the words of an open record that names a hidden body', async () => {
    await tell('world', [
      ...processOf(0),
      // Whoever looks after the data knows who is meant.
      {
        kind: 'policy-process',
        id: 'XX-SECRET leads',
        process: 'P9',
        title: 'P9',
        ledBy: ['XX-SECRET'],
      },
      {
        kind: 'submission',
        id: 'XX-SECRET 2',
        process: 'P9',
        organisation: 'XX-A0',
        title: 'S',
        cites: ['XX-SECRET'],
      },
      { kind: 'participation', id: 'f', process: 'P9', organisation: 'XX-A0', role: 'FUNDER' },
      {
        kind: 'convening',
        id: 'XX-SECRET 3',
        title: 'C',
        processes: ['P9'],
        organisers: ['XX-SECRET'],
        fundedBy: ['XX-SECRET-1'],
      },
      { kind: 'commitment', commitment: 'K9', symbol: 'XX/RES/0', title: 'K9' },
      {
        kind: 'implementation',
        id: 'XX-SECRET 4',
        commitment: 'K9',
        title: 'I',
        organisation: 'XX-SECRET',
        activity: 'XX-SECRET-2',
      },
    ]);
    await graph.organisations
      .db('organisation_records')
      .where('key', 'XX-SECRET')
      .update({ tier: 3 });
    await tell('hidden', [named('XX-SECRET', { visibility: 'STEWARD' })]);
    const seen = JSON.stringify([await ask(PROCESSES), await ask(DOCUMENTS)]);
    expect(JSON.stringify(await ask(PROCESSES, 3))).toContain('XX-SECRET leads');
    expect(seen).toContain('P9');
    expect(seen).not.toContain('XX-SECRET');
  });
});
