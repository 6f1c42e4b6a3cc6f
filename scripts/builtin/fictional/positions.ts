import type { StatementRecord, SubmissionRecord } from '../../import/statements/record';
import { Agenda, OrganisationKind } from '../../../subgraphs/shared/vocabulary';
import type { Body, Neighbourhood } from './cast';
import { CITATION, type Pen } from './pen';

interface Places {
  plan: string;
  review: string;
  /** The name of the town that leads the consultation. */
  town: string;
}

/** Who said what in the processes of a neighbourhood, who relied on whom, what was promised and done. */
export function* fictionalPositions(
  numbered: Pen['numbered'],
  { granting, weave, members }: Neighbourhood,
  { plan, review, town }: Places,
): Generator<StatementRecord> {
  yield {
    kind: 'organisation',
    id: numbered('town'),
    organisationName: town,
    organisationKind: OrganisationKind.LOCAL_GOVERNMENT,
    country: granting.country,
    city: granting.city,
  };
  const [women, youth] = members.granting;
  for (const body of [women, youth])
    if (body)
      yield {
        kind: 'agreement',
        id: numbered('agreement'),
        authorityName: town,
        organisation: body.id,
        title: `The town asks ${body.name} before it decides on matters of peace`,
        agreementKind: 'CONSULTATIVE',
        from: '2022-05',
        to: '2027-04',
        citation: CITATION,
      };

  const says = (
    process: string,
    body: Body,
    said: Partial<SubmissionRecord>,
  ): SubmissionRecord => ({
    kind: 'submission',
    id: numbered('submission'),
    process,
    organisation: body.id,
    title: `What ${body.name} has to say`,
    submissionKind: 'WRITTEN_INPUT',
    from: '2023-09-25',
    citation: CITATION,
    ...said,
  });
  if (women && youth) {
    yield says(plan, women, {
      forNetwork: granting.id,
      supports: ['seats for women in talks', 'a budget of its own'],
      opposes: ['a curfew for the young'],
    });
    yield says(plan, youth, {
      supports: ['a budget of its own', 'a curfew for the young'],
      themes: ['15130'],
    });
    yield says(review, weave, {
      submissionKind: 'STATEMENT',
      supports: ['a budget of its own'],
      cites: [women.id, granting.id],
      from: '2025-02-03',
    });
    yield says(review, weave, {
      submissionKind: 'BRIEFING',
      themes: ['15220'],
      from: '2025-06-03',
    });
    // A network that speaks and cites nobody.
    yield says(review, granting, { themes: ['15220'], from: '2025-02-03' });
  }

  const fund = `PG-FICTIONAL-FUND-${granting.id.replace('PG-FICTIONAL-', '')}`;
  yield {
    kind: 'policy-process',
    id: fund,
    process: fund,
    title: `Imagined design of a fund for peace, ${granting.name}`,
    processKind: 'FUND_DESIGN',
    agenda: [Agenda.PEACEBUILDING],
    country: granting.country,
    status: 'IN_DEVELOPMENT',
    from: '2025-09',
    ledByNames: [town],
    implements: ['PG/RES/2 (2021)'],
  };
  for (const [body, stage] of [
    [granting, 'DESIGN'],
    [youth ?? weave, 'DESIGN'],
    [weave, 'MONITORING'],
  ] as const)
    yield {
      kind: 'participation',
      id: numbered('participation'),
      process: fund,
      organisation: body.id,
      role: stage === 'DESIGN' ? 'ADVISER' : 'MONITOR',
      stage,
      capacity: 'OWN',
      ...(body === granting ? { namedInOwnRight: true } : {}),
      from: '2025-10-01',
      citation: CITATION,
    };

  const promised = (paragraph: string, title: string) => {
    const commitment = `PG-RES-1-${paragraph}-${granting.id.replace('PG-FICTIONAL-', '')}`;
    return {
      kind: 'commitment' as const,
      id: commitment,
      commitment,
      symbol: 'PG/RES/1 (2020)',
      title,
      paragraph,
      citation: CITATION,
    };
  };
  const fees = promised('4', 'To pay mediators for their work');
  yield fees;
  yield promised('7', 'To keep half of all seats for women');
  yield {
    kind: 'implementation',
    id: numbered('implementation'),
    commitment: fees.commitment,
    title: 'Fees for mediators',
    organisation: granting.id,
    process: plan,
    activity: `${granting.id}-8`,
    implementationStatus: 'UNDER_WAY',
    from: '2024-04',
    to: '2026-12',
    citation: CITATION,
  };
}
