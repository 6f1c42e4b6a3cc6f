import type { Knex } from 'knex';
import { type Fact, type FactsPublication, publishFacts } from '../../shared/facts';

interface Row {
  id: string;
  tier: number;
  verification: string | null;
}
type StatementRow = Row & {
  key: string;
  declared_modality: string | null;
  stated_on: string | null;
  self_made: number;
};
type FiguresRow = Row & {
  key: string;
  year: string;
  currency: string | null;
  income: string | null;
  secretariat_budget: string | null;
  requests: number | null;
  requests_met: number | null;
};
type AccessRow = Row & {
  key: string;
  place: string;
  form: string;
  from_date: string | null;
  to_date: string | null;
};
type HostRow = Row & {
  host_key: string;
  hosted_key: string;
  form: string;
  from_date: string | null;
  to_date: string | null;
};

const each =
  <R extends Row>(
    read: (row: R) => Omit<Fact, 'position' | 'tier' | 'verification' | 'third_key'>,
  ) =>
  (_trx: Knex, rows: readonly R[]): Promise<Map<string, Fact[]>> =>
    Promise.resolve(
      new Map(
        rows.map((row) => [
          row.id,
          [
            {
              position: 0,
              tier: row.tier,
              verification: row.verification,
              third_key: null,
              ...read(row),
            },
          ],
        ]),
      ),
    );

/** What changed after a version of what bodies say of themselves and their years, who hosts whom, who has access. */
export const publishOrganisationFacts = (db: Knex, since: number): Promise<FactsPublication> =>
  publishFacts(db, since, {
    self_statements: each((row: StatementRow) => ({
      kind: 'self-statement',
      subject_key: row.key,
      other_key: null,
      from_date: row.stated_on,
      to_date: null,
      data: JSON.stringify({ declared: row.declared_modality, selfMade: row.self_made === 1 }),
    })),
    host_arrangements: each((row: HostRow) => ({
      kind: 'host',
      subject_key: row.hosted_key,
      other_key: row.host_key,
      from_date: row.from_date,
      to_date: row.to_date,
      data: JSON.stringify({ form: row.form }),
    })),
    annual_figures: each((row: FiguresRow) => ({
      kind: 'annual-figures',
      subject_key: row.key,
      other_key: null,
      from_date: row.year,
      to_date: row.year,
      data: JSON.stringify({
        currency: row.currency,
        income: row.income,
        secretariatBudget: row.secretariat_budget,
        requests: row.requests,
        requestsMet: row.requests_met,
      }),
    })),
    un_accesses: each((row: AccessRow) => ({
      kind: `un-access ${row.place}`,
      subject_key: row.key,
      other_key: null,
      from_date: row.from_date,
      to_date: row.to_date,
      data: JSON.stringify({ form: row.form }),
    })),
  });
