import type { StatementRecord } from '../../import/statements/record';
import { type Body, type Neighbourhood } from './cast';
import { CURRENCY } from './iati';
import { CITATION, type Pen } from './pen';

/** What the members of a network received in a year, from the first to the last; the others do not say. */
const INCOMES = [8_000, 20_000, 45_000, 90_000, 150_000, 400_000, 1_200_000];

/** What bodies publish of a year, and who has access to the United Nations. */
export function* fictionalYears(
  { numbered }: Pen,
  { granting, unfunded, hybrid, weave, members }: Neighbourhood,
): Generator<StatementRecord> {
  const yearOf = (
    body: Body,
    figures: Partial<Extract<StatementRecord, { kind: 'annual-figures' }>>,
  ): StatementRecord => ({
    kind: 'annual-figures',
    id: numbered('annual-figures'),
    organisation: body.id,
    organisationName: body.name,
    year: '2025',
    currency: CURRENCY,
    citation: CITATION,
    ...figures,
  });
  for (const flock of Object.values(members))
    for (const [index, income] of INCOMES.entries()) {
      const body = flock[index];
      if (body) yield yearOf(body, { income });
    }
  yield yearOf(granting, {
    income: 600_000,
    secretariatBudget: 90_000,
    requests: 40,
    requestsMet: 12,
  });
  yield yearOf(granting, { year: '2024', income: 450_000 });
  yield yearOf(hybrid, { income: 800_000, secretariatBudget: 60_000 });
  yield yearOf(unfunded, { requests: 25, requestsMet: 2 });
  yield {
    kind: 'un-access',
    id: numbered('un-access'),
    organisation: weave.id,
    organisationName: weave.name,
    place: 'NEW_YORK',
    form: 'SECRETARIAT_OF_COALITION',
    from: '2010',
    citation: CITATION,
  };
  // Given up, so that a day decides.
  yield {
    kind: 'un-access',
    id: numbered('un-access'),
    organisation: hybrid.id,
    organisationName: hybrid.name,
    place: 'GENEVA',
    from: '2012',
    to: '2020',
    citation: CITATION,
  };
}
