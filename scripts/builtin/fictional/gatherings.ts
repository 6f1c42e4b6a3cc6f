import type { StatementRecord } from '../../import/statements/record';
import { Verification } from '../../../subgraphs/shared/provenance';
import { Agenda } from '../../../subgraphs/shared/vocabulary';
import { type Body, type Cast, membersOf, type Neighbourhood } from './cast';
import { CITATION, type Pen } from './pen';
import { fictionalPositions } from './positions';

/** The number of the first small grant of a granting network in the books of the made-up money. */
const SMALL_GRANT = 8;

/** Policy processes of a neighbourhood, who took part in them, and who came together. */
export function* fictionalGatherings(
  { random, numbered }: Pen,
  hood: Neighbourhood,
  { donors }: Cast,
): Generator<StatementRecord> {
  const { granting, unfunded, hybrid, weave, members } = hood;
  const town = `Town of ${granting.city} (fictional)`;
  const number = granting.id.replace('PG-FICTIONAL-', '');
  const plan = `PG-FICTIONAL-NAP-${number}`;
  const review = `PG-FICTIONAL-REVIEW-${number}`;
  yield {
    kind: 'policy-process',
    id: plan,
    process: plan,
    title: `Imagined national action plan on women, peace and security, ${granting.name}`,
    processKind: 'NATIONAL_ACTION_PLAN',
    agenda: [Agenda.WPS],
    country: granting.country,
    generation: 2,
    status: 'ADOPTED',
    adoptedOn: '2024-03-08',
    from: '2024',
    to: '2028',
    implements: ['PG/RES/1 (2020)'],
    ledBy: donors.ministries.slice(0, 1).map(({ id }) => id),
  };
  // Somebody else has another day: both are shown.
  yield {
    kind: 'policy-process',
    id: `${plan}-2`,
    process: plan,
    title: `Imagined national action plan on women, peace and security, ${granting.name}`,
    processKind: 'NATIONAL_ACTION_PLAN',
    agenda: [Agenda.WPS],
    country: granting.country,
    adoptedOn: '2024-06',
  };
  yield {
    kind: 'policy-process',
    id: review,
    process: review,
    title: `Imagined review of peacebuilding, ${weave.name}`,
    processKind: 'REVIEW',
    agenda: [Agenda.PEACEBUILDING, Agenda.YPS],
    status: 'IN_DEVELOPMENT',
    from: '2025-01',
    implements: ['PG/RES/2 (2021)'],
  };
  const locals = membersOf(hood);
  for (const [index, body] of random.some(locals, 12).entries()) {
    const flock = (Object.keys(members) as (keyof typeof members)[]).find((name) =>
      members[name].includes(body),
    );
    const through = index % 3 !== 0 && flock ? hood[flock] : null;
    yield {
      kind: 'participation',
      id: numbered('participation'),
      process: plan,
      organisation: body.id,
      organisationName: body.name,
      role: index < 2 ? 'DRAFTER' : 'CONSULTED',
      stage: index < 2 ? 'DRAFTING' : 'CONSULTATION',
      capacity: through ? 'FOR_NETWORK' : 'OWN',
      ...(through ? { forNetwork: through.id, forNetworkName: through.name } : {}),
      namedInOwnRight: through === null,
      from: '2023-09-12',
      to: '2023-09-13',
    };
  }
  yield {
    kind: 'participation',
    id: numbered('participation'),
    process: review,
    organisation: weave.id,
    role: 'SPEAKER',
    stage: 'DESIGN',
    capacity: 'OWN',
    namedInOwnRight: true,
    from: '2025-02-03',
  };

  const consultation = `PG-FICTIONAL-CONSULTATION-${number}`;
  yield {
    kind: 'policy-process',
    id: consultation,
    process: consultation,
    title: `Imagined consultation on the action plan, ${town}`,
    processKind: 'CONSULTATION',
    agenda: [Agenda.WPS],
    country: granting.country,
    status: 'COMPLETED',
    from: '2023-09',
    to: '2023-10',
    towards: [plan],
    ledByNames: [town],
    citation: CITATION,
  };
  const [first, second, third] = members.granting;
  for (const body of [first, second])
    if (body)
      yield {
        kind: 'participation',
        id: numbered('participation'),
        process: consultation,
        organisation: body.id,
        role: 'CONSULTED',
        stage: 'CONSULTATION',
        capacity: 'OWN',
        from: '2023-09-20',
        citation: CITATION,
      };
  yield {
    kind: 'participation',
    id: numbered('participation'),
    process: consultation,
    organisation: granting.id,
    role: 'FUNDER',
    stage: 'CONSULTATION',
    capacity: 'OWN',
    namedInOwnRight: true,
    from: '2023-09',
    verification: Verification.VERIFIED,
    citation: CITATION,
  };
  yield* fictionalPositions(numbered, hood, { plan, review, town });

  const meets = (
    title: string,
    conveningKind: 'MEETING' | 'CONSULTATION' | 'DIALOGUE' | 'EXCHANGE' | 'ASSEMBLY' | 'TRAINING',
    organiser: Body,
    participants: readonly Body[],
    from: string,
    more: Partial<Extract<StatementRecord, { kind: 'convening' }>> = {},
  ): StatementRecord => ({
    kind: 'convening',
    id: numbered('convening'),
    title: `${title} of ${organiser.name}`,
    conveningKind,
    organisers: [organiser.id],
    participants: participants.map(({ id }) => id),
    country: organiser.country,
    city: organiser.city,
    from,
    themes: ['15220'],
    ...more,
  });
  yield meets(
    'Consultation on the action plan',
    'CONSULTATION',
    granting,
    random.some(locals, 14),
    '2023-09-12',
    { processes: [plan], to: '2023-09-13' },
  );
  if (first && second && third)
    yield meets(
      'Preparing young peacebuilders for the consultation',
      'MEETING',
      first,
      [second, third],
      '2023-09-05',
      {
        processes: [consultation],
        fundedBy: [`${granting.id}-${SMALL_GRANT}`],
        verification: Verification.VERIFIED,
        citation: CITATION,
      },
    );
  yield meets('Yearly assembly', 'ASSEMBLY', weave, [granting, unfunded, hybrid], '2025-06-02', {
    processes: [review],
  });
  yield meets('Exchange across borders', 'EXCHANGE', hybrid, random.some(locals, 6), '2024-10-15', {
    // Somebody wrote a name without an identifier: a likely duplicate, never merged by name alone.
    participantNames: [members.hybrid[0]?.name ?? hybrid.name],
  });
  yield meets('Training of mediators', 'TRAINING', unfunded, members.unfunded, '2026-02-10');
  const [ministry] = donors.ministries;
  for (const [from, others] of [
    ['2023-03-14', [ministry]],
    ['2025-05-20', [ministry, donors.pool, granting]],
    ['2025-11-04', [donors.foundations[0], unfunded]],
  ] as const)
    yield meets(
      'Dialogue with those who pay',
      'DIALOGUE',
      weave,
      others.filter((body) => body !== undefined),
      from,
      { speakers: [weave.id, unfunded.id] },
    );
}
