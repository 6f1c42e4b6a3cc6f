import type { Graph } from '../../../gateway/graph';
import { recordKey } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { anOrganisation, aSource } from '../../support/organisations';
import { aRecord } from '../../support/records';

let graph: Graph;
let statements: string[];

const SPAN = { from_date: null, to_date: null };
const membership = (member: string, network: string, stamp = {}, span = SPAN) =>
  aRecord(
    `${member} in ${network}`,
    { member_key: member, network_key: network, role: 'MEMBER', ...span },
    stamp,
  );
const convening = (
  id: string,
  parties: [role: string, ...bodies: string[]][],
  from = '2024-05-01',
) => ({
  ...aRecord(id, {
    title: id,
    convening_kind: 'DIALOGUE',
    country: null,
    city: null,
    from_date: from,
    to_date: null,
    themes: '[]',
  }),
  children: {
    convening_parties: parties.flatMap(([role, ...bodies]) =>
      bodies.map((body_key, position) => ({ position, role, body_key })),
    ),
    convening_processes: [],
    convening_words: [],
  },
});
const PARTNERS = { visibility: Visibility.PARTNER };

beforeEach(async () => {
  statements = [];
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'networks' && statements.push(sql)),
  );
  const at = { sourceId: 'src', retrievedAt: '2026-01-01T00:00:00.000Z' };
  const organisations = await graph.organisations.write.openEdition(at, aSource());
  await organisations.organisations([
    anOrganisation({ key: 'TOP', name: 'Top' }),
    anOrganisation({ key: 'MID', name: 'Mid' }),
    anOrganisation({ key: 'TWIN', name: 'Twin' }),
    anOrganisation({ key: 'A', country: 'KE', themes: ['15220'], constituencies: ['WOMEN'] }),
    anOrganisation({ key: 'B', country: 'UG', themes: ['72010'], constituencies: ['YOUTH'] }),
    anOrganisation({ key: 'C', country: 'NG', themes: ['11220', '152', '7200000'] }),
    anOrganisation({ key: 'HIDDEN', country: 'SO', themes: ['16010'], ...PARTNERS }),
  ]);
  await organisations.figures([
    aRecord('f1', {
      key: 'A',
      year: '2024',
      currency: 'USD',
      income: '5000',
      secretariat_budget: null,
      requests: null,
      requests_met: null,
    }),
    aRecord(
      'f2',
      {
        key: 'B',
        year: '2024',
        currency: 'USD',
        income: '5000000',
        secretariat_budget: null,
        requests: null,
        requests_met: null,
      },
      PARTNERS,
    ),
  ]);
  await organisations.accesses([
    aRecord('u1', { key: 'TOP', place: 'NEW_YORK', form: 'OFFICE', ...SPAN }),
    aRecord('u2', { key: 'TWIN', place: 'NEW_YORK', form: 'OFFICE', ...SPAN }, PARTNERS),
  ]);
  await organisations.commit();
  const networks = await graph.networks.write.openEdition(at);
  await networks.put('memberships', [
    membership('MID', 'TOP'),
    membership('A', 'MID'),
    membership('B', 'MID', PARTNERS),
    membership('HIDDEN', 'MID'),
    // A circle, and a way that only those who see a hidden body have.
    membership('MID', 'TWIN'),
    membership('TWIN', 'MID'),
    membership('C', 'HIDDEN'),
    membership('C', 'TWIN', {}, { from_date: '2010', to_date: '2020' } as never),
  ]);
  await networks.put('governingBodies', [
    aRecord('board', {
      network_key: 'MID',
      title: 'Board',
      body_kind: null,
      seat_count: null,
      rule: null,
      composed_by_members: null,
      ...SPAN,
    }),
  ]);
  await networks.put(
    'seats',
    (
      [
        ['A', null],
        ['HIDDEN', null],
        ['C', 'B'],
      ] as const
    ).map(([holder_key, nominated_by_key], index) =>
      aRecord(`seat ${index}`, {
        governing_body: recordKey('governing_bodies', 'src', 'board'),
        title: null,
        holder_key,
        nominated_by_key,
        held_for: null,
        ...SPAN,
      }),
    ),
  );
  await networks.put('convenings', [
    convening('d1', [
      ['ORGANISER', 'MID'],
      ['PARTICIPANT', 'A', 'B', 'HIDDEN'],
      ['SPEAKER', 'A', 'HIDDEN'],
    ]),
    convening('d2', [['PARTICIPANT', 'MID', 'C']], ''),
  ]);
  await networks.commit(graph.organisations.write.publish);
  await graph.follow();
  statements.length = 0;
});
afterEach(() => graph.close());

const ask = async <T>(query: string, tier = 0): Promise<T> =>
  dataOf(await askSubgraph(graph.networks, query, tier)) as T;

const COVERAGE = `covered { count of } items { code covered unknown members { nodes { member { id } path { id } } } }`;

describe('expertise', () => {
  it('follows memberships round a circle, and never counts what a network is itself', async () => {
    const { expertiseSearch } = await ask<{
      expertiseSearch: { totalCount: number; nodes: { network: { id: string } }[] };
    }>(
      `{ expertiseSearch(themes: ["15220"]) { totalCount nodes { network { id } ${COVERAGE} } } }`,
    );
    // MID has A; TOP and TWIN have it by MID; of TWIN’s circle nothing comes back as its own.
    expect(expertiseSearch.nodes.map(({ network }) => network.id)).toEqual(['MID', 'TOP', 'TWIN']);
    expect(expertiseSearch.nodes[2]).toMatchObject({
      covered: { count: 1, of: 1 },
      items: [
        { members: { nodes: [{ member: { id: 'A' }, path: [{ id: 'TWIN' }, { id: 'MID' }] }] } },
      ],
    });
  });

  it('agrees between the search, the network’s own field, and the filter of networks', async () => {
    for (const tier of [0, 1]) {
      const asked = 'countries: ["KE", "UG", "SO", "NG"]';
      const { expertiseSearch, networks } = await ask<{
        expertiseSearch: { nodes: { network: { id: string }; covered: { count: number } }[] };
        networks: { nodes: { id: string; expertise: { covered: { count: number } } }[] };
      }>(
        `{ expertiseSearch(${asked}) { nodes { network { id } covered { count } } }
          networks { nodes { id expertise(${asked}) { covered { count } } } } }`,
        tier,
      );
      const found = new Map(
        expertiseSearch.nodes.map(({ network, covered }) => [network.id, covered.count]),
      );
      for (const { id, expertise } of networks.nodes)
        expect([tier, id, found.get(id) ?? 0]).toEqual([tier, id, expertise.covered.count]);
      const { both } = await ask<{ both: { nodes: object[] } }>(
        '{ both: networks(filter: { members: { countries: ["KE", "UG"], reach: DIRECT } }) { nodes { id } } }',
        tier,
      );
      expect(both.nodes).toEqual(tier === 0 ? [] : [{ id: 'MID' }]);
    }
  });

  it('pages without repeating, and is empty where nothing is asked', async () => {
    const page = (after = '') =>
      ask<{ expertiseSearch: { nodes: object[]; pageInfo: { endCursor: string } } }>(
        `{ expertiseSearch(themes: ["15220"], first: 2${after}) { nodes { network { id } } pageInfo { endCursor } } }`,
      );
    const { expertiseSearch: first } = await page();
    const { expertiseSearch: second } = await page(`, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...second.nodes]).toEqual(
      ['MID', 'TOP', 'TWIN'].map((id) => ({ network: { id } })),
    );
    expect(await ask('{ expertiseSearch { totalCount } }')).toEqual({
      expertiseSearch: { totalCount: 0 },
    });
  });

  it('asks as many statements for many networks as for one', async () => {
    const count = async (first: number) => {
      statements.length = 0;
      await ask(
        `{ expertiseSearch(countries: ["KE"], first: ${first}) { nodes { ${COVERAGE} } } }`,
      );
      return statements.length;
    };
    expect(await count(3)).toBe(await count(1));
  });
});

describe('the pillars of the nexus', () => {
  it('are those of purpose codes alone', async () => {
    const networks = await ask(
      `{ networks(filter: { members: { pillars: [PEACE, HUMANITARIAN], reach: EXPANDED } }) { nodes { id } }
         network(id: "HIDDEN") { nexus { complete known { count of } pillars { pillar members { totalCount } } } } }`,
      1,
    );
    // Neither 152 nor 7200000, which are C’s, is a purpose code.
    expect(networks).toEqual({
      networks: { nodes: [{ id: 'MID' }, { id: 'TOP' }, { id: 'TWIN' }] },
      network: {
        nexus: {
          complete: false,
          known: { count: 1, of: 1 },
          pillars: [
            { pillar: 'PEACE', members: { totalCount: 0 } },
            { pillar: 'DEVELOPMENT', members: { totalCount: 1 } },
            { pillar: 'HUMANITARIAN', members: { totalCount: 0 } },
          ],
        },
      },
    });
  });

  it('are unknown, not missing, where a member’s themes are unknown', async () => {
    const { network } = await ask<{ network: { nexus: object } }>(
      '{ network(id: "TOP") { nexus { complete known { count of } } } }',
    );
    expect(network.nexus).toEqual({ complete: null, known: { count: 0, of: 1 } });
  });
});

describe('what a viewer may not see', () => {
  it('is in no reach, seat, gathering or size', async () => {
    const query = `{ network(id: "MID") {
      reach { direct expanded memberships }
      seats { seats ofMembers ofOthers ofUnknown shares { members bySize { size members { count } slots { count } } } }
      speaking { slots ofMembers shares { members } }
      gatherings { convenings undated bodies } } }`;
    const of = async (tier: number) => {
      const { network } = await ask<{
        network: { seats: { shares: { bySize: { members: { count: number } }[] } } };
      }>(query, tier);
      const { bySize } = network.seats.shares;
      return {
        ...network,
        seats: {
          ...network.seats,
          shares: {
            ...network.seats.shares,
            bySize: bySize.filter(({ members }) => members.count > 0),
          },
        },
      };
    };
    expect(await of(0)).toEqual({
      reach: { direct: 2, expanded: 2, memberships: 2 },
      seats: {
        seats: 3,
        ofMembers: 1,
        ofOthers: 1,
        ofUnknown: 1,
        shares: {
          members: 2,
          bySize: [
            { size: 'SMALL', members: { count: 1 }, slots: { count: 1 } },
            { size: 'UNKNOWN', members: { count: 1 }, slots: { count: 0 } },
          ],
        },
      },
      speaking: { slots: 1, ofMembers: 1, shares: { members: 2 } },
      gatherings: { convenings: 2, undated: 1, bodies: 3 },
    });
    expect(await of(1)).toEqual({
      reach: { direct: 4, expanded: 5, memberships: 5 },
      seats: {
        seats: 3,
        ofMembers: 3,
        ofOthers: 0,
        ofUnknown: 0,
        shares: {
          members: 4,
          bySize: [
            { size: 'SMALL', members: { count: 1 }, slots: { count: 1 } },
            { size: 'LARGE', members: { count: 1 }, slots: { count: 1 } },
            { size: 'UNKNOWN', members: { count: 2 }, slots: { count: 1 } },
          ],
        },
      },
      speaking: { slots: 2, ofMembers: 2, shares: { members: 4 } },
      gatherings: { convenings: 2, undated: 1, bodies: 4 },
    });
  });

  it('is no step of a way, and no access', async () => {
    const query = `{ _entities(representations: [
      { __typename: "Organisation", id: "C" }, { __typename: "Organisation", id: "A" }]) { ... on Organisation {
        pathsTo(network: "top") { length brokers { id } }
        pathsToUn(place: NEW_YORK) { shortest { bodies { id } } }
        before: pathsToUn(place: NEW_YORK, asOf: "2015-06-30") { length } } }
      networks(filter: { unAccess: [NEW_YORK] }) { nodes { id bridges { bodies brokers { body { id } cutsOff } } } } }`;
    expect(await ask(query)).toEqual({
      _entities: [
        {
          pathsTo: { length: null, brokers: [] },
          pathsToUn: { shortest: [] },
          before: { length: 3 },
        },
        {
          pathsTo: { length: 2, brokers: [{ id: 'MID' }] },
          pathsToUn: { shortest: [{ bodies: [{ id: 'A' }, { id: 'MID' }, { id: 'TOP' }] }] },
          before: { length: 2 },
        },
      ],
      networks: {
        nodes: [
          { id: 'TOP', bridges: { bodies: 3, brokers: [{ body: { id: 'MID' }, cutsOff: 2 }] } },
        ],
      },
    });
    expect(await ask(query, 1)).toMatchObject({
      _entities: [
        {
          pathsTo: { length: 3, brokers: [{ id: 'HIDDEN' }, { id: 'MID' }] },
          before: { length: 1 },
        },
        {
          pathsToUn: {
            shortest: [
              { bodies: [{ id: 'A' }, { id: 'MID' }, { id: 'TOP' }] },
              { bodies: [{ id: 'A' }, { id: 'MID' }, { id: 'TWIN' }] },
            ],
          },
        },
      ],
      networks: { nodes: [{ id: 'TOP' }, { id: 'TWIN' }] },
    });
  });
});

it('asks as many statements for the figures of many networks as for those of one', async () => {
  const count = async (ids: string[]) => {
    statements.length = 0;
    await ask(`{ networks(filter: { ids: ${JSON.stringify(ids)} }) { nodes {
      variety { members } nexus { inAll } reach { expanded } capacity { members }
      seats { seats } speaking { slots } gatherings { bodies } bridges { bodies } pathsTo(network: "TOP") { length } } } }`);
    return statements.length;
  };
  expect(await count(['MID', 'TOP', 'TWIN'])).toBeLessThanOrEqual((await count(['MID'])) + 2);
});
