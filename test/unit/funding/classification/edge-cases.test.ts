import { classify } from '../../../../subgraphs/funding/classification/classify';
import type { BodyFacts } from '../../../../subgraphs/funding/classification/facts';
import { CLASSIFICATION_RULES, ruleOf } from '../../../../subgraphs/funding/classification/rule';
import {
  board,
  body,
  flows,
  hosting,
  member,
  NETWORK_OF_THREE,
  PERIOD,
  ref,
  seat,
  transfers,
} from './world';

const rule = CLASSIFICATION_RULES[0];
const of = (facts: Partial<BodyFacts>, period = PERIOD) => {
  if (!rule) throw new Error('There is no rule.');
  return classify(body(facts), period, rule);
};
const indicator = (classified: ReturnType<typeof of>, id: string) =>
  classified.indicators.find((one) => one.id === id);
const says = (declared: 'NETWORK' | 'INTERMEDIARY' | 'BOTH' | 'NEITHER', selfMade = true) => ({
  declared,
  on: '2024',
  selfMade,
  ref: ref('self-statement'),
});

describe('the edge cases of rule NI-1', () => {
  it('1: a network that gives small grants to its members is a NETWORK, however much it passes on, because members are not others', () => {
    const found = of({
      ...NETWORK_OF_THREE,
      money: transfers([flows('DONOR', 100)], [flows('A', 45), flows('B', 45)]),
    });
    expect([found.outcome, found.flags]).toEqual(['NETWORK', []]);
    expect(indicator(found, 'I4')).toMatchObject({ verdict: 'PASS', value: 0.9, numerator: '90' });
    expect(indicator(found, 'I5')).toMatchObject({ verdict: 'PASS', value: 1 });
  });

  it('2: a network that grants widely to others than members is a HYBRID, because both answers are yes', () => {
    const found = of({
      ...NETWORK_OF_THREE,
      money: transfers([flows('DONOR', 100)], [flows('A', 10), flows('X', 20), flows('Y', 10)]),
    });
    expect(found.outcome).toBe('HYBRID');
    expect(indicator(found, 'I5')).toMatchObject({ verdict: 'FAIL', value: 0.25 });
  });

  it('3: an NGO that calls its contract partners a network is an INTERMEDIARY and disputed, because partners are no members and do not govern it', () => {
    const found = of({
      governing: [board({ composedByMembers: false })],
      money: transfers([flows('DONOR', 100)], [flows('P1', 30), flows('P2', 30)]),
      declarations: [says('NETWORK')],
    });
    expect([found.outcome, found.flags]).toEqual([
      'INTERMEDIARY',
      ['DISPUTED_BY_SELF_DECLARATION'],
    ]);
    expect(found.evidence).toContainEqual(
      expect.objectContaining({ indicator: 'I2', direction: 'AGAINST' }),
    );
  });

  it('4: a host and the alliance it hosts are two bodies: the host an INTERMEDIARY by its grants, the alliance judged by its own members', () => {
    const host = of({
      id: 'HOST',
      governing: [board({ composedByMembers: false })],
      hosted: [hosting({ hostedId: 'ALLIANCE', form: 'LEGAL_HOST' })],
      money: transfers([flows('DONOR', 1_500_000)], [flows('G1', 600_000), flows('G2', 500_000)]),
    });
    const alliance = of({
      id: 'ALLIANCE',
      legalForm: 'UNINCORPORATED',
      ...NETWORK_OF_THREE,
      hosts: [hosting({ hostedId: 'ALLIANCE', form: 'LEGAL_HOST' })],
    });
    expect([host.outcome, alliance.outcome, alliance.flags]).toEqual([
      'INTERMEDIARY',
      'NETWORK',
      ['PROVISIONAL'],
    ]);
  });

  it('5: in a network of networks, members of members count for where money went and not for how many members there are', () => {
    const members = [member('R1'), member('R2')];
    const descendants = new Set(['R1', 'R2', 'N1', 'N2', 'N3']);
    const two = of({
      members,
      descendants,
      governing: [board({ composedByMembers: true })],
      money: transfers([flows('DONOR', 100)], [flows('N1', 30), flows('N3', 30)]),
    });
    expect(indicator(two, 'I1')).toMatchObject({ verdict: 'UNKNOWN', value: 2 });
    expect(indicator(two, 'I5')).toMatchObject({ verdict: 'PASS', value: 1 });
    const three = of({
      members: [...members, member('R3'), member('HUB')],
      descendants,
      governing: [board({ composedByMembers: true })],
      money: transfers([flows('DONOR', 100)], [flows('N1', 30)]),
    });
    expect([three.outcome, indicator(three, 'I1')?.value]).toEqual(['NETWORK', 3]);
  });

  it('6: what a coalition pays to its own fiscal host is not passed on, and where a host’s record does not name it, that is said', () => {
    const found = of({
      ...NETWORK_OF_THREE,
      legalForm: 'UNINCORPORATED',
      hosts: [hosting({ from: '2012' })],
      money: transfers([flows('DONOR', 100)], [flows('HOST', 60)]),
      hostedFundsUnknown: true,
    });
    expect([found.outcome, found.flags]).toEqual(['NETWORK', ['HOSTED_FUNDS_UNKNOWN']]);
    expect(indicator(found, 'I4')).toMatchObject({ verdict: 'FAIL', value: 0 });
  });

  it('6: what a host got and paid in the name of a coalition is the coalition’s, which is judged by it, and the host is not', () => {
    const held = { hostId: 'HOST' };
    const coalition = of({
      ...NETWORK_OF_THREE,
      legalForm: 'UNINCORPORATED',
      hosts: [hosting({ from: '2012' })],
      money: transfers([flows('DONOR', 100, held)], [flows('A', 30, held), flows('X', 20, held)]),
    });
    expect([coalition.outcome, coalition.flags]).toEqual(['HYBRID', []]);
    expect(indicator(coalition, 'I4')).toMatchObject({ value: 0.5, denominator: '100' });
    expect(indicator(coalition, 'I4')?.says).toContain(
      'Of it 3 flows went through HOST, as host, in its name.',
    );
    expect(coalition.evidence).toContainEqual(
      expect.objectContaining({
        indicator: 'I4',
        direction: 'NEUTRAL',
        says: 'HOST got money for it from DONOR, and a record names it.',
      }),
    );
    const host = (own: Parameters<typeof transfers>) =>
      of({
        id: 'HOST',
        governing: [board({ composedByMembers: false })],
        hosted: [hosting({ hostedId: 'COALITION' })],
        money: transfers(...own).map((money) => ({
          ...money,
          held: [
            {
              hostedId: 'COALITION',
              got: 100_000_000_000n,
              paid: 50_000_000_000n,
              flows: 3,
              refs: [ref('flow')],
            },
          ],
        })),
      });
    const busy = host([[flows('DONOR', 300)], [flows('Y', 10)]]);
    expect(busy.outcome).toBe('NEITHER');
    expect(indicator(busy, 'I4')).toMatchObject({ numerator: '10', denominator: '300' });
    expect(indicator(busy, 'I4')?.says).toContain(
      'What it holds as host of COALITION, 3 flows on record, is not its own and is left out.',
    );
    expect(host([[], []]).outcome).toBe('INSUFFICIENT_EVIDENCE');
    // What it paid may have been the 50 that it still holds for the coalition, or its own.
    const unclear = host([[flows('DONOR', 100)], [flows('Y', 55)]]);
    expect(unclear.outcome).toBe('INSUFFICIENT_EVIDENCE');
    expect(unclear.missing).toEqual([
      'Whose money it paid on: of each payment, whether it was for a body that it hosts.',
    ]);
    expect(host([[flows('DONOR', 100)], [flows('Y', 75)]]).outcome).toBe('INTERMEDIARY');
  });

  it('6: what a host pays to the coalition itself does not make it an intermediary', () => {
    const host = of({
      id: 'HOST',
      governing: [board({ composedByMembers: false })],
      hosted: [hosting({ hostedId: 'COALITION' })],
      money: transfers([flows('DONOR', 100)], [flows('COALITION', 90)]),
    });
    expect([host.outcome, indicator(host, 'I4')?.value]).toEqual(['NEITHER', 0]);
  });

  it('7: in a federation the governance decides: affiliates that elect the board make a network, a board that fills itself does not', () => {
    const affiliates = { members: [member('A'), member('B'), member('C'), member('D')] };
    const money = transfers([flows('DONOR', 100)], [flows('X', 50)]);
    expect(
      of({ ...affiliates, governing: [board({ composedByMembers: true })], money }).outcome,
    ).toBe('HYBRID');
    expect(
      of({ ...affiliates, governing: [board({ composedByMembers: false })], money }).outcome,
    ).toBe('INTERMEDIARY');
  });

  it('8: a network of states is a NETWORK and marked, so that figures of civil society leave it out', () => {
    const found = of({
      ...NETWORK_OF_THREE,
      kind: 'OTHER',
      legalForm: 'STATE_BODY',
      constituencies: ['STATES'],
    });
    expect([found.outcome, found.flags]).toEqual(['NETWORK', ['PROVISIONAL', 'STATE_NETWORK']]);
  });

  it('9: a pooled fund has no members by its form, so it is an INTERMEDIARY by its money alone', () => {
    const found = of({
      legalForm: 'FUND',
      money: transfers([flows('DONOR', 100)], [flows('X', 80)]),
    });
    expect(found.outcome).toBe('INTERMEDIARY');
    expect(indicator(found, 'I1')).toMatchObject({ verdict: 'FAIL' });
    expect(indicator(found, 'I2')).toMatchObject({ verdict: 'UNKNOWN' });
  });

  it('10: a body that changed is classified for each period by what was in force then', () => {
    const facts = {
      members: [member('A', '1999'), member('B', '1999'), member('C', '2010')],
      governing: [
        board({ composedByMembers: true, from: '1999', to: '2003' }),
        board({ composedByMembers: false, from: '2004' }),
      ],
      money: transfers([flows('DONOR', 100)], []),
    };
    expect(of(facts, { from: '2000-01-01', to: '2003-01-01' }).outcome).toBe(
      'INSUFFICIENT_EVIDENCE',
    );
    expect(of(facts).outcome).toBe('NEITHER');
    const before = {
      ...facts,
      members: [...facts.members, member('D', '2000', '2005')],
    };
    expect(of(before, { from: '2000-01-01', to: '2003-01-01' }).outcome).toBe('NETWORK');
  });

  it('11: payments to a member that is also the host are left out, because a host deals with itself', () => {
    const found = of({
      ...NETWORK_OF_THREE,
      hosts: [hosting({ hostId: 'A' })],
      money: transfers([flows('DONOR', 100)], [flows('A', 70), flows('X', 30)]),
    });
    expect([found.outcome, indicator(found, 'I5')?.value, indicator(found, 'I4')?.value]).toEqual([
      'HYBRID',
      0,
      0.3,
    ]);
  });

  it('12: a dormant network, whose members are all of the past, is INSUFFICIENT_EVIDENCE and not NEITHER', () => {
    const found = of({
      members: [
        member('A', '2001', '2012'),
        member('B', '2001', '2012'),
        member('C', '2001', '2012'),
      ],
      governing: [board({ composedByMembers: true })],
      money: transfers([flows('DONOR', 100)], []),
    });
    expect([found.outcome, found.flags]).toEqual(['INSUFFICIENT_EVIDENCE', ['DORMANT']]);
    expect(found.missing[0]).toBe(
      'Whether the network still has members in this period: a membership that goes on, or a new one.',
    );
  });

  it('13: individuals are no member organisations; how many there are is told beside', () => {
    const counted = (organisations: number) => ({
      organisations,
      individuals: 40,
      on: '2024',
      verified: true,
      ref: ref('member-count'),
    });
    const found = of({
      counts: [counted(0)],
      governing: [board({ kind: 'GENERAL_ASSEMBLY' })],
      money: transfers([flows('DONOR', 100)], []),
    });
    expect([found.outcome, found.flags]).toEqual(['NEITHER', ['INDIVIDUAL_MEMBERS']]);
    expect(indicator(found, 'I1')?.says).toContain('40 individual members counted apart');
  });

  it('14: a coalition with governments among a thousand members is a NETWORK by a counted membership, without a list of names', () => {
    const found = of({
      legalForm: 'UNINCORPORATED',
      counts: [
        {
          organisations: 1000,
          individuals: null,
          on: '2024',
          verified: false,
          ref: ref('member-count'),
        },
      ],
      members: [member('GOV', '2016')],
      governing: [board({ kind: 'STEERING_GROUP', composedByMembers: true })],
    });
    expect([found.outcome, found.flags]).toEqual(['NETWORK', ['PROVISIONAL']]);
    expect(indicator(found, 'I1')).toMatchObject({ value: 1000, coverage: 0.001 });
  });
});

describe('three-valued logic', () => {
  it('lets what is unknown decide nothing', () => {
    const money = transfers([flows('DONOR', 100)], [flows('X', 50)]);
    expect(of({}).outcome).toBe('INSUFFICIENT_EVIDENCE');
    expect(of({ money }).outcome).toBe('INSUFFICIENT_EVIDENCE');
    expect(of({ governing: [board({ composedByMembers: false })] }).outcome).toBe(
      'INSUFFICIENT_EVIDENCE',
    );
    expect(of({ governing: [board({ composedByMembers: false })], money }).outcome).toBe(
      'INTERMEDIARY',
    );
  });

  it('decides where no value of the unknown could change the outcome', () => {
    // Who the members are is unknown, but they do not govern.
    const found = of({
      governing: [board({ composedByMembers: false })],
      money: transfers([flows('DONOR', 100)], [flows('X', 19)]),
    });
    expect(indicator(found, 'I1')?.verdict).toBe('UNKNOWN');
    expect([found.outcome, found.missing]).toEqual(['NEITHER', []]);
  });

  it('takes the thresholds as reached where they are met exactly', () => {
    const network = { governing: [board({ composedByMembers: false })] };
    const passing = (toX: number) =>
      of({ ...network, money: transfers([flows('DONOR', 1000)], [flows('X', toX)]) }).outcome;
    expect([passing(200), passing(199)]).toEqual(['INTERMEDIARY', 'NEITHER']);
    const seats = (mine: number) =>
      of({
        members: [member('A'), member('B'), member('C')],
        governing: [
          board({ seats: [...Array(4).keys()].map((n) => seat(n < mine ? 'A' : 'OTHER')) }),
        ],
        money: transfers([flows('DONOR', 100)], []),
      }).outcome;
    expect([seats(2), seats(1)]).toEqual(['NETWORK', 'NEITHER']);
  });

  it('counts seats of which nobody says who holds them for neither side', () => {
    const held = (...holders: (string | null)[]) =>
      of({
        members: [member('A'), member('B'), member('C')],
        governing: [board({ seatCount: 5, seats: holders.map((holder) => seat(holder)) })],
      });
    expect(indicator(held('A', 'B', null), 'I2')).toMatchObject({ verdict: 'UNKNOWN' });
    expect(indicator(held('A', 'B', 'C'), 'I2')).toMatchObject({ verdict: 'PASS', value: 0.6 });
    expect(indicator(held('A', 'X', 'Y', 'Z'), 'I2')).toMatchObject({ verdict: 'UNKNOWN' });
    expect(indicator(held('A', 'B', 'X', 'Y', 'Z'), 'I2')).toMatchObject({ verdict: 'FAIL' });
  });

  it('knows money only from half of it on, by count and by amount', () => {
    const network = { governing: [board({ composedByMembers: false })] };
    const paying = (...outgoing: ReturnType<typeof flows>[]) =>
      indicator(of({ ...network, money: transfers([flows('DONOR', 100)], outgoing) }), 'I4')
        ?.verdict;
    expect(paying(flows('X', 30), flows(null, 30))).toBe('PASS');
    expect(paying(flows('X', 30), flows(null, 31))).toBe('UNKNOWN');
    expect(paying(flows('X', 30), flows(null, 1, { flows: 2 }))).toBe('UNKNOWN');
    expect(
      indicator(
        of({
          ...network,
          money: transfers([flows('DONOR', 100, { flows: 3, unconvertible: 2 })], [flows('X', 30)]),
        }),
        'I4',
      )?.verdict,
    ).toBe('UNKNOWN');
  });

  it('says of income that cannot be converted that it is on record and why it is not known, and not that no record has it', () => {
    const network = { governing: [board({ composedByMembers: false })] };
    const paid = (...incoming: ReturnType<typeof flows>[]) =>
      of({ ...network, money: transfers(incoming, [flows('X', 30)]) });
    const found = paid(
      flows('DONOR', 0, { flows: 2, unconvertible: 2 }),
      flows('OTHER', -1, { flows: 1 }),
    );
    const says =
      'What it has received in the period is on record, but 2 of 3 flows cannot be converted: no exchange rate is on record for the currency and month.';
    expect(['I4', 'I5', 'I6'].map((id) => indicator(found, id))).toEqual(
      ['I4', 'I5', 'I6'].map(
        () => expect.objectContaining({ verdict: 'UNKNOWN', value: null, says }) as unknown,
      ),
    );
    expect(found.outcome).toBe('INSUFFICIENT_EVIDENCE');
    expect(found.missing).toContain(
      'Exchange rates for the currencies and months of what it has received in the period, which is on record and cannot be added up without them.',
    );
    expect(indicator(paid(), 'I4')?.says).toBe(
      'No record says what it has received in the period.',
    );
    const promised = of({
      ...network,
      money: [
        {
          kind: 'COMMITMENT',
          incoming: [flows('DONOR', 0, { unconvertible: 1 })],
          outgoing: [],
          held: [],
          reportsPayments: true,
        },
      ],
    });
    expect(indicator(promised, 'I4')?.says).toBe(
      'What it has been promised in the period is on record, but 1 of 1 flow cannot be converted: no exchange rate is on record for the currency and month.',
    );
  });

  it('does not take silence for nothing: who does not report what it pays may have paid', () => {
    const money = (reports: boolean) => transfers([flows('DONOR', 100)], [], reports);
    const network = { governing: [board({ composedByMembers: false })] };
    expect(of({ ...network, money: money(true) }).outcome).toBe('NEITHER');
    expect(of({ ...network, money: money(false) }).outcome).toBe('INSUFFICIENT_EVIDENCE');
  });

  it('never adds commitments to transfers, and takes commitments where transfers say nothing', () => {
    const committed = {
      kind: 'COMMITMENT' as const,
      incoming: [flows('DONOR', 100)],
      outgoing: [flows('X', 90)],
      held: [],
      reportsPayments: true,
    };
    const network = { governing: [board({ composedByMembers: false })] };
    expect(
      of({ ...network, money: [committed, ...transfers([flows('DONOR', 100)], [flows('X', 5)])] })
        .outcome,
    ).toBe('NEITHER');
    expect(of({ ...network, money: [committed] }).outcome).toBe('INTERMEDIARY');
  });
});

describe('the rule', () => {
  it('is data: another version with other thresholds can be asked beside it', () => {
    if (!rule) throw new Error('There is no rule.');
    const facts = body({
      governing: [board({ composedByMembers: false })],
      money: transfers([flows('DONOR', 100)], [flows('X', 30)]),
    });
    expect(classify(facts, PERIOD, rule).outcome).toBe('INTERMEDIARY');
    expect(classify(facts, PERIOD, { ...rule, version: 'NI-1/x', passedOn: 0.5 }).outcome).toBe(
      'NEITHER',
    );
  });

  it('is found by its version, and the newest without one', () => {
    expect([ruleOf()?.version, ruleOf('NI-1/1')?.version, ruleOf('NI-0')]).toEqual([
      'NI-1/1',
      'NI-1/1',
      null,
    ]);
  });

  it('reasons in sentences that are those of the indicators', () => {
    const found = of({
      ...NETWORK_OF_THREE,
      money: transfers([flows('DONOR', 100)], [flows('A', 25)]),
    });
    expect(found.reasoning).toEqual([
      'It has 3 member organisations on record in the period; 3 are needed.',
      '“Board” is made up or elected by the members.',
      'It is a network by this rule.',
      'It passed on 25 % of its income to organisations (transfers, in SDR); 20 % are needed for an intermediary.',
      'Of what it passed on, 100 % went to its members and their members, and 0 % of its income to others; 10 % to others are needed for an intermediary.',
      'It is not an intermediary by this rule.',
      'The outcome is NETWORK.',
    ]);
  });
});
