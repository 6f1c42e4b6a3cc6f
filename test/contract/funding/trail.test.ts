import { Big } from 'big.js';
import fc from 'fast-check';
import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { importStatements } from '../../../scripts/import/statements/import';
import { openTestGraph } from '../../support/databases';
import { openGateway, type TestGateway } from '../../support/gateway';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';

let graph: Graph;
let gateway: TestGateway;
let statements: string[];
beforeEach(async () => {
  statements = [];
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'funding' && statements.push(sql)),
  );
  gateway = await openGateway(graph);
});
afterEach(async () => {
  await gateway.close();
  await graph.close();
});

const toward = (receiver: string, activity?: string) =>
  `<receiver-org ref="${receiver}"${activity === undefined ? '' : ` receiver-activity-id="${activity}"`}/>`;
const fromOf = (provider: string, activity?: string) =>
  `<provider-org ref="${provider}"${activity === undefined ? '' : ` provider-activity-id="${activity}"`}/>`;
const money = (...activities: string[]) => importXml(graph, activityFile(...activities), 'money');

const say = (records: object[]) =>
  importStatements(graph, [
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
        ...records,
      ]
        .map((record) => JSON.stringify(record))
        .join('\n'),
      'said.jsonl',
    ),
  ]);

interface Node {
  amount: string;
  share: number | null;
  attributed: boolean;
  end: string;
  route: string;
  hops: number;
  hostHops: number;
  recipientReports: boolean | null;
  unconverted: number;
  recipient: { id: string } | null;
  steps: { receiver: { id: string } | null; basis: string; flowCount: number }[];
}
interface Trail {
  total: string;
  leftOut: object[];
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
const FIELDS = `total leftOut { because currency amount flows } pageInfo { hasNextPage endCursor }
  nodes { amount share attributed end route hops hostHops recipientReports unconverted
    recipient { id } steps { receiver { id } basis flowCount heldAsHost flows { id } } }`;
const trailOf = async (args = '', from = 'XX-1-D', of: TestGateway = gateway): Promise<Trail> => {
  const { moneyTrail } = (await of.dataOf(
    `{ moneyTrail(from: "${from}", ${args.includes('currency') ? '' : 'currency: "USD",'} ${args}) { ${FIELDS} } }`,
  )) as { moneyTrail: Trail };
  return moneyTrail;
};
/** Ways in short: `A > B RETAINED 30 DIRECT`, with `~` where the amount is attributed. */
const inShort = ({ nodes }: Trail): string[] =>
  nodes.map(
    ({ steps, end, amount, attributed, route }) =>
      `${steps.map(({ receiver }) => receiver?.id.replace('XX-1-', '') ?? '?').join(' > ')} ${end} ${attributed ? '~' : ''}${amount} ${route}`,
  );

const CHAIN = () =>
  money(
    anActivity(
      'D-1',
      'XX-1-D',
      aTransaction('3', '100', toward('XX-1-A', 'A-1')) +
        aTransaction('3', '40', toward('XX-1-B')) +
        aTransaction('3', '5', '<receiver-org><narrative/></receiver-org>'),
    ),
    anActivity(
      'A-1',
      'XX-1-A',
      aTransaction('1', '100', fromOf('XX-1-D', 'D-1')) + aTransaction('3', '60', toward('XX-1-M')),
    ),
    anActivity(
      'A-2',
      'XX-1-A',
      aTransaction('1', '900', fromOf('XX-1-E')) + aTransaction('3', '500', toward('XX-1-N')),
    ),
    anActivity('B-1', 'XX-1-B', aTransaction('3', '30', toward('XX-1-N'))),
  );

describe('a money trail', () => {
  it('follows activities where the records link them, and counts what two report once', async () => {
    await CHAIN();
    const trail = await trailOf();
    expect(trail.total).toBe('145');
    expect(inShort(trail)).toEqual([
      'A > M RETAINED 60 UNKNOWN',
      'A RETAINED 40 DIRECT',
      'B > N RETAINED 30 UNKNOWN',
      'B RETAINED 10 DIRECT',
      '? UNKNOWN_RECEIVER 5 UNKNOWN',
    ]);
    expect(trail.nodes[0]).toMatchObject({
      share: 60 / 145,
      hops: 1,
      hostHops: 0,
      recipientReports: false,
      steps: [
        { basis: 'RECORDED', flowCount: 1 },
        { basis: 'ACTIVITY_LINK', flowCount: 1, flows: [{ id: expect.any(String) as string }] },
      ],
    });
    expect(trail.nodes[1]?.recipientReports).toBe(true);
    expect(trail.nodes[2]?.steps[1]?.basis).toBe('PRO_RATA');
    expect(trail.nodes[4]).toMatchObject({ recipient: null, recipientReports: null });
  });

  it('goes by a receiver’s report that names the funded activity of its provider', async () => {
    await money(
      anActivity('D-1', 'XX-1-D', aTransaction('3', '100', toward('XX-1-A', 'A-1'))),
      anActivity(
        'X-1',
        'XX-1-X',
        aTransaction('1', '70', fromOf('XX-1-A', 'A-1')) +
          aTransaction('1', '20', fromOf('XX-1-A', 'A-2')),
      ),
      anActivity('E-1', 'XX-1-E', aTransaction('3', '100', toward('XX-1-A', 'A-2'))),
    );
    expect(inShort(await trailOf())).toEqual(['A > X RETAINED 70 UNKNOWN', 'A RETAINED 30 DIRECT']);
  });

  it('goes by the receiver’s activity that only its own report names', async () => {
    await money(
      anActivity('D-1', 'XX-1-D', aTransaction('3', '100', toward('XX-1-A'))),
      anActivity(
        'A-1',
        'XX-1-A',
        aTransaction('1', '100', fromOf('XX-1-D', 'D-1')) +
          aTransaction('3', '60', toward('XX-1-M')),
      ),
      anActivity('A-2', 'XX-1-A', aTransaction('1', '100', fromOf('XX-1-E'))),
    );
    const trail = await trailOf();
    expect(trail.total).toBe('100');
    expect(inShort(trail)).toEqual(['A > M RETAINED 60 UNKNOWN', 'A RETAINED 40 DIRECT']);
  });

  it('takes activities that are parts of the funded one, by either’s record', async () => {
    const related = (id: string, type: string) => `<related-activity ref="${id}" type="${type}"/>`;
    await money(
      anActivity('D-1', 'XX-1-D', aTransaction('3', '100', toward('XX-1-A', 'A-1'))),
      anActivity('E-1', 'XX-1-E', aTransaction('3', '100', toward('XX-1-A', 'A-9'))),
      anActivity('A-1', 'XX-1-A', related('A-3', '2')),
      anActivity('A-2', 'XX-1-A', related('A-1', '1') + aTransaction('3', '30', toward('XX-1-M'))),
      anActivity('A-3', 'XX-1-A', aTransaction('3', '20', toward('XX-1-N'))),
    );
    expect(inShort(await trailOf())).toEqual([
      'A RETAINED 50 DIRECT',
      'A > M RETAINED 30 UNKNOWN',
      'A > N RETAINED 20 UNKNOWN',
    ]);
  });

  it('leaves out of it what a body moves between activities of its own', async () => {
    await money(
      anActivity(
        'D-1',
        'XX-1-D',
        aTransaction('3', '100', toward('XX-1-A', 'A-1')) +
          aTransaction('3', '70', toward('XX-1-D', 'D-2')),
      ),
      anActivity('D-2', 'XX-1-D', aTransaction('1', '70', fromOf('XX-1-D', 'D-1'))),
      anActivity('A-1', 'XX-1-A', aTransaction('3', '80', toward('XX-1-A', 'A-2'))),
      anActivity('A-2', 'XX-1-A', aTransaction('3', '50', toward('XX-1-M'))),
    );
    const trail = await trailOf();
    expect(trail.total).toBe('100');
    expect(inShort(trail)).toEqual(['A > M RETAINED 50 UNKNOWN', 'A RETAINED 50 DIRECT']);
  });

  it('says the route by what the bodies between are, and who held it as a host', async () => {
    await say([
      ...['A', 'B', 'M'].map((member) => ({
        kind: 'membership',
        id: `${member} in NET`,
        member: `XX-1-${member}`,
        memberName: member,
        network: 'XX-1-NET',
        role: 'MEMBER',
        from: '2015',
      })),
      {
        kind: 'membership',
        id: 'L in M',
        member: 'XX-1-L',
        memberName: 'L',
        network: 'XX-1-M',
        role: 'MEMBER',
      },
      {
        kind: 'governing-body',
        id: 'board',
        network: 'XX-1-NET',
        title: 'Board',
        bodyKind: 'BOARD',
        composedByMembers: true,
      },
      {
        kind: 'host-arrangement',
        id: 'host',
        host: 'XX-1-HOST',
        hostName: 'Host',
        hosted: 'XX-1-C',
        hostedName: 'Coalition',
        form: 'FISCAL_HOST',
        from: '2019',
      },
    ]);
    await money(
      anActivity(
        'D-1',
        'XX-1-D',
        aTransaction('3', '1000', toward('XX-1-NET')) +
          aTransaction('3', '100', toward('XX-1-HOST')),
      ),
      anActivity(
        'N-1',
        'XX-1-NET',
        ['A:300', 'L:200', 'OUT:150']
          .map((to) => to.split(':'))
          .map(([to = '', amount = '']) => aTransaction('3', amount, toward(`XX-1-${to}`)))
          .join(''),
      ),
      anActivity('H-1', 'XX-1-HOST', aTransaction('3', '90', toward('XX-1-C'))),
    );
    const trail = await trailOf('period: { from: "2020-01-01", to: "2021-01-01" }');
    expect(inShort(trail)).toEqual([
      'NET RETAINED 350 DIRECT',
      'NET > A RETAINED 300 THROUGH_NETWORK',
      'NET > L RETAINED 200 THROUGH_NETWORK',
      'NET > OUT RETAINED 150 THROUGH_INTERMEDIARY',
      'HOST > C RETAINED 90 DIRECT',
      'HOST RETAINED 10 DIRECT',
    ]);
    const [, , , , hosted] = trail.nodes;
    expect(hosted).toMatchObject({ hops: 0, hostHops: 1 });
    expect(hosted?.steps).toMatchObject([{ heldAsHost: true }, { heldAsHost: false }]);
    // Before the arrangement a host is a body like any other.
    await money(
      anActivity('D-1', 'XX-1-D', aTransaction('3', '100', toward('XX-1-HOST'), '2018-05-01')),
      anActivity('H-1', 'XX-1-HOST', aTransaction('3', '90', toward('XX-1-C'), '2018-05-01')),
    );
    const earlier = await trailOf('period: { from: "2018-01-01", to: "2018-12-01" }');
    expect(earlier.nodes[0]).toMatchObject({ hops: 1, hostHops: 0, route: 'UNKNOWN' });
  });

  it('converts at the month of the value date, and says what it cannot convert and leaves out', async () => {
    await importReference(
      graph,
      'rates',
      inputOf(
        JSON.stringify(
          [
            { currency_id: 'USD', value: 0.7 },
            { currency_id: 'EUR', value: 0.77 },
          ].map((rate) => ({ ...rate, year: 2020, month: 5 })),
        ),
        'https://rates.example/rates.json',
      ),
    );
    await money(
      anActivity(
        'D-1',
        'XX-1-D',
        aTransaction('3', '100', toward('XX-1-A')) +
          aTransaction('3', '11', toward('XX-1-B'), '2020-06-01'),
      ),
      anActivity('A-1', 'XX-1-A', aTransaction('3', '7', toward('XX-1-B'), '2020-06-02')),
    );
    const trail = await trailOf('currency: "eur"');
    expect(trail).toMatchObject({
      total: '90.909090909',
      leftOut: [
        {
          because: 'There is no rate of USD for 2020-06.',
          currency: 'USD',
          amount: '11',
          flows: 1,
        },
      ],
      nodes: [{ amount: '90.909090909', end: 'RETAINED', unconverted: 1 }],
    });
  });

  it('goes on from page to page without gap or repetition, whatever the page', async () => {
    await CHAIN();
    const all = inShort(await trailOf());
    for (const size of [1, 2, 3]) {
      const paged: string[] = [];
      for (let after = '', more = true; more;) {
        const page = await trailOf(`first: ${size}${after === '' ? '' : `, after: "${after}"`}`);
        paged.push(...inShort(page));
        after = page.pageInfo.endCursor ?? '';
        more = page.pageInfo.hasNextPage;
      }
      expect(paged).toEqual(all);
    }
  });

  it('asks for one receiver, a period, other money and fewer hops', async () => {
    await CHAIN();
    expect(inShort(await trailOf('to: "XX-1-N"'))).toEqual(['B > N REACHED 30 UNKNOWN']);
    expect(inShort(await trailOf('to: "XX-1-B"'))).toEqual(['B REACHED 40 DIRECT']);
    expect(inShort(await trailOf('to: "XX-1-NOBODY"'))).toEqual([]);
    expect(inShort(await trailOf('maxHops: 0'))).toEqual([
      'A MAX_HOPS 60 UNKNOWN',
      'A RETAINED 40 DIRECT',
      'B MAX_HOPS 30 UNKNOWN',
      'B RETAINED 10 DIRECT',
      '? UNKNOWN_RECEIVER 5 UNKNOWN',
    ]);
    expect(await trailOf('period: { from: "2021-01-01" }')).toMatchObject({
      total: '0',
      nodes: [],
    });
    expect(await trailOf('money: COMMITTED')).toMatchObject({ total: '0', nodes: [] });
  });

  it('refuses what it cannot answer, and knows no trail of nobody', async () => {
    await CHAIN();
    const errorOf = async (args: string) =>
      (await gateway.ask(`{ moneyTrail(${args}, currency: "USD") { total } }`)).errors?.[0]
        ?.extensions.code;
    expect(await errorOf('from: "XX-1-D", maxHops: 13')).toBe('BAD_USER_INPUT');
    expect(await errorOf('from: "XX-1-D", to: "XX-1-D"')).toBe('BAD_USER_INPUT');
    expect(await errorOf('from: "XX-1-D", first: 0')).toBe('BAD_USER_INPUT');
    const { pageInfo } = await trailOf('first: 1');
    expect(await errorOf(`from: "XX-1-D", after: "${pageInfo.endCursor ?? ''}"`)).toBeUndefined();
    expect(await errorOf(`from: "XX-1-D", maxHops: 3, after: "${pageInfo.endCursor ?? ''}"`)).toBe(
      'INVALID_CURSOR',
    );
    expect(await gateway.dataOf('{ moneyTrail(from: "NO", currency: "USD") { total } }')).toEqual({
      moneyTrail: null,
    });
  });

  it('shows a body that the viewer may not see as an unknown receiver, and nothing of what it does', async () => {
    await CHAIN();
    await graph.organisations.db('organisation_records').where('key', 'XX-1-A').update({ tier: 3 });
    await say([]);
    await graph.organisations.db('bodies').where('id', 'XX-1-A').update({ tier_from: 3 });
    await graph.funding.db('bodies').where('id', 'XX-1-A').update({ tier_from: 3 });
    expect(inShort(await trailOf())).toEqual([
      '? UNKNOWN_RECEIVER 105 UNKNOWN',
      'B > N RETAINED 30 UNKNOWN',
      'B RETAINED 10 DIRECT',
    ]);
    expect((await trailOf('to: "XX-1-A"')).nodes).toEqual([]);
    const stewards = await openGateway(graph, 3);
    expect(inShort(await trailOf('', 'XX-1-D', stewards))[0]).toMatch(/^A > M/);
    await stewards.close();
  });

  it('takes no more queries for many ways than for few', async () => {
    const world = (ways: number) =>
      money(
        anActivity(
          'D-1',
          'XX-1-D',
          Array.from({ length: ways }, (_, way) =>
            aTransaction('3', '100', toward(`XX-1-A${way}`)),
          ).join(''),
        ),
        ...Array.from({ length: ways }, (_, way) =>
          anActivity(`A-${way}`, `XX-1-A${way}`, aTransaction('3', '60', toward(`XX-1-B${way}`))),
        ),
      );
    const queries = async () => {
      statements.length = 0;
      const { nodes } = await trailOf();
      return [nodes.length, statements.length];
    };
    await world(2);
    const [few, ofFew] = await queries();
    await world(20);
    const [many, ofMany] = await queries();
    expect([few, many]).toEqual([4, 40]);
    expect(ofMany).toBe(ofFew);
  });
});

const DAYS = ['2020-03-01', '2020-07-01', '2020-11-01'];
/** Who reports a transfer: its provider, its receiver, or both of them. */
const transfers = fc.array(
  fc
    .record({
      from: fc.constantFrom('D', 'A', 'B', 'C', 'HOST'),
      to: fc.constantFrom('A', 'B', 'C', 'HOST', 'D', null),
      amount: fc.integer({ min: -200, max: 900 }),
      day: fc.constantFrom(...DAYS),
      by: fc.constantFrom('provider', 'receiver', 'both'),
      linked: fc.boolean(),
    })
    .filter(({ from, to }) => from !== to),
  { minLength: 5, maxLength: 30 },
);

it('the ends of a trail add up to what the donor paid, whoever reported it and however often', async () => {
  await say([
    {
      kind: 'host-arrangement',
      id: 'host',
      host: 'XX-1-HOST',
      hostName: 'Host',
      hosted: 'XX-1-C',
      hostedName: 'Coalition',
      form: 'FISCAL_HOST',
    },
  ]);
  await fc.assert(
    fc.asyncProperty(transfers, async (world) => {
      const reports = new Map<string, string[]>();
      const report = (body: string, transaction: string) =>
        reports.set(body, [...(reports.get(body) ?? []), transaction]);
      for (const { from, to, amount, day, by, linked } of world) {
        const into = linked && to !== null ? `${to}-1` : undefined;
        if (by !== 'receiver' || to === null)
          report(
            from,
            aTransaction(
              '3',
              String(amount),
              to === null ? '<receiver-org/>' : toward(`XX-1-${to}`, into),
              day,
            ),
          );
        if (by !== 'provider' && to !== null)
          report(
            to,
            aTransaction(
              '1',
              String(amount),
              fromOf(`XX-1-${from}`, linked ? `${from}-1` : undefined),
              day,
            ),
          );
      }
      await money(
        ...['D', 'A', 'B', 'C', 'HOST'].map((body) =>
          anActivity(`${body}-1`, `XX-1-${body}`, (reports.get(body) ?? []).join('')),
        ),
      );
      const { flowSummary } = (await gateway.dataOf(
        `{ flowSummary(basis: GROSS_THROUGHPUT, currency: "USD", groupBy: [], filter: { providers: ["XX-1-D"] }) { total } }`,
      )) as { flowSummary: { total: string } };
      const trail = await trailOf('first: 500, maxHops: 12');
      expect(trail.pageInfo.hasNextPage).toBe(false);
      const ends = trail.nodes.reduce((sum, { amount }) => sum.plus(amount), new Big(0));
      expect(ends.toFixed()).toBe(trail.total);
      expect(trail.total).toBe(flowSummary.total);
    }),
    { numRuns: 8 },
  );
});

describe('the route of a flow', () => {
  const routes = async () => {
    const { flows } = (await gateway.dataOf(
      '{ flows(orderBy: AMOUNT_ASC) { nodes { amount { amount } route } } }',
    )) as { flows: { nodes: { amount: { amount: string }; route: string }[] } };
    return Object.fromEntries(flows.nodes.map(({ amount, route }) => [amount.amount, route]));
  };

  it('goes back to the sources of its provider’s money', async () => {
    await say([
      ...['M1', 'M2', 'M3'].map((member) => ({
        kind: 'membership',
        id: member,
        member: `XX-1-${member}`,
        memberName: member,
        network: 'XX-1-NET',
        role: 'MEMBER',
      })),
      {
        kind: 'governing-body',
        id: 'board',
        network: 'XX-1-NET',
        title: 'Board',
        bodyKind: 'BOARD',
        composedByMembers: true,
      },
    ]);
    await money(
      anActivity('D-1', 'XX-1-D', aTransaction('3', '1000', toward('XX-1-NET'))),
      anActivity(
        'N-1',
        'XX-1-NET',
        aTransaction('3', '11', toward('XX-1-M1')) +
          aTransaction('3', '12', toward('XX-1-OUT')) +
          aTransaction('3', '13', '<receiver-org><narrative/></receiver-org>') +
          aTransaction('2', '14', toward('XX-1-M1')) +
          aTransaction('4', '15'),
      ),
    );
    expect(await routes()).toEqual({
      '1000': 'DIRECT',
      '11': 'THROUGH_NETWORK',
      '12': 'THROUGH_INTERMEDIARY',
      '13': 'UNKNOWN',
      // Nobody committed anything to the network, on record.
      '14': 'DIRECT',
      '15': 'UNKNOWN',
    });
  });

  it('takes no more queries for many flows than for few', async () => {
    const world = (ways: number) =>
      money(
        anActivity(
          'D-1',
          'XX-1-D',
          Array.from({ length: ways }, (_, way) =>
            aTransaction('3', String(1000 + way), toward(`XX-1-A${way}`)),
          ).join(''),
        ),
        ...Array.from({ length: ways }, (_, way) =>
          anActivity(
            `A-${way}`,
            `XX-1-A${way}`,
            aTransaction('3', String(10 + way), toward(`XX-1-B${way}`)),
          ),
        ),
      );
    const queries = async () => {
      statements.length = 0;
      const found = Object.keys(await routes()).length;
      return [found, statements.length];
    };
    await world(2);
    const [few, ofFew] = await queries();
    await world(20);
    const [many, ofMany] = await queries();
    expect([few, many]).toEqual([4, 40]);
    expect(ofMany).toBe(ofFew);
  });
});
