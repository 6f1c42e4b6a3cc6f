import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { openTestGraph } from '../../support/databases';
import { openGateway, type TestGateway } from '../../support/gateway';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';
import { sayIn } from '../../support/say';

let graph: Graph;
let gateway: TestGateway;
let statements: string[];
beforeEach(async () => {
  statements = [];
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'funding' && statements.push(sql)),
  );
  gateway = await openGateway(graph);
  await importReference(
    graph,
    'rates',
    inputOf(
      JSON.stringify([{ currency_id: 'USD', year: 2024, month: 5, value: 0.75 }]),
      'https://rates.example/rates.json',
    ),
  );
});
afterEach(async () => {
  await gateway.close();
  await graph.close();
});

const say = (records: readonly object[], source?: string, more?: object) =>
  sayIn(graph, records, source, more);

const aMembership = (member: string, network = 'XX-1-HUB', more = {}) => ({
  kind: 'membership',
  id: `${member} in ${network}`,
  member,
  memberName: member,
  network,
  role: 'MEMBER',
  from: '2015',
  ...more,
});

const MEMBERS = ['XX-1-A', 'XX-1-B', 'XX-1-C'].map((member) => aMembership(member));
const BOARD = {
  kind: 'governing-body',
  id: 'board',
  network: 'XX-1-HUB',
  title: 'Board',
  bodyKind: 'BOARD',
  composedByMembers: true,
};

const pay = (...paid: [receiver: string, amount: string][]) =>
  importXml(
    graph,
    activityFile(
      anActivity(
        'XX-1-HUB-ACT',
        'XX-1-HUB',
        [
          aTransaction('1', '1000', '<provider-org ref="XX-1-DONOR"/>', '2024-05-01'),
          ...paid.map(([receiver, amount]) =>
            aTransaction('3', amount, `<receiver-org ref="${receiver}"/>`, '2024-05-02'),
          ),
        ].join(''),
      ),
    ),
    'money',
  );

const ask = async (fields: string, id = 'XX-1-HUB') => {
  const { organisation } = (await gateway.dataOf(
    `{ organisation(id: "${id}") { classification(asOf: "2026-01-01") { ${fields} } } }`,
  )) as { organisation: { classification: Record<string, unknown> } };
  return organisation.classification;
};

describe('the classification of a body', () => {
  it('rests on what three subgraphs know, and points at their records', async () => {
    await say([...MEMBERS, BOARD]);
    await pay(['XX-1-A', '200'], ['XX-1-X', '250']);
    const found = await ask(
      'outcome from months rule { version } indicators { id verdict value numerator denominator } evidence { indicator direction recordKind recordId }',
    );
    expect(found).toMatchObject({
      outcome: 'HYBRID',
      from: '2023-01-01',
      months: 36,
      rule: { version: 'NI-1/1' },
    });
    expect(found.indicators).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'I1', verdict: 'PASS', value: 3 }),
        expect.objectContaining({ id: 'I4', value: 0.45, numerator: '337.5', denominator: '750' }),
        expect.objectContaining({ id: 'I5', verdict: 'FAIL', numerator: '150' }),
      ]),
    );
    const evidence = found.evidence as { recordKind: string; recordId: string }[];
    const flows = evidence.filter(({ recordKind }) => recordKind === 'flow');
    const { data } = await gateway.ask(`{ flow(id: "${flows[0]?.recordId ?? ''}") { id } }`);
    expect(data).toMatchObject({ flow: { id: flows[0]?.recordId } });
    expect(new Set(evidence.map(({ recordKind }) => recordKind))).toEqual(
      new Set(['membership', 'governing-body', 'flow']),
    );
  });

  it('changes with the next import, and back when a record is withdrawn', async () => {
    await pay(['XX-1-X', '250']);
    expect(await ask('outcome missing')).toEqual({
      outcome: 'INSUFFICIENT_EVIDENCE',
      missing: [
        'Which organisations are its members: a list of them with since when, or how many there are.',
        'Who decides in it: its governing body, by what rule it is made up, and who holds and fills its seats.',
      ],
    });
    await say([...MEMBERS, BOARD]);
    expect(await ask('outcome')).toEqual({ outcome: 'HYBRID' });
    await say([...MEMBERS.slice(1), BOARD], 'said', { retrievedAt: '2026-01-02' });
    expect(await ask('outcome')).toEqual({ outcome: 'INSUFFICIENT_EVIDENCE' });
  });

  it('counts what goes to members of members as going to its own, and a cycle ends', async () => {
    await say([
      ...MEMBERS,
      BOARD,
      aMembership('XX-1-DEEP', 'XX-1-A'),
      aMembership('XX-1-HUB', 'XX-1-DEEP'),
    ]);
    await pay(['XX-1-DEEP', '400']);
    expect(await ask('outcome')).toEqual({ outcome: 'NETWORK' });
  });

  it('is a function of the records: the order in which files come does not matter', async () => {
    const steps = [
      () => say([...MEMBERS.slice(0, 2), BOARD], 'one'),
      () => say(MEMBERS.slice(2), 'two'),
      () => pay(['XX-1-A', '200'], ['XX-1-X', '50']),
      () =>
        say(
          [
            {
              kind: 'self-statement',
              id: 's',
              organisation: 'XX-1-HUB',
              topic: 'IDENTITY',
              declaredModality: 'INTERMEDIARY',
              text: 'We pass money on.',
              selfMade: true,
              statedOn: '2025',
            },
          ],
          'three',
        ),
    ];
    const everything =
      'outcome flags confidence missing reasoning indicators { id verdict value says } evidence { says recordId }';
    for (const step of steps) await step();
    const forwards = await ask(everything);
    expect(forwards).toMatchObject({
      outcome: 'NETWORK',
      flags: ['DISPUTED_BY_SELF_DECLARATION'],
    });
    await gateway.close();
    await graph.close();
    graph = await openTestGraph();
    gateway = await openGateway(graph);
    await importReference(
      graph,
      'rates',
      inputOf(
        JSON.stringify([{ currency_id: 'USD', year: 2024, month: 5, value: 0.75 }]),
        'https://rates.example/rates.json',
      ),
    );
    for (const step of [...steps].reverse()) await step();
    expect(await ask(everything)).toEqual(forwards);
  });

  it('says that income on record cannot be converted, where there is no rate for its month', async () => {
    await say([{ ...BOARD, composedByMembers: false }]);
    await importXml(
      graph,
      activityFile(
        anActivity(
          'XX-1-HUB-ACT',
          'XX-1-HUB',
          aTransaction('1', '1000', '<provider-org ref="XX-1-DONOR"/>', '2024-06-01') +
            aTransaction('3', '400', '<receiver-org ref="XX-1-X"/>', '2024-06-02'),
        ),
      ),
      'money',
    );
    const { outcome, missing, indicators } = await ask(
      'outcome missing indicators { id verdict says }',
    );
    expect(outcome).toBe('INSUFFICIENT_EVIDENCE');
    expect(missing).toContain(
      'Exchange rates for the currencies and months of what it has received in the period, which is on record and cannot be added up without them.',
    );
    expect(indicators).toContainEqual({
      id: 'I4',
      verdict: 'UNKNOWN',
      says: 'What it has received in the period is on record, but 1 of 1 flow cannot be converted: no exchange rate is on record for the currency and month.',
    });
  });

  it('shows nothing of memberships that the viewer may not see', async () => {
    await say([...MEMBERS.slice(0, 2), BOARD]);
    const everything =
      'outcome reasoning evidence { says recordId } indicators { id value coverage }';
    const before = await ask(everything);
    await say([aMembership('XX-1-HIDDEN', 'XX-1-HUB', { visibility: 'DONOR' })], 'hidden');
    expect(await ask(everything)).toEqual(before);
    const viewer = await graph.viewerOf(2);
    const seen = await graph.funding
      .context(viewer)
      .classifications.of('XX-1-HUB', { asOf: '2026-01-01' });
    expect(seen?.outcome).toBe('NETWORK');
  });

  it('takes no more queries for many bodies than for one', async () => {
    await say([...MEMBERS, BOARD, aMembership('XX-1-A', 'XX-1-B')]);
    await pay(['XX-1-A', '200'], ['XX-1-X', '50']);
    const queriesFor = async (first: number) => {
      statements = [];
      await gateway.ask(
        `{ organisations(first: ${first}) { nodes { classification(asOf: "2026-01-01") { outcome } } } }`,
      );
      return statements.length;
    };
    const one = await queriesFor(1);
    // How deep networks go is the only thing that adds a round of queries.
    expect(await queriesFor(7)).toBeLessThanOrEqual(one + 6);
  });

  it('refuses a rule that there is not, and a period out of reason', async () => {
    const messageOf = async (args: string) => {
      const { errors } = await gateway.ask(
        `{ organisation(id: "XX-1-HUB") { classification(${args}) { outcome } } }`,
      );
      return errors?.[0]?.message;
    };
    await say(MEMBERS);
    expect(await messageOf('rule: "NI-0"')).toBe(
      'There is no rule "NI-0"; there are NI-1/1, NI-1/strict.',
    );
    expect(await messageOf('months: 0')).toBe('`months` is 0; it must be 1 to 600.');
  });

  it('lists the versions of the rule with their thresholds', async () => {
    const { data } = await gateway.ask('{ classificationRules { version members seats text } }');
    expect(data).toMatchObject({
      classificationRules: [
        { version: 'NI-1/1', members: 3, seats: 0.5 },
        { version: 'NI-1/strict', members: 5, seats: 0.6 },
      ],
    });
  });
});

describe('two versions of the rule', () => {
  it('stand side by side, and the difference is counted by outcome and by threshold', async () => {
    // Three members that decide: enough for the one, too few for the other.
    await say([...MEMBERS, BOARD]);
    await pay(['XX-1-A', '100']);
    const { organisation, ruleSensitivity } = (await gateway.dataOf(`{
      organisation(id: "XX-1-HUB") {
        used: classification(asOf: "2026-01-01") { outcome rule { version } }
        strict: classification(asOf: "2026-01-01", rule: "NI-1/strict") { outcome rule { version } }
      }
      ruleSensitivity(rule: "NI-1/strict", asOf: "2026-01-01") {
        rule against asOf from months bodies changed rows { from to bodies examples { id } } thresholds { threshold from to changed }
      }
    }`)) as Record<string, Record<string, unknown>>;
    expect(organisation).toEqual({
      used: { outcome: 'NETWORK', rule: { version: 'NI-1/1' } },
      strict: { outcome: 'INSUFFICIENT_EVIDENCE', rule: { version: 'NI-1/strict' } },
    });
    expect(ruleSensitivity).toMatchObject({
      rule: 'NI-1/strict',
      against: 'NI-1/1',
      asOf: '2026-01-01',
      from: '2023-01-01',
      months: 36,
      changed: 1,
      rows: expect.arrayContaining([
        {
          from: 'NETWORK',
          to: 'INSUFFICIENT_EVIDENCE',
          bodies: 1,
          examples: [{ id: 'XX-1-HUB' }],
        },
      ]) as unknown,
      thresholds: expect.arrayContaining([
        { threshold: 'members', from: '3', to: '5', changed: 1 },
        { threshold: 'seats', from: '0.5', to: '0.6', changed: 0 },
      ]) as unknown,
    });
  });

  it('sets versions beside each other for the period asked for, by what each viewer sees', async () => {
    await say([
      aMembership('XX-1-A'),
      aMembership('XX-1-B'),
      aMembership('XX-1-C', 'XX-1-HUB', { visibility: 'PARTNER' }),
      BOARD,
    ]);
    await pay(['XX-1-X', '250']);
    const ask = (months: number, of = gateway) =>
      of.dataOf(
        `{ ruleSensitivity(rule: "NI-1/strict", asOf: "2026-01-01", months: ${months}) { from months changed rows { from to bodies } } }`,
      );
    const anAnswer = (from: string, months: number, changes?: string) => {
      const to = 'INSUFFICIENT_EVIDENCE';
      const rows = changes
        ? [
            { from: to, to, bodies: 2 },
            { from: changes, to, bodies: 1 },
          ]
        : [{ from: to, to, bodies: 3 }];
      return { ruleSensitivity: { from, months, changed: rows.length - 1, rows } };
    };
    const partner = await openGateway(graph, 1);
    // The quarter of its income that it passed on is of May 2024.
    expect(await ask(36, partner)).toEqual(anAnswer('2023-01-01', 36, 'HYBRID'));
    expect(await ask(12, partner)).toEqual(anAnswer('2025-01-01', 12, 'NETWORK'));
    // With its third member hidden nobody can say.
    expect(await ask(36)).toEqual(anAnswer('2023-01-01', 36));
    await partner.close();
    const { errors } = await gateway.ask(
      '{ ruleSensitivity(rule: "NI-1/strict", months: 601) { bodies } }',
    );
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});
