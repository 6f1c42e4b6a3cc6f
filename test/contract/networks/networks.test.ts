import type { Graph } from '../../../gateway/graph';
import { recordKey } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { anOrganisation, writeEdition } from '../../support/organisations';
import { aRecord } from '../../support/records';

let graph: Graph;
let statements: string[];

const membership = (
  id: string,
  member: string,
  network: string,
  more: Record<string, string | null> = {},
  stamp = {},
) =>
  aRecord(
    id,
    {
      member_key: member,
      network_key: network,
      role: 'MEMBER',
      from_date: null,
      to_date: null,
      ...more,
    },
    stamp,
  );

const write = async (
  put: (edition: Awaited<ReturnType<Graph['networks']['write']['openEdition']>>) => Promise<void>,
  sourceId = 'src',
) => {
  const edition = await graph.networks.write.openEdition({
    sourceId,
    retrievedAt: '2026-01-01T00:00:00.000Z',
  });
  await put(edition);
  return edition.commit(graph.organisations.write.publish);
};

beforeEach(async () => {
  statements = [];
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'networks' && statements.push(sql)),
  );
  await writeEdition(graph.organisations, [
    anOrganisation({ key: 'GLOBAL', name: 'Global Web' }),
    anOrganisation({ key: 'REGION', name: 'Regional Ring', constituencies: ['YOUTH'] }),
    anOrganisation({ key: 'A', name: 'Aster', country: 'KE' }),
    anOrganisation({ key: 'B', name: 'Birch', identifiers: ['B', 'B-2'] }),
    anOrganisation({ key: 'C', name: 'Cedar' }),
  ]);
  await write(async (edition) => {
    await edition.put('memberships', [
      membership('1', 'REGION', 'GLOBAL', { from_date: '2005' }),
      membership('2', 'A', 'GLOBAL', { from_date: '2010-05-01' }, { verification: 'UNVERIFIED' }),
      membership('3', 'A', 'REGION', { from_date: '2012-08' }),
      membership('4', 'B-2', 'REGION', { from_date: '2012', to_date: '2016' }),
      membership('5', 'B', 'REGION', { from_date: '2018-02-03' }, { verification: 'VERIFIED' }),
      // A ring: the global network belongs to its own member.
      membership('6', 'GLOBAL', 'REGION'),
      membership('7', 'C', 'REGION', { from_date: '2001', to_date: '2003' }),
    ]);
    await edition.put('governingBodies', [
      aRecord('board', {
        network_key: 'GLOBAL',
        title: 'Board',
        body_kind: 'BOARD',
        seat_count: 3,
        rule: 'One per region',
        composed_by_members: 1,
        from_date: null,
        to_date: null,
      }),
    ]);
    await edition.put('seats', [
      aRecord('seat', {
        governing_body: recordKey('governing_bodies', 'src', 'board'),
        title: 'Chair',
        holder_key: 'A',
        nominated_by_key: 'REGION',
        held_for: 'YOUTH',
        from_date: '2020',
        to_date: null,
      }),
    ]);
    await edition.put('convenings', [
      aRecord(
        'meet',
        {
          title: 'Élan for peace',
          convening_kind: 'DIALOGUE',
          country: 'KE',
          city: 'Nairobi',
          from_date: '2021-03-01',
          to_date: null,
          themes: '["15220"]',
        },
        {
          children: {
            convening_parties: [
              { position: 0, role: 'ORGANISER', body_key: 'GLOBAL' },
              { position: 0, role: 'PARTICIPANT', body_key: 'B-2' },
            ],
            convening_words: [{ word: 'elan' }, { word: 'peace' }],
            convening_processes: [{ process: 'NAP-KE' }],
          },
        },
      ),
    ]);
  });
});
afterEach(() => graph.close());

const ask = async (query: string, tier = 0) =>
  dataOf(await askSubgraph(graph.networks, query, tier)) as never;

const members = async (args: string) => {
  const answer = (await ask(
    `{ network(id: "global") { members(${args}) { totalCount nodes { depth role from to member { id } network { id } path { id } records { role } } } } }`,
  )) as {
    network: {
      members: {
        totalCount: number;
        nodes: {
          depth: number;
          from: string;
          member: { id: string };
          path: { id: string }[];
          records: unknown[];
        }[];
      };
    };
  };
  return answer.network.members;
};

describe('members', () => {
  it('are direct ones in force today, by name', async () => {
    const { totalCount, nodes } = await members('first: 10');
    expect(totalCount).toBe(2);
    expect(nodes.map(({ member }) => member.id)).toEqual(['A', 'REGION']);
  });

  it('expand through networks within networks, each body once at its nearest, and rings end', async () => {
    const { nodes } = await members('reach: EXPANDED');
    expect(
      nodes.map(({ member, depth, path }) => [member.id, depth, path.map(({ id }) => id)]),
    ).toEqual([
      ['A', 1, ['GLOBAL']],
      ['B', 2, ['GLOBAL', 'REGION']],
      ['REGION', 1, ['GLOBAL']],
    ]);
  });

  it('are those of a day, a year counting to its end', async () => {
    const on = async (day: string) => {
      const { nodes } = await members(`reach: EXPANDED, filter: { activeOn: "${day}" }`);
      return nodes.map(({ member }) => member.id);
    };
    expect(await on('2004-06-01')).toEqual([]);
    expect(await on('2016-12-31')).toEqual(['A', 'B', 'REGION']);
  });

  it('can be narrowed by what the member is', async () => {
    expect((await members('filter: { countries: ["KE"] }')).totalCount).toBe(1);
    expect(
      (await members('filter: { constituencies: [YOUTH] }')).nodes.map(({ member }) => member.id),
    ).toEqual(['REGION']);
  });

  it('that several records name are one membership with all its records, the best checked first', async () => {
    const { network } = (await ask(
      '{ network(id: "REGION") { members(filter: { anyTime: true }) { nodes { from member { id } records { from } } } } }',
    )) as {
      network: {
        members: { nodes: { from: string; member: { id: string }; records: { from: string }[] }[] };
      };
    };
    expect(network.members.nodes.find(({ member }) => member.id === 'B')).toMatchObject({
      from: '2018-02-03',
      records: [{ from: '2018-02-03' }, { from: '2012' }],
    });
  });

  it('page by keyset', async () => {
    const first = (await ask(
      '{ network(id: "GLOBAL") { members(first: 1) { nodes { member { id } } pageInfo { hasNextPage endCursor } } } }',
    )) as {
      network: { members: { pageInfo: { hasNextPage: boolean; endCursor: string } } };
    };
    const { hasNextPage, endCursor } = first.network.members.pageInfo;
    expect(hasNextPage).toBe(true);
    const answer = (await ask(
      `{ network(id: "GLOBAL") { members(first: 1, after: "${endCursor}") { nodes { member { id } } pageInfo { hasNextPage } } } }`,
    )) as {
      network: { members: object };
    };
    expect(answer.network.members).toEqual({
      nodes: [{ member: { id: 'REGION' } }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('grow over time, and what has no date is counted apart', async () => {
    const { network } = (await ask(
      '{ network(id: "REGION") { growth(interval: YEAR) { period joined left members undated } } }',
    )) as {
      network: {
        growth: {
          period: string;
          joined: number;
          left: number;
          members: number;
          undated: number;
        }[];
      };
    };
    const in2012 = network.growth.find(({ period }) => period === '2012');
    expect(in2012).toEqual({ period: '2012', joined: 1, left: 0, members: 1, undated: 1 });
    expect(network.growth[0]?.period).toBe('2001');
  });
});

describe('networks', () => {
  it('have governing bodies with seats, and convenings', async () => {
    expect(
      await ask(`{ network(id: "GLOBAL") { memberOf { network { id } } governance { bodies { title kind seatCount composedByMembers
        seats { title heldFor holder { id } nominatedBy { id } } } }
        convenings { totalCount nodes { title kind country { id } participants { id } } } provenance { record source { id } } } }`),
    ).toEqual({
      network: {
        memberOf: [{ network: { id: 'REGION' } }],
        governance: {
          bodies: [
            {
              title: 'Board',
              kind: 'BOARD',
              seatCount: 3,
              composedByMembers: true,
              seats: [
                {
                  title: 'Chair',
                  heldFor: 'YOUTH',
                  holder: { id: 'A' },
                  nominatedBy: { id: 'REGION' },
                },
              ],
            },
          ],
        },
        convenings: {
          totalCount: 1,
          nodes: [
            {
              title: 'Élan for peace',
              kind: 'DIALOGUE',
              country: { id: 'KE' },
              participants: [{ id: 'B' }],
            },
          ],
        },
        provenance: [{ record: expect.any(String) as string, source: { id: 'src' } }],
      },
    });
  });

  it('are listed only while somebody names members of them', async () => {
    const list = async () =>
      (
        (await ask('{ networks(orderBy: ID_ASC) { nodes { id } totalCount } }')) as {
          networks: { nodes: { id: string }[] };
        }
      ).networks.nodes.map(({ id }) => id);
    expect(await list()).toEqual(['GLOBAL', 'REGION']);
    await write(async (edition) =>
      edition.put('memberships', [membership('1', 'REGION', 'GLOBAL')]),
    );
    expect(await list()).toEqual(['GLOBAL']);
    expect(await ask('{ network(id: "REGION") { id } }')).toEqual({ network: null });
  });

  it('cost the same number of queries for one as for many', async () => {
    const query = (
      ids: string,
    ) => `{ networks(filter: { ids: [${ids}] }) { totalCount nodes { members(reach: EXPANDED) { totalCount nodes { member { id } records { provenance { record } } } }
      memberOf { role } growth(interval: QUARTER) { members } governance { bodies { seats { holder { id } } } }
      convenings { totalCount nodes { organisers { id } participants { id } } } provenance { record } } } }`;
    const count = async (ids: string) => {
      statements.length = 0;
      await ask(query(ids));
      return statements.length;
    };
    const forOne = await count('"GLOBAL"');
    expect(await count('"GLOBAL", "REGION"')).toBeLessThanOrEqual(forOne);
  });

  it('show nothing of a hidden membership', async () => {
    const query =
      '{ networks { totalCount nodes { id members(filter: { anyTime: true }) { totalCount } growth(interval: YEAR) { members } provenance { record } } } }';
    const before = await ask(query);
    await write(
      async (edition) =>
        edition.put('memberships', [
          membership(
            'h1',
            'C',
            'GLOBAL',
            { from_date: '1990' },
            { visibility: Visibility.PARTNER },
          ),
          membership('h2', 'A', 'C', {}, { visibility: Visibility.STEWARD }),
        ]),
      'hidden',
    );
    expect(await ask(query)).toEqual(before);
    expect(
      ((await ask('{ networks { totalCount } }', 3)) as { networks: { totalCount: number } })
        .networks.totalCount,
    ).toBe(3);
  });

  it('find convenings by words, place, party and process', async () => {
    for (const filter of [
      'text: "ELAN"',
      'countries: ["ke"]',
      'participants: ["B"]',
      'processes: ["NAP-KE"]',
      'date: { from: "2021-01-01", to: "2022-01-01" }',
    ]) {
      expect(await ask(`{ convenings(filter: { ${filter} }) { totalCount } }`)).toEqual({
        convenings: { totalCount: 1 },
      });
    }
    expect(await ask('{ convenings(filter: { organisers: ["B"] }) { totalCount } }')).toEqual({
      convenings: { totalCount: 0 },
    });
  });

  it('give the convenings of many policy processes in one query and one of counts', async () => {
    const before = statements.length;
    expect(
      await ask(`{ _entities(representations: [
        { __typename: "PolicyProcess", id: "NAP-KE" }, { __typename: "PolicyProcess", id: "NAP-XX" }
      ]) { ... on PolicyProcess { convenings { totalCount nodes { title } } } } }`),
    ).toEqual({
      _entities: [
        { convenings: { totalCount: 1, nodes: [{ title: 'Élan for peace' }] } },
        { convenings: { totalCount: 0, nodes: [] } },
      ],
    });
    expect(statements.slice(before).filter((sql) => /convenings/.test(sql))).toHaveLength(2);
  });

  it('do not let a filter by organiser widen a network’s own convenings', async () => {
    expect(
      await ask(
        '{ network(id: "GLOBAL") { convenings(filter: { organisers: ["B"] }) { totalCount nodes { id } } } }',
      ),
    ).toEqual({ network: { convenings: { totalCount: 0, nodes: [] } } });
  });
});
