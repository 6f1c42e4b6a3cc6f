import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { openTestGraph } from '../../support/databases';
import { openGateway, type TestGateway } from '../../support/gateway';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';
import { sayIn } from '../../support/say';

let graph: Graph;
let gateway: TestGateway;
beforeEach(async () => {
  graph = await openTestGraph();
  gateway = await openGateway(graph);
  await importReference(
    graph,
    'rates',
    inputOf(
      JSON.stringify([{ currency_id: 'USD', year: 2024, month: 5, value: 1 }]),
      'https://rates.example/rates.json',
    ),
  );
});
afterEach(async () => {
  await gateway.close();
  await graph.close();
});

const HUB = 'XX-1-HUB';
const say = (records: readonly object[]) => sayIn(graph, records);
const members = (...ids: string[]) =>
  ids.map((member) => ({ kind: 'membership', member, memberName: member, network: HUB }));
const indicator = async (id: string) => {
  const { organisation } = (await gateway.dataOf(
    `{ organisation(id: "${HUB}") { classification(asOf: "2026-01-01") {
      indicators { id verdict value numerator denominator says }
      evidence { indicator says recordKind }
    } } }`,
  )) as {
    organisation: {
      classification: {
        indicators: { id: string; verdict: string }[];
        evidence: { indicator: string; says: string; recordKind: string }[];
      };
    };
  };
  const { indicators, evidence } = organisation.classification;
  return {
    ...indicators.find((one) => one.id === id),
    evidence: evidence
      .filter((one) => one.indicator === id)
      .map(({ says, recordKind }) => `${recordKind}: ${says}`),
  };
};
const paying = (id: string, from: string, to: string, inside = '', type = '3') =>
  anActivity(
    id,
    from,
    `${inside}${aTransaction(type, '1000', `<receiver-org ref="${to}"/>`, '2024-05-01')}`,
  );
const party = (role: number, ref: string) => `<participating-org role="${role}" ref="${ref}"/>`;
const aid = (code: string) => `<default-aid-type code="${code}"/>`;

describe('indicator I3', () => {
  it('counts grants from one member to another, which do not pass through the hub', async () => {
    await say(members('XX-1-A', 'XX-1-B', 'XX-1-C', 'XX-1-D'));
    await importXml(
      graph,
      activityFile(
        paying('1', 'XX-1-A', 'XX-1-B'),
        paying('2', 'XX-1-A', 'XX-1-B', '', '2'),
        paying('3', 'XX-1-C', 'XX-1-X'),
        paying('4', HUB, 'XX-1-C'),
        paying('5', 'XX-1-D', 'XX-1-D'),
      ),
    );
    expect(await indicator('I3')).toMatchObject({
      verdict: 'PASS',
      value: 0.5,
      numerator: '2',
      denominator: '4',
      evidence: ['flow: Reporter XX-1-A (XX-1-A) gave money to XX-1-B, without it.'],
    });
  });
});

describe('indicator I6', () => {
  const own = anActivity(
    'own',
    HUB,
    aTransaction('3', '1', '<receiver-org ref="XX-1-Z"/>', '2024-05-02'),
  );
  const given = (inside: string, more = '') =>
    importXml(graph, activityFile(own, paying('1', 'XX-1-DONOR', HUB, inside), more), 'money');

  it('takes as fixed what the donor’s record of directed aid names others for, who are to implement it', async () => {
    await given(`${aid('C01')}${party(1, 'XX-1-DONOR')}${party(3, HUB)}${party(4, 'XX-1-X')}`);
    expect(await indicator('I6')).toMatchObject({
      verdict: 'PASS',
      value: 1,
      numerator: '1000',
      evidence: [
        'activity: Reporter XX-1-DONOR (XX-1-DONOR) gave money, and the record names who implements in its place: XX-1-X.',
      ],
    });
  });

  it.each([
    ['core support', `${aid('B01')}${party(3, HUB)}${party(4, 'XX-1-X')}`],
    ['what it implements itself', `${aid('C01')}${party(4, HUB)}${party(4, 'XX-1-X')}`],
    ['what names nobody', aid('C01')],
    [
      'what the donor pays to the others itself',
      `${aid('B03')}${party(4, 'XX-1-X')}${aTransaction('3', '5', '<receiver-org ref="XX-1-X"/>', '2024-05-01')}`,
    ],
  ])('does not take as fixed %s', async (_what, inside) => {
    await given(inside);
    expect(await indicator('I6')).toMatchObject({ verdict: 'FAIL', value: 0, evidence: [] });
  });
});
