import { type PlanStanding } from '../../../subgraphs/policy/plan/plan';
import { standingOf } from '../../../subgraphs/policy/plan/plans';
import {
  type PolicyProcess,
  PolicyProcessKind,
  type ProcessRow,
} from '../../../subgraphs/policy/process/process';
import { Agenda } from '../../../subgraphs/shared/vocabulary';

const row = (more: Partial<ProcessRow>): ProcessRow =>
  ({
    id: 'row',
    status: null,
    adopted_on: '',
    from_date: null,
    to_date: null,
    generation: null,
    asserted_on: null,
    retrieved_at: '2026-01-01T00:00:00.000Z',
    ...more,
  }) as ProcessRow;

const plan = (id: string, ...rows: Partial<ProcessRow>[]): PolicyProcess => {
  const all = rows.map(row);
  const dated = all.find(({ from_date, to_date }) => from_date ?? to_date);
  return {
    id,
    title: id,
    kind: PolicyProcessKind.NATIONAL_ACTION_PLAN,
    generation: all.find(({ generation }) => generation !== null)?.generation ?? null,
    adoptedOn: all.find(({ adopted_on }) => adopted_on !== '')?.adopted_on ?? null,
    period: dated ? { from: dated.from_date, to: dated.to_date } : null,
    updatedAt: '',
    rows: all,
  };
};
const stand = (plans: PolicyProcess[], day = '2026-06-01') =>
  standingOf('QM', Agenda.WPS, plans, day);

describe('where a country stands with its plans', () => {
  const first = plan('a', { from_date: '2010', to_date: '2013', generation: 1 });
  const second = plan('b', { adopted_on: '2016-05', from_date: '2016', to_date: '2018' });
  const writing = plan('c', { status: 'IN_DEVELOPMENT' });

  it.each<[string, PolicyProcess[], string, `${PlanStanding}`]>([
    ['a plan in force', [first, second], '2017-01-01', 'IN_FORCE'],
    ['a plan in force to the end of its last year', [second], '2018-12-31', 'IN_FORCE'],
    ['an old plan and none after', [first, second], '2019-01-01', 'EXPIRED'],
    ['an old plan and one being written', [first, writing], '2026-06-01', 'IN_DEVELOPMENT'],
    ['one being written, before anybody says so', [writing], '2025-06-01', 'UNKNOWN'],
    ['no plan', [], '2026-06-01', 'NONE_ON_RECORD'],
    ['a plan yet to come', [second], '2015-01-01', 'UNKNOWN'],
  ])('%s', (_what, plans, day, standing) => {
    expect(stand(plans, day).standing).toBe(standing);
  });

  it('counts the years on no day of which a plan was in force', () => {
    expect(stand([second, first], '2020-03-01').gapYears).toEqual([2014, 2015, 2019, 2020]);
  });

  it('lets a plan without an end last until the next one, and says so', () => {
    const open = plan('a', { adopted_on: '2010-02' });
    expect(stand([open, second], '2018-01-01')).toMatchObject({ gapYears: [], endUnknown: 1 });
    expect(stand([open], '2018-01-01')).toMatchObject({ standing: 'IN_FORCE', endUnknown: 1 });
  });

  it('shows a plan of which only the status is known, without a year', () => {
    expect(stand([plan('a', { status: 'ADOPTED', generation: 3 })])).toMatchObject({
      standing: 'IN_FORCE',
      generation: 3,
      gapYears: [],
      endUnknown: 1,
    });
  });

  it('is disputed where records of one plan disagree, or two plans claim one generation', () => {
    const twice = plan('b', { adopted_on: '2016', generation: 2 }, { generation: 3 });
    expect(stand([first, twice]).generationDisputed).toBe(true);
    const again = plan('d', { adopted_on: '2020', generation: 1 });
    expect(stand([first, again]).generationDisputed).toBe(true);
    expect(stand([first, second]).generationDisputed).toBe(false);
  });

  it('does not depend on the order in which plans come', () => {
    expect(stand([second, writing, first])).toEqual(stand([first, second, writing]));
  });
});
