import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { importStatements } from '../../../scripts/import/statements/import';
import { MOST_AT_ONCE } from '../../../subgraphs/shared/page-size';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { openGateway, type TestGateway } from '../../support/gateway';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';

/** Within the standing period, whatever the day of the run. */
const LATELY = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
const [YEAR = '', MONTH = ''] = LATELY.split('-');

let graph: Graph;
/** One for each tier. */
let gateways: TestGateway[];
let gateway: TestGateway;
let statements: string[];

const body = (id: string, country: string | null, legalForm = 'LEGAL_ENTITY') => ({
  kind: 'organisation',
  organisation: id,
  organisationName: `Body ${id.slice(-1)}`,
  legalForm,
  ...(country === null ? {} : { country }),
});
const membership = (member: string, more = {}) => ({
  kind: 'membership',
  member,
  memberName: `Body ${member.slice(-1)}`,
  network: 'XX-1-H',
  networkName: 'Body H',
  ...more,
});
const pays = (provider: string, ...paid: [receiver: string | null, value: number][]) =>
  anActivity(
    `${provider}-ACT`,
    provider,
    paid
      .map(([receiver, value]) =>
        aTransaction(
          '3',
          String(value),
          receiver === null ? '' : `<receiver-org ref="${receiver}"/>`,
          LATELY,
        ),
      )
      .join(''),
  );

/**
 * D gives I, J and H 100 each. I, a fund in Kenya, pays X (Kenya) 30, Y (Mali) 20 and somebody 10. J, a fund in Mali,
 * pays Y 50. H pays its member A 30 and X 20; of its three members donors see the third only.
 */
beforeAll(async () => {
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'funding' && statements.push(sql)),
  );
  statements = [];
  gateways = await Promise.all([0, 1, 2, 3].map((tier) => openGateway(graph, tier)));
  gateway = gateways[0] as TestGateway;
  const rate = { currency_id: 'USD', year: Number(YEAR), month: Number(MONTH), value: 0.75 };
  await importReference(
    graph,
    'rates',
    inputOf(JSON.stringify([rate]), 'https://r.example/r.json'),
  );
  await importStatements(graph, [
    inputOf(
      [
        {
          kind: 'source',
          id: 'said',
          title: 'What was said',
          publisherName: 'Somebody',
          licence: 'CC0',
          retrievedAt: '2026-01-01',
        },
        body('XX-1-I', 'KE', 'FUND'),
        body('XX-1-J', 'ML', 'FUND'),
        body('XX-1-H', 'KE'),
        body('XX-1-X', 'KE'),
        body('XX-1-Y', 'ML'),
        membership('XX-1-A'),
        membership('XX-1-B'),
        membership('XX-1-C', { visibility: 'DONOR' }),
        {
          kind: 'governing-body',
          id: 'assembly',
          network: 'XX-1-H',
          networkName: 'Body H',
          title: 'Assembly',
          bodyKind: 'GENERAL_ASSEMBLY',
          composedByMembers: true,
        },
      ]
        .map((record) => JSON.stringify(record))
        .join('\n'),
      'said.jsonl',
    ),
  ]);
  await importXml(
    graph,
    activityFile(
      pays('XX-1-D', ['XX-1-I', 100], ['XX-1-J', 100], ['XX-1-H', 100]),
      pays('XX-1-I', ['XX-1-X', 30], ['XX-1-Y', 20], [null, 10]),
      pays('XX-1-J', ['XX-1-Y', 50]),
      pays('XX-1-H', ['XX-1-A', 30], ['XX-1-X', 20]),
    ),
  );
  await graph.follow();
});
afterAll(async () => {
  for (const each of gateways) await each.close();
  await graph.close();
});

interface Listed {
  totalCount: number;
  nodes: { id: string; outcome: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
const listOf = async (args: string, of = gateway): Promise<Listed> => {
  const { intermediaries } = (await of.dataOf(
    `{ intermediaries${args} { totalCount nodes { id outcome } pageInfo { hasNextPage endCursor } } }`,
  )) as { intermediaries: Listed };
  return intermediaries;
};
const idsOf = ({ nodes }: Listed) => nodes.map(({ id }) => id);

describe('intermediaries', () => {
  it('are the bodies of these outcomes, as each tier sees them', async () => {
    for (const [tier, of] of gateways.entries()) {
      const { organisations } = (await of.dataOf(
        '{ organisations(filter: { outcomes: [INTERMEDIARY, HYBRID] }) { totalCount nodes { id classification { outcome } intermediary { id outcome } } } }',
      )) as {
        organisations: {
          totalCount: number;
          nodes: { id: string; classification: { outcome: string }; intermediary: object }[];
        };
      };
      const found = await listOf('', of);
      expect([tier, idsOf(found)]).toEqual([
        tier,
        tier < 2 ? ['XX-1-I', 'XX-1-J'] : ['XX-1-H', 'XX-1-I', 'XX-1-J'],
      ]);
      expect(found.totalCount).toBe(organisations.totalCount);
      expect(organisations.nodes.map(({ intermediary }) => intermediary)).toEqual(
        organisations.nodes.map(({ id, classification: { outcome } }) => ({ id, outcome })),
      );
      expect(found.nodes).toEqual(organisations.nodes.map(({ intermediary }) => intermediary));
    }
  });

  it('are found by any identifier, and null where a body is not known to be one', async () => {
    expect(
      await gateway.dataOf(`{ one: intermediary(id: "xx-1-i") { id organisation { name } }
        hidden: intermediary(id: "XX-1-H") { id } other: intermediary(id: "XX-1-X") { id }
        nobody: intermediary(id: "XX-1-Z") { id } organisation(id: "XX-1-X") { intermediary { id } } }`),
    ).toEqual({
      one: { id: 'XX-1-I', organisation: { name: 'Body I' } },
      hidden: null,
      other: null,
      nobody: null,
      organisation: { intermediary: null },
    });
  });

  it('come a page at a time, by name or id, and never twice', async () => {
    const steward = gateways[3] as TestGateway;
    for (const [order, expected] of [
      ['NAME_ASC', ['XX-1-H', 'XX-1-I', 'XX-1-J']],
      ['NAME_DESC', ['XX-1-J', 'XX-1-I', 'XX-1-H']],
      ['ID_ASC', ['XX-1-H', 'XX-1-I', 'XX-1-J']],
    ] as const) {
      const ids: string[] = [];
      for (let after = ''; ;) {
        const page = await listOf(`(first: 1, orderBy: ${order}${after})`, steward);
        expect(page.totalCount).toBe(3);
        ids.push(...idsOf(page));
        if (!page.pageInfo.hasNextPage) break;
        after = `, after: "${page.pageInfo.endCursor ?? ''}"`;
      }
      expect(ids).toEqual(expected);
    }
  });

  it('can be narrowed by what they are and what is known of them', async () => {
    const steward = gateways[3] as TestGateway;
    for (const [filter, expected] of [
      ['outcomes: [HYBRID]', ['XX-1-H']],
      ['outcomes: [INTERMEDIARY, NETWORK]', ['XX-1-I', 'XX-1-J']],
      ['outcomes: [NETWORK]', []],
      ['ids: ["XX-1-J", "XX-1-X"]', ['XX-1-J']],
      ['countries: ["ke"]', ['XX-1-H', 'XX-1-I']],
      ['legalForms: [FUND], text: "body"', ['XX-1-I', 'XX-1-J']],
      ['text: "i"', ['XX-1-I']],
    ] as const) {
      const found = await listOf(`(filter: { ${filter} })`, steward);
      expect([filter, idsOf(found), found.totalCount]).toEqual([filter, expected, expected.length]);
    }
  });

  it('say what became of their income, in the figures of their classification', async () => {
    const fields = `money income toMembers toOthers toHosts toUnknown retained
      toMembersShare toOthersShare toUnknownShare retainedShare coverage missing`;
    const asked = `{ intermediaries { nodes { id scope passedOn { ${fields} }
      classification { outcome indicators { id numerator denominator coverage } } } } }`;
    const { intermediaries } = (await (gateways[2] as TestGateway).dataOf(asked)) as {
      intermediaries: {
        nodes: {
          id: string;
          scope: string;
          passedOn: Record<string, unknown>;
          classification: { indicators: Record<string, unknown>[] };
        }[];
      };
    };
    const known = { money: 'DISBURSED', income: '75', toHosts: '0', missing: null };
    const [h, i, j] = intermediaries.nodes;
    // In SDR, three quarters of the dollars.
    expect(h).toMatchObject({ id: 'XX-1-H', scope: 'UNKNOWN' });
    expect(h?.passedOn).toEqual({
      ...known,
      toMembers: '22.5',
      toOthers: '15',
      toUnknown: '0',
      retained: '37.5',
      toMembersShare: 0.3,
      toOthersShare: 0.2,
      toUnknownShare: 0,
      retainedShare: 0.5,
      coverage: 1,
    });
    expect(i).toMatchObject({ id: 'XX-1-I', scope: 'INTERNATIONAL' });
    expect(i?.passedOn).toEqual({
      ...known,
      toMembers: '0',
      toOthers: '37.5',
      toUnknown: '7.5',
      retained: '30',
      toMembersShare: 0,
      toOthersShare: 0.5,
      toUnknownShare: 0.1,
      retainedShare: 0.4,
      // Of three payments two say to whom.
      coverage: 2 / 3,
    });
    expect(j).toMatchObject({
      id: 'XX-1-J',
      scope: 'NATIONAL',
      passedOn: { toOthers: '37.5', retained: '37.5' },
    });
    for (const { passedOn, classification } of intermediaries.nodes)
      expect(classification.indicators.find(({ id }) => id === 'I4')).toMatchObject({
        denominator: passedOn.income,
        coverage: passedOn.coverage,
        numerator: String(Number(passedOn.toMembers) + Number(passedOn.toOthers)),
      });
  });

  it('say what is missing in a period of which nothing is known', async () => {
    const { intermediary } = (await gateway.dataOf(
      '{ intermediary(id: "XX-1-I") { passedOn(asOf: "2001-01-01", months: 12) { from asOf months money income toOthersShare missing } } }',
    )) as { intermediary: object };
    expect(intermediary).toEqual({
      passedOn: {
        from: '2000-01-01',
        asOf: '2001-01-01',
        months: 12,
        money: null,
        income: null,
        toOthersShare: null,
        missing:
          'Its income in the period, and what it passed on: who, to whom, how much, and when.',
      },
    });
  });

  it('take no more queries for many than for one', async () => {
    const countOf = async (query: string) => {
      statements.length = 0;
      await (gateways[3] as TestGateway).dataOf(query);
      return statements.filter((sql) => /^\s*(select|with)/i.test(sql)).length;
    };
    const PAGE = (first: number) =>
      countOf(
        `{ intermediaries(first: ${first}) { totalCount nodes { scope passedOn { income } classification { outcome } } } }`,
      );
    expect(await PAGE(3)).toBe(await PAGE(1));
    // The version of the bodies, the page, its count.
    expect(await countOf('{ intermediaries { totalCount nodes { id } } }')).toBe(3);
    const FACETS = (first: number) =>
      countOf(`{ organisations(first: ${first}) { nodes { intermediary { outcome } } } }`);
    expect(await FACETS(8)).toBe(2);
  });
});

const OUTCOMES = ['NETWORK', 'INTERMEDIARY', 'HYBRID', 'NEITHER', 'INSUFFICIENT_EVIDENCE'];

describe('flows by what bodies are', () => {
  interface Side {
    classification: { outcome: string };
  }

  it('are those of bodies with the outcome, as each tier sees them', async () => {
    for (const [tier, of] of gateways.entries()) {
      const { flows } = (await of.dataOf(
        '{ flows(orderBy: ID_ASC) { nodes { id provider { classification { outcome } } receiver { classification { outcome } } } } }',
      )) as { flows: { nodes: { id: string; provider: Side | null; receiver: Side | null }[] } };
      expect(flows.nodes).toHaveLength(9);
      for (const side of ['provider', 'receiver'] as const)
        for (const outcome of OUTCOMES) {
          const expected = flows.nodes
            .filter((flow) => flow[side]?.classification.outcome === outcome)
            .map(({ id }) => id);
          const found = (await of.dataOf(
            `{ flows(orderBy: ID_ASC, filter: { ${side}Outcomes: [${outcome}] }) { totalCount nodes { id } } }`,
          )) as { flows: { totalCount: number; nodes: { id: string }[] } };
          expect([tier, side, outcome, found.flows.nodes.map(({ id }) => id)]).toEqual([
            tier,
            side,
            outcome,
            expected,
          ]);
          expect(found.flows.totalCount).toBe(expected.length);
        }
    }
  });

  it('are added up as the rows by outcome say', async () => {
    for (const [tier, of] of gateways.entries())
      for (const basis of ['GROSS_THROUGHPUT', 'FIRST_RECIPIENT', 'SOURCE', 'FINAL']) {
        const sum = (args: string) =>
          of.dataOf(
            `{ flowSummary(basis: ${basis}, currency: "USD", ${args}) { asOf total rows { keys { value } amount flows } } }`,
          ) as Promise<{
            flowSummary: {
              asOf: string;
              total: string;
              rows: { keys: { value: string | null }[]; amount: string; flows: number }[];
            };
          }>;
        for (const side of ['provider', 'receiver']) {
          const { flowSummary } = await sum(`groupBy: [${side.toUpperCase()}_OUTCOME]`);
          for (const outcome of OUTCOMES) {
            const row = flowSummary.rows.find(({ keys: [key] }) => key?.value === outcome);
            const found = await sum(
              `groupBy: [], asOf: "${flowSummary.asOf}", filter: { ${side}Outcomes: [${outcome}] }`,
            );
            const only = found.flowSummary.rows[0];
            expect([tier, basis, side, outcome, found.flowSummary.total, only?.flows ?? 0]).toEqual(
              [tier, basis, side, outcome, row?.amount ?? '0', row?.flows ?? 0],
            );
          }
        }
      }
  });

  it('are not filtered for one day and told apart for another', async () => {
    for (const query of [
      'flowSummary(basis: FINAL, currency: "USD", groupBy: [], asOf: "2020-01-01", filter: { receiverOutcomes: [NETWORK] }) { total }',
      'fundingTerms(currency: "USD", asOf: "2020-01-01", filter: { providerOutcomes: [NETWORK] }) { asOf }',
    ]) {
      const { errors } = await gateway.ask(`{ ${query} }`);
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining('`asOf` is 2020-01-01') as unknown,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
  });
});

describe('the entity', () => {
  it('is answered for more keys than a filter lists', async () => {
    const ids = Array.from({ length: MOST_AT_ONCE + 1 }, (_, place) =>
      place ? `XX-${place}` : 'XX-1-I',
    );
    const representations = ids.map((id) => `{ __typename: "Intermediary", id: "${id}" }`);
    const answer = await askSubgraph(
      graph.funding,
      `{ _entities(representations: [${representations.join()}]) { ... on Intermediary { id } } }`,
    );
    expect(dataOf(answer)._entities).toEqual(ids.map((id) => (id === 'XX-1-I' ? { id } : null)));
  });
});
