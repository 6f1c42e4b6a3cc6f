import type { Graph } from '../../../gateway/graph';
import { BrokenFile } from '../../../scripts/import/broken-file';
import { tablesOf } from '../../../subgraphs/shared/db';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';
import { importIati } from '../../../scripts/import/iati/import';

let graph: Graph;
beforeEach(async () => {
  graph = await openTestGraph();
});
afterEach(() => graph.close());

interface Side {
  id: string;
}
interface FlowNode {
  kind: string;
  date: string;
  amount: { amount: string; currency: string };
  provider: Side | null;
  providerBasis: string;
  receiver: Side | null;
  receiverBasis: string;
  shares: { dimension: string; code: string; percentage: string | null; inherited: boolean }[];
}
const ask = async (query: string) => dataOf(await askSubgraph(graph.funding, query));
const askBodies = async (query: string) => dataOf(await askSubgraph(graph.organisations, query));
const flows = async (filter = ''): Promise<FlowNode[]> =>
  (
    (await ask(`{ flows(filter: {${filter}}, orderBy: DATE_ASC, first: 500) { nodes { kind date amount { amount currency }
      provider { id } providerBasis receiver { id } receiverBasis
      shares { dimension code percentage estimated inherited } } } }`)) as {
      flows: { nodes: FlowNode[] };
    }
  ).flows.nodes;
const nameOf = async (id: string | undefined) =>
  (
    (await askBodies(`{ organisation(id: ${JSON.stringify(id)}) { name } }`)) as {
      organisation: { name: string } | null;
    }
  ).organisation?.name;

const receiver = (attributes: string, name = '') =>
  `<receiver-org ${attributes}>${name && `<narrative>${name}</narrative>`}</receiver-org>`;

describe('an organisation’s id where an activity’s belongs', () => {
  const donor = activityFile(
    anActivity(
      'XX-1-A',
      'XX-1',
      aTransaction('3', '10', receiver('receiver-activity-id="XI-DUNS-42"')),
    ),
  );
  const body = activityFile(anActivity('XI-DUNS-42-P', 'XI-DUNS-42'));

  it.each([
    ['after the body is known', [body, donor]],
    ['before the body is known', [donor, body]],
  ])('leads to that body, %s, and is marked as such', async (_when, files) => {
    for (const [index, file] of files.entries()) await importXml(graph, file, `s${index}`);
    expect(await flows()).toMatchObject([
      { receiver: { id: 'XI-DUNS-42' }, receiverBasis: 'ACTIVITY_REFERENCE' },
    ]);
  });

  it('stays a dangling link while nothing bears that id', async () => {
    await importXml(graph, donor);
    expect(await flows()).toMatchObject([{ receiver: null, receiverBasis: 'UNKNOWN' }]);
  });
});

describe('links between activities', () => {
  const donor = activityFile(
    anActivity(
      'XX-1-A',
      'XX-1',
      aTransaction('3', '10', receiver('receiver-activity-id="XX-2-B"')),
    ),
  );
  const network = activityFile(
    anActivity(
      'XX-2-B',
      'XX-2',
      aTransaction('1', '10', '<provider-org provider-activity-id="XX-1-A"/>', '2020-06-01'),
    ),
  );

  it.each([
    ['upstream first', [donor, network]],
    ['downstream first', [network, donor]],
  ])('resolve in both directions, %s', async (_order, files) => {
    for (const [index, file] of files.entries()) await importXml(graph, file, `s${index}`);
    // Both reports find the other side, and are one flow.
    expect(await flows('includeAbsorbed: true')).toMatchObject([
      { provider: { id: 'XX-1' }, receiver: { id: 'XX-2' }, receiverBasis: 'ACTIVITY_REPORTER' },
      { provider: { id: 'XX-1' }, providerBasis: 'ACTIVITY_REPORTER', receiver: { id: 'XX-2' } },
    ]);
    expect(await flows()).toHaveLength(1);
  });

  it('come undone when the activity they lead to is withdrawn', async () => {
    await importXml(graph, donor, 'donor');
    await importXml(graph, network, 'network');
    await importXml(graph, activityFile(anActivity('XX-2-C', 'XX-2')), 'network');
    expect(await flows()).toMatchObject([{ receiver: null, receiverBasis: 'UNKNOWN' }]);
  });

  it('that name a misspelt activity dangle, and are no error', async () => {
    const { problems } = await importXml(
      graph,
      activityFile(
        anActivity(
          'XX-1-A',
          'XX-1',
          aTransaction('3', '10', receiver('receiver-activity-id="XX-2-b-misspelt"')),
        ),
      ),
    );
    expect(problems.rejected).toBe(0);
    expect(await flows()).toMatchObject([{ receiver: null }]);
  });
});

describe('parties', () => {
  it('without a ref are known by name per publisher, never merged by name alone', async () => {
    const file = (reporter: string) =>
      activityFile(
        anActivity(
          `${reporter}-A`,
          reporter,
          `<participating-org role="4"><narrative>Same Name</narrative></participating-org>
           ${aTransaction('3', '5', receiver('', 'Same Name'))}`,
        ),
      );
    await importXml(graph, file('XX-1'), 's1');
    await importXml(graph, file('XX-2'), 's2');
    const receivers = (await flows()).map((flow) => flow.receiver?.id ?? '');
    expect(new Set(receivers).size).toBe(2);
    for (const id of receivers) {
      expect(id).toMatch(/^PG-U-/);
      expect(await nameOf(id)).toBe('Same Name');
    }
  });

  it('that nobody names are unknown', async () => {
    await importXml(graph, activityFile(anActivity('XX-1-A', 'XX-1', aTransaction('3', '5'))));
    expect(await flows()).toMatchObject([
      {
        provider: { id: 'XX-1' },
        providerBasis: 'REPORTER',
        receiver: null,
        receiverBasis: 'UNKNOWN',
      },
    ]);
  });

  it('keep ids with prefixes that no register has, marked as unrecognised', async () => {
    const parties = ['US-GOV-1', 'ES-CIF-G1', '44001']
      .map(
        (id) =>
          `<participating-org role="4" ref="${id}"><narrative>N ${id}</narrative></participating-org>`,
      )
      .join('');
    await importXml(graph, activityFile(anActivity('XX-1-A', 'XX-1', parties)));
    for (const id of ['US-GOV-1', 'ES-CIF-G1', '44001']) {
      expect(
        await askBodies(`{ organisation(id: "${id}") { identifiers { raw recognised } } }`),
      ).toEqual({ organisation: { identifiers: [{ raw: id, recognised: false }] } });
    }
  });

  it('are the same body however their id is written', async () => {
    const parties = ['SV–ORP 12', 'sv-orp  12', 'SV-ORP 12\t\t']
      .map(
        (id) =>
          `<participating-org role="4" ref="${id}"><narrative>One</narrative></participating-org>`,
      )
      .join('');
    await importXml(graph, activityFile(anActivity('XX-1-A', 'XX-1', parties)));
    const { organisation } = (await askBodies(
      '{ organisation(id: "SV-ORP 12") { id identifiers { raw value } } }',
    )) as { organisation: { id: string; identifiers: { raw: string; value: string }[] } };
    expect(organisation.id).toBe('SV-ORP 12');
    // Every way of writing it is kept; XML itself makes spaces of tabs within attributes.
    expect(organisation.identifiers.map(({ raw }) => raw)).toEqual(
      expect.arrayContaining(['SV–ORP 12', 'sv-orp  12']),
    );
  });
});

describe('activities', () => {
  it('are found by ids with slashes, spaces and tabs', async () => {
    await importXml(
      graph,
      activityFile(
        anActivity('NP-DAO-27-689/063/064-1', 'XX-1'),
        anActivity('\tXX-1- a b \t', 'XX-1'),
      ),
    );
    expect(
      await ask(
        '{ one: activity(id: "np-dao-27-689/063/064-1") { identifier } two: activity(id: "XX-1- A B") { identifier } }',
      ),
    ).toEqual({ one: { identifier: 'NP-DAO-27-689/063/064-1' }, two: { identifier: 'XX-1- a b' } });
  });

  it('reported twice count once, by the newest report; the older one is kept and marked', async () => {
    const file = (value: string, when: string) =>
      activityFile(
        anActivity('XX-1-A', 'XX-1', aTransaction('3', value), `last-updated-datetime="${when}"`),
      );
    for (const order of [0, 1]) {
      const other = await openTestGraph();
      const files = [file('5', '2020-01-01T00:00:00Z'), file('7', '2021-01-01T00:00:00Z')];
      await importXml(other, files[order] ?? '', `s${order}`);
      await importXml(other, files[1 - order] ?? '', `s${1 - order}`);
      const answer = dataOf(
        await askSubgraph(
          other.funding,
          `{ flows { totals { amount } } all: flows(filter: { includeSuperseded: true }) { totalCount }
             activities(filter: { includeSuperseded: true }) { nodes { superseded } } }`,
        ),
      );
      await other.close();
      expect(answer).toMatchObject({
        flows: { totals: [{ amount: '7' }] },
        all: { totalCount: 2 },
      });
      expect(JSON.stringify(answer.activities)).toMatch(/true.*false|false.*true/);
    }
  });

  it('never bring contact details, wherever they stand', async () => {
    await importXml(
      graph,
      activityFile(
        anActivity(
          'XX-1-A',
          'XX-1',
          `<contact-info type="1"><person-name><narrative>Secret Person</narrative></person-name>
             <email>secret@example.org</email><telephone>+1 555 0199</telephone></contact-info>`,
        ),
      ),
    );
    for (const { db } of graph.subgraphs) {
      for (const name of await tablesOf(db))
        expect(JSON.stringify(await db(name))).not.toMatch(/secret|555 0199/i);
    }
  });
});

describe('amounts and dates', () => {
  it('are summed with their signs', async () => {
    await importXml(
      graph,
      activityFile(
        anActivity('XX-1-A', 'XX-1', aTransaction('3', '100.10') + aTransaction('3', '-30.05')),
      ),
    );
    expect(await ask('{ flows { totals { kind amount flows } } }')).toEqual({
      flows: { totals: [{ kind: 'DISBURSEMENT', amount: '70.05', flows: 2 }] },
    });
  });

  it('of which a transaction has two are rejected alone, with line and reason', async () => {
    const { problems } = await importXml(
      graph,
      activityFile(
        anActivity(
          'XX-1-A',
          'XX-1',
          `<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/>
             <value>1</value><value>2</value></transaction>${aTransaction('3', '3')}`,
        ),
      ),
    );
    expect(problems).toMatchObject({
      rejected: 1,
      list: [
        { file: 'test.xml', line: 5, code: 'TRANSACTION_WITH_SECOND_VALUE', record: 'XX-1-A' },
      ],
    });
    expect((await flows()).map((flow) => flow.amount.amount)).toEqual(['3']);
  });

  it('are dates also in the form 04/12/2014', async () => {
    const flow = aTransaction('3', '1').replace(
      '<transaction-date iso-date="2020-05-01"/>',
      '<transaction-date iso-date="04/12/2014"/>',
    );
    await importXml(graph, activityFile(anActivity('XX-1-A', 'XX-1', flow)));
    expect((await flows()).map(({ date }) => date)).toEqual(['2014-12-04']);
  });

  it('without any currency are kept, and noted', async () => {
    const activity = anActivity('XX-1-A', 'XX-1', aTransaction('3', '1')).replace(
      'default-currency="USD" ',
      '',
    );
    const { problems } = await importXml(graph, activityFile(activity));
    expect(problems).toMatchObject({ rejected: 0, noted: 1 });
    expect((await flows()).map((flow) => flow.amount.currency)).toEqual(['XXX']);
  });
});

describe('splits', () => {
  const places =
    '<recipient-country code="KE" percentage="60"/><recipient-country code="UG" percentage="40"/>';
  const sectors = '<sector vocabulary="1" code="15220"/><sector vocabulary="1" code="15170"/>';
  const sharesOf = async () =>
    (await flows())[0]?.shares.map(
      ({ dimension, code, percentage, inherited }) =>
        `${dimension} ${code} ${percentage ?? '?'}${inherited ? ' inherited' : ''}`,
    );

  it('of the activity hold for its transactions; equal parts are guessed where none are given', async () => {
    await importXml(
      graph,
      activityFile(anActivity('XX-1-A', 'XX-1', places + sectors + aTransaction('3', '9'))),
    );
    expect((await sharesOf())?.sort()).toEqual([
      'COUNTRY KE 60 inherited',
      'COUNTRY UG 40 inherited',
      'SECTOR 15170 50 inherited',
      'SECTOR 15220 50 inherited',
    ]);
  });

  it('of the transaction come before the activity’s, each dimension apart', async () => {
    await importXml(
      graph,
      activityFile(
        anActivity(
          'XX-1-A',
          'XX-1',
          places + aTransaction('3', '9', '<sector vocabulary="1" code="15230"/>'),
        ),
      ),
    );
    expect((await sharesOf())?.sort()).toEqual([
      'COUNTRY KE 60 inherited',
      'COUNTRY UG 40 inherited',
      'SECTOR 15230 100',
    ]);
  });

  it('that do not add up are noted, and kept as they are', async () => {
    const { problems } = await importXml(
      graph,
      activityFile(
        anActivity('XX-1-A', 'XX-1', places.replace('60', '70') + aTransaction('3', '9')),
      ),
    );
    expect(problems.list).toMatchObject([{ status: 'NOTED', code: 'SHARES_NOT_100' }]);
  });
});

describe('version 1.0x', () => {
  it('has words for roles, letters for transactions, and texts without narratives', async () => {
    await importXml(
      graph,
      `<iati-activities version="1.05"><iati-activity default-currency="GBP">
        <iati-identifier>GB-CHC-1-A</iati-identifier>
        <reporting-org ref="GB-CHC-1" type="21">A  Charity</reporting-org>
        <title>Work</title><participating-org role="Funding" ref="GB-1">DFID</participating-org>
        <activity-date type="start-actual" iso-date="2011-04-01"/>
        <transaction><transaction-type code="IF">Incoming</transaction-type><value value-date="2011-05-01">10</value>
          <transaction-date iso-date="2011-05-01"/><provider-org ref="GB-1">DFID</provider-org></transaction>
        <transaction><transaction-type code="D"/><value value-date="2011-06-01">4</value>
          <transaction-date iso-date="2011-06-01"/><receiver-org ref="GB-SC-1">A Scottish Network</receiver-org></transaction>
      </iati-activity></iati-activities>`,
    );
    expect(await flows()).toMatchObject([
      { kind: 'INCOMING_FUNDS', provider: { id: 'GB-1' }, receiver: { id: 'GB-CHC-1' } },
      { kind: 'DISBURSEMENT', provider: { id: 'GB-CHC-1' }, receiver: { id: 'GB-SC-1' } },
    ]);
    expect(
      await ask('{ activity(id: "GB-CHC-1-A") { title startDate parties { role } } }'),
    ).toEqual({
      activity: { title: 'Work', startDate: '2011-04-01', parties: [{ role: 'FUNDING' }] },
    });
    expect(await nameOf('GB-CHC-1')).toBe('A Charity');
  });
});

describe('editions', () => {
  const file = (...values: string[]) =>
    activityFile(
      anActivity('XX-1-A', 'XX-1', values.map((value) => aTransaction('3', value)).join('')),
    );
  const everything = async () =>
    Promise.all(
      graph.subgraphs.map(async ({ db }) => {
        const rows = await Promise.all(
          (await tablesOf(db))
            .filter((name) => name !== 'import_runs')
            .map(async (name) => [name, await db(name)]),
        );
        return JSON.stringify(rows);
      }),
    );

  it('that say the same change no byte', async () => {
    await importXml(graph, file('1', '2'));
    const before = await everything();
    const { counts } = await importXml(graph, file('1', '2'), 'src', '2026-02-01T00:00:00.000Z');
    expect(counts).toMatchObject({ created: 0, updated: 0, withdrawn: 0 });
    expect(await everything()).toEqual(before);
  });

  it('mark what they lack as withdrawn, and it comes back when it is reported again', async () => {
    const totals = () =>
      ask(
        '{ flows { totals { amount } } all: flows(filter: { includeWithdrawn: true }) { totalCount } }',
      );
    await importXml(graph, file('1', '2'));
    await importXml(graph, file('2'));
    expect(await totals()).toEqual({
      flows: { totals: [{ amount: '2' }] },
      all: { totalCount: 2 },
    });
    await importXml(graph, file('1', '2'));
    expect(await totals()).toEqual({
      flows: { totals: [{ amount: '3' }] },
      all: { totalCount: 2 },
    });
  });

  it.each([
    ['broken in the middle', file('8').replace('</iati-activities>', '<a></iati-activities>')],
    ['cut off', file('8').slice(0, -30)],
    ['of another kind', '<feed></feed>'],
    ['empty', ''],
  ])('that are %s change nothing, and say where', async (_how, broken) => {
    await importXml(graph, file('1', '2'));
    const before = await everything();
    await expect(importXml(graph, broken)).rejects.toThrow(BrokenFile);
    await expect(importXml(graph, broken)).rejects.toThrow(/test\.xml.*line \d+/s);
    expect(await everything()).toEqual(before);
  });

  it('whose reading ends in the middle leave nothing behind', async () => {
    await importXml(graph, file('1', '2'));
    const before = await everything();
    const activities = Array.from({ length: 3000 }, (_, index) =>
      anActivity(`XX-1-${index}`, 'XX-1', aTransaction('3', '1')),
    );
    const text = activityFile(...activities);
    const input = {
      ...inputOf(''),
      open: async () =>
        (async function* () {
          yield Buffer.from(text.slice(0, text.length / 2));
          throw new Error('the disk went away');
        })(),
    };
    const options = { sourceId: 'src', retrievedAt: '2026-01-01T00:00:00.000Z' };
    await expect(importIati(graph, input, options)).rejects.toThrow('the disk went away');
    expect(await everything()).toEqual(before);
    // And nothing is locked.
    await importXml(graph, file('3'));
  });
});
