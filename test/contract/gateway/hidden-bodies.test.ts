import { type Graph, openGraph } from '../../../gateway/graph';
import { importIati } from '../../../scripts/import/iati/import';
import type { NewRecord } from '../../../subgraphs/shared/records';
import { recordKey } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { openGateway, type TestGateway } from '../../support/gateway';
import { activityFile, anActivity, aTransaction, inputOf } from '../../support/iati';
import { anOrganisation, writeEdition } from '../../support/organisations';
import { aRecord } from '../../support/records';

const HIDDEN = 'PG-HIDDEN';
const SECRET = 'Secret Circle';
/** Whatever a record's author may have written where it names the body. */
const words = {
  note: `On ${SECRET}`,
  citation: `${SECRET}, p. 1`,
  url: `https://x.example/${HIDDEN}`,
};
const naming = (id: string, values: NewRecord['values'], more: Partial<NewRecord> = {}) =>
  aRecord(`${id} ${HIDDEN}`, values, { ...words, ...more });
const span = { from_date: null, to_date: null };
const PROVENANCE = 'provenance { record url citation note visibility }';
const SILENT = { record: null, url: null, citation: null, note: null, visibility: 'PUBLIC' };

let graph: Graph;
let everyone: TestGateway;
let stewards: TestGateway;

beforeAll(async () => {
  graph = await openGraph(null);
  const party = (ref: string, name: string) =>
    `<participating-org ref="${ref}" role="4" crs-channel-code="32000"><narrative>${name}</narrative></participating-org>`;
  await importIati(
    graph,
    inputOf(
      activityFile(
        anActivity(
          'ACT-1',
          'PG-OPEN',
          party(HIDDEN, SECRET) +
            party('PG-OTHER', 'Other') +
            aTransaction(
              '3',
              '100',
              `<receiver-org ref="${HIDDEN}"><narrative>${SECRET}</narrative></receiver-org>`,
            ) +
            aTransaction(
              '3',
              '50',
              '<receiver-org ref="PG-OTHER"><narrative>Other</narrative></receiver-org>',
            ) +
            aTransaction('3', '7', '<receiver-org><narrative>Nobody</narrative></receiver-org>'),
        ),
      ),
    ),
    { sourceId: 'money', retrievedAt: '2026-01-01T00:00:00.000Z' },
  );
  // What the file alone says of the body is hidden by whoever looks after the data.
  await graph.organisations.db('organisation_records').where('key', HIDDEN).update({ tier: 3 });
  await writeEdition(graph.organisations, [
    anOrganisation({ key: HIDDEN, name: SECRET, visibility: Visibility.STEWARD }),
    anOrganisation({ key: 'PG-NET', name: 'Net' }),
    anOrganisation({ key: 'PG-OTHER', name: 'Other' }),
    anOrganisation({ key: 'PG-LONE', name: 'Lone' }),
  ]);
  const at = { sourceId: 'src', retrievedAt: '2026-01-01T00:00:00.000Z' };
  const organisations = await graph.organisations.write.openEdition(at, {
    id: 'src',
    title: 'A source',
    licence: 'CC0',
    visibility: Visibility.PUBLIC,
    retrievedAt: at.retrievedAt,
  });
  await organisations.organisations([
    anOrganisation({ key: HIDDEN, name: SECRET, visibility: Visibility.STEWARD }),
    ...['NET', 'OTHER', 'LONE', 'OPEN'].map((name) => anOrganisation({ key: `PG-${name}`, name })),
  ]);
  await organisations.hosts([
    naming('host', {
      host_key: HIDDEN,
      hosted_key: 'PG-OTHER',
      form: 'FISCAL_HOST',
      fee_percent: null,
      ...span,
    }),
  ]);
  await organisations.commit();
  const networks = await graph.networks.write.openEdition(at);
  const membership = (id: string, member: string, network: string) =>
    [member, network].includes(HIDDEN)
      ? naming(id, { member_key: member, network_key: network, role: 'MEMBER', ...span })
      : aRecord(id, { member_key: member, network_key: network, role: 'MEMBER', ...span });
  await networks.put('memberships', [
    membership('m1', HIDDEN, 'PG-NET'),
    membership('m2', 'PG-OTHER', 'PG-NET'),
    // Beyond the hidden body, and a network of nobody else.
    membership('m3', 'PG-OPEN', HIDDEN),
    membership('m4', HIDDEN, 'PG-LONE'),
  ]);
  await networks.put('governingBodies', [
    aRecord('board', {
      network_key: 'PG-NET',
      title: 'Board',
      body_kind: null,
      seat_count: 1,
      rule: null,
      composed_by_members: null,
      ...span,
    }),
  ]);
  await networks.put('seats', [
    naming('seat', {
      governing_body: recordKey('governing_bodies', 'src', 'board'),
      title: null,
      holder_key: HIDDEN,
      nominated_by_key: null,
      held_for: null,
      ...span,
    }),
  ]);
  await networks.put('convenings', [
    naming(
      'meet',
      {
        title: 'Meeting',
        convening_kind: 'MEETING',
        country: null,
        city: null,
        from_date: '2020',
        to_date: null,
        themes: '[]',
      },
      {
        children: {
          convening_processes: [],
          convening_words: [],
          convening_parties: [
            { position: 0, role: 'ORGANISER', body_key: 'PG-NET' },
            { position: 0, role: 'PARTICIPANT', body_key: HIDDEN },
            { position: 1, role: 'PARTICIPANT', body_key: 'PG-OTHER' },
          ],
        },
      },
    ),
  ]);
  await networks.commit(graph.organisations.write.publish);
  const policy = await graph.policy.write.openEdition(at);
  await policy.put('processes', [
    aRecord(
      'nap',
      {
        process: 'NAP',
        title: 'Plan',
        process_kind: 'NATIONAL_ACTION_PLAN',
        country: null,
        generation: null,
        status: null,
        adopted_on: '2020',
        ...span,
      },
      { children: { process_agendas: [], process_implements: [], process_words: [] } },
    ),
  ]);
  await policy.put('participations', [
    naming('part', {
      process: 'NAP',
      organisation_key: HIDDEN,
      role: 'CONSULTED',
      capacity: 'FOR_NETWORK',
      for_network_key: 'PG-NET',
      stage: null,
      from_date: '2020',
      to_date: null,
      named_in_own_right: null,
    }),
    naming('for', {
      process: 'NAP',
      organisation_key: 'PG-OTHER',
      role: 'CONSULTED',
      capacity: 'FOR_NETWORK',
      for_network_key: HIDDEN,
      stage: null,
      from_date: '2019',
      to_date: null,
      named_in_own_right: null,
    }),
  ]);
  await policy.commit(graph.organisations.write.publish);
  await graph.follow();
  everyone = await openGateway(graph);
  stewards = await openGateway(graph, 3);
});
afterAll(async () => {
  await everyone.close();
  await stewards.close();
  await graph.close();
});

/** What everyone is told; it never names the hidden body, though stewards are told its name. */
const told = async (query: string): Promise<unknown> => {
  expect(JSON.stringify(await stewards.dataOf(query))).toMatch(/PG-HIDDEN|Secret Circle/);
  const answer = await everyone.dataOf(query);
  expect(JSON.stringify(answer)).not.toMatch(/PG-HIDDEN|Secret Circle/i);
  return answer;
};

describe('a row that points at a hidden body shows nothing of it', () => {
  it('as receiver of a flow, whose amount still counts', async () => {
    expect(
      await told(
        `{ flows(orderBy: AMOUNT_DESC) { totalCount totals { amount flows } nodes { receiver { id name } receiverBasis records { ${PROVENANCE} } ${PROVENANCE} } } }`,
      ),
    ).toMatchObject({
      flows: {
        totalCount: 3,
        totals: [{ amount: '157', flows: 3 }],
        nodes: [
          {
            receiver: null,
            receiverBasis: 'UNKNOWN',
            provenance: [SILENT],
            records: [{ provenance: SILENT }],
          },
          { receiver: { name: 'OTHER' }, receiverBasis: 'IDENTIFIER' },
          {},
        ],
      },
    });
  });

  it('as party of an activity', async () => {
    expect(
      await told('{ activities { nodes { parties { role name channel organisation { id } } } } }'),
    ).toMatchObject({
      activities: {
        nodes: [
          {
            parties: [
              { role: 'IMPLEMENTING', name: null, channel: null, organisation: null },
              {
                role: 'IMPLEMENTING',
                name: 'Other',
                channel: '32000',
                organisation: { id: 'PG-OTHER' },
              },
            ],
          },
        ],
      },
    });
  });

  it('as member of a network, or as a network: the membership exists for nobody', async () => {
    expect(
      await told(
        `{ networks { totalCount nodes { id growth(interval: YEAR) { members } ${PROVENANCE}
             members(reach: EXPANDED, filter: { anyTime: true }) { totalCount nodes { member { id name } path { id } } } } }
           open: organisation(id: "PG-OPEN") { memberships { totalCount } } }`,
      ),
    ).toMatchObject({
      networks: {
        totalCount: 1,
        nodes: [
          {
            id: 'PG-NET',
            members: {
              totalCount: 1,
              nodes: [{ member: { id: 'PG-OTHER' }, path: [{ id: 'PG-NET' }] }],
            },
          },
        ],
      },
      open: { memberships: { totalCount: 0 } },
    });
  });

  it('as holder of a seat', async () => {
    expect(
      await told(
        `{ network(id: "PG-NET") { governance { bodies { seats { holder { id name } ${PROVENANCE} } } } } }`,
      ),
    ).toEqual({
      network: { governance: { bodies: [{ seats: [{ holder: null, provenance: SILENT }] }] } },
    });
  });

  it('as participant of a convening', async () => {
    expect(
      await told(`{ convenings { totalCount nodes { participants { id } ${PROVENANCE} } } }`),
    ).toEqual({
      convenings: {
        totalCount: 1,
        nodes: [{ participants: [{ id: 'PG-OTHER' }], provenance: [SILENT] }],
      },
    });
  });

  it('as host', async () => {
    expect(
      await told(
        `{ organisation(id: "PG-OTHER") { hostedBy { host { id name } hosted { id } ${PROVENANCE} } } }`,
      ),
    ).toEqual({
      organisation: { hostedBy: [{ host: null, hosted: { id: 'PG-OTHER' }, provenance: SILENT }] },
    });
  });

  it('as who takes part in a process, or for whom', async () => {
    expect(
      await told(
        `{ policyProcess(id: "NAP") { participations { totalCount nodes { organisation { id } forNetwork { id name } ${PROVENANCE} } } } }`,
      ),
    ).toEqual({
      policyProcess: {
        participations: {
          totalCount: 2,
          nodes: [
            { organisation: null, forNetwork: { id: 'PG-NET', name: 'NET' }, provenance: SILENT },
            { organisation: { id: 'PG-OTHER' }, forNetwork: null, provenance: SILENT },
          ],
        },
      },
    });
  });
});

describe('a filter by a hidden body', () => {
  it.each([
    ['flows', 'receivers'],
    ['flows', 'providers'],
    ['activities', 'parties'],
    ['activities', 'reporters'],
    ['convenings', 'participants'],
    ['convenings', 'organisers'],
    ['organisations', 'ids'],
    ['networks', 'ids'],
  ])('%s by %s finds nothing', async (list, by) => {
    expect(
      await everyone.dataOf(`{ ${list}(filter: { ${by}: ["${HIDDEN}"] }) { totalCount } }`),
    ).toEqual({ [list]: { totalCount: 0 } });
  });

  it('finds no participation, and no identifier finds the body', async () => {
    expect(
      await everyone.dataOf(
        `{ policyProcess(id: "NAP") { participations(filter: { organisations: ["${HIDDEN}"] }) { totalCount } }
           organisation(id: "${HIDDEN}") { id } network(id: "${HIDDEN}") { id } }`,
      ),
    ).toEqual({
      policyProcess: { participations: { totalCount: 0 } },
      organisation: null,
      network: null,
    });
  });
});

describe('a hidden record', () => {
  it('under a register’s former prefix joins nothing that others see', async () => {
    await graph.organisations.write.putRegisters(
      [
        {
          code: 'GB-CHC',
          name: 'Charities',
          url: null,
          deprecated: false,
          formerPrefixes: ['GB-CC'],
        },
      ],
      'org-id',
    );
    await writeEdition(
      graph.organisations,
      [
        anOrganisation({ key: 'GB-CHC-9' }),
        anOrganisation({ key: 'GB-CC-9', visibility: Visibility.PARTNER }),
      ],
      {
        id: 'charities',
        title: 'Charities',
        licence: 'CC0',
        visibility: Visibility.PUBLIC,
        retrievedAt: '2026-01-01T00:00:00.000Z',
      },
    );
    await graph.follow();
    expect(
      await everyone.dataOf(
        '{ a: organisation(id: "GB-CC-9") { id } b: organisation(id: "GB-CHC-9") { id } }',
      ),
    ).toEqual({
      a: null,
      b: { id: 'GB-CHC-9' },
    });
  });

  it('leaves the times of an open source alone', async () => {
    const ask = () => everyone.dataOf('{ sources { id retrievedAt updatedAt } }');
    const edition = (name: string, retrievedAt: string) =>
      writeEdition(
        graph.organisations,
        [
          anOrganisation({ key: 'PG-X' }),
          anOrganisation({ key: 'PG-Y', name, visibility: Visibility.DONOR }),
        ],
        { id: 'mixed', title: 'Mixed', licence: 'CC0', visibility: Visibility.PUBLIC, retrievedAt },
      );
    await edition('One', '2026-01-01T00:00:00.000Z');
    const before = await ask();
    await edition('Two', '2026-02-01T00:00:00.000Z');
    expect(await ask()).toEqual(before);
  });
});
