import type { StatementRecord } from '../../import/statements/record';
import { Agenda } from '../../../subgraphs/shared/vocabulary';
import { type Body, membersOf, type Neighbourhood } from './cast';
import type { Pen } from './pen';

/** Policy processes of a neighbourhood, who took part in them, and who came together. */
export function* fictionalGatherings(
  { random, numbered }: Pen,
  hood: Neighbourhood,
): Generator<StatementRecord> {
  const { granting, unfunded, hybrid, weave, members } = hood;
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

  const meets = (
    title: string,
    conveningKind: 'CONSULTATION' | 'EXCHANGE' | 'ASSEMBLY' | 'TRAINING',
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
  yield meets('Yearly assembly', 'ASSEMBLY', weave, [granting, unfunded, hybrid], '2025-06-02', {
    processes: [review],
  });
  yield meets('Exchange across borders', 'EXCHANGE', hybrid, random.some(locals, 6), '2024-10-15', {
    // Somebody wrote a name without an identifier: a likely duplicate, never merged by name alone.
    participantNames: [members.hybrid[0]?.name ?? hybrid.name],
  });
  yield meets('Training of mediators', 'TRAINING', unfunded, members.unfunded, '2026-02-10');
}
