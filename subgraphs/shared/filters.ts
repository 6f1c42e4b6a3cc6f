import type { Knex } from 'knex';
import { Field, ID, InputType } from 'type-graphql';
import { Big } from 'big.js';
import { BadInput } from './errors';
import { toStored } from './money';
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars';

@InputType({ description: 'A half-open range of days.' })
export class DateRange {
  @Field(() => DateScalar, { nullable: true, description: 'The first day that counts.' })
  from?: string;

  @Field(() => DateScalar, { nullable: true, description: 'The first day that no longer counts.' })
  to?: string;
}

@InputType({ description: 'A closed range of amounts in the currency as reported.' })
export class AmountRange {
  @Field(() => DecimalScalar, { nullable: true, description: 'The smallest amount that counts.' })
  min?: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'The largest amount that counts.' })
  max?: string;
}

/** The most values one filter may list. */
const MOST_VALUES = 500;

/** What every list can be narrowed by. */
@InputType({ description: 'What every list can be narrowed by.' })
export abstract class CommonFilter {
  @Field(() => [ID], { nullable: true, description: 'These ids only.' })
  ids?: string[];

  @Field(() => [ID], { nullable: true, description: 'Rows of these sources only.' })
  sources?: string[];

  @Field(() => [ID], { nullable: true, description: 'Rows of all sources but these.' })
  exceptSources?: string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Rows that changed after this time, for incremental refresh.',
  })
  updatedAfter?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Also rows that their source has withdrawn since. Default: no.',
  })
  includeWithdrawn?: boolean;
}

/** Refuses a list of values that is too long for one filter. */
export const checkListed = (values: readonly unknown[] | undefined, name: string): void => {
  if (values && values.length > MOST_VALUES) {
    throw new BadInput(
      `\`${name}\` lists ${values.length} values; at most ${MOST_VALUES} are allowed.`,
    );
  }
};

/** Adds `column in values` if there are values. */
export const whereIn = (
  query: Knex.QueryBuilder,
  column: string | Knex.Raw,
  values: readonly (string | number)[] | undefined,
  name: string,
): void => {
  checkListed(values, name);
  if (values) void query.whereIn(column as string, values);
};

/** Adds a half-open range of days; a row without a date is in no range. */
export const whereDate = (
  query: Knex.QueryBuilder,
  column: string,
  range: DateRange | undefined,
): void => {
  if (range?.from) void query.where(column, '>=', range.from);
  if (range?.to) void query.where(column, '<', range.to).where(column, '>', '');
};

/** Keeps the rows whose date is in a calendar year. */
export const whereYear = (query: Knex.QueryBuilder, column: string, year: number): void => {
  const dayOne = (of: number) => `${String(of).padStart(4, '0')}-01-01`;
  whereDate(query, column, { from: dayOne(year), to: dayOne(year + 1) });
};

/** Keeps the rows whose span covers a day, as `inForce` of shared/dates says. */
export const whereInForce = (
  query: Knex.QueryBuilder,
  { from, to }: { from: string; to: string },
  day: string,
): Knex.QueryBuilder =>
  query
    .where((begun) => void begun.whereNull(from).orWhere(from, '<=', day))
    .where((lasting) => void lasting.whereNull(to).orWhereRaw(`?? || '-99' > ?`, [to, day]));

/** Adds a closed range over an amount's two columns. */
export const whereAmount = (
  query: Knex.QueryBuilder,
  units: string,
  nanos: string,
  range: AmountRange | undefined,
): void => {
  const bound = (text: string) => {
    const stored = toStored(new Big(text));
    return [stored.units, stored.nanos];
  };
  if (range?.min) void query.whereRaw(`(${units}, ${nanos}) >= (?, ?)`, bound(range.min));
  if (range?.max) void query.whereRaw(`(${units}, ${nanos}) <= (?, ?)`, bound(range.max));
};

/** Adds what every list can be narrowed by, over the columns that every record has. */
export const whereCommon = (
  query: Knex.QueryBuilder,
  table: string,
  filter: CommonFilter | undefined,
  idColumn = 'id',
): void => {
  whereIn(query, `${table}.${idColumn}`, filter?.ids, 'ids');
  whereIn(query, `${table}.source_id`, filter?.sources, 'sources');
  checkListed(filter?.exceptSources, 'exceptSources');
  if (filter?.exceptSources) void query.whereNotIn(`${table}.source_id`, filter.exceptSources);
  if (filter?.updatedAfter) void query.where(`${table}.updated_at`, '>', filter.updatedAfter);
  if (!filter?.includeWithdrawn) void query.whereNull(`${table}.withdrawn_at`);
};
