import type { Knex } from 'knex';
import { FOREVER } from '../../shared/db';
import { MATCHING_RULE } from '../matching/rule';
import type { ReportRow } from '../matching/report-row';
import { matchTiers, type TieredMember } from '../matching/tiers';
import { writeMembers } from './members.store';
import {
  flowsOfPairs,
  INCOMING,
  OF_PAIRS,
  type Pair,
  PAIRS_OF_KEYS,
  readRates,
  readReports,
} from './reports.store';

/** Pairs of bodies whose reports are matched at once, by number of reports. */
const REPORTS_AT_ONCE = 5000;

/** Begins to note between whom something changed, for {@link matchTouched}. */
export const beginTouching = async (trx: Knex): Promise<void> => {
  await trx.raw(
    'create temp table if not exists touched_keys (provider_key varchar(255), receiver_key varchar(255))',
  );
  await trx('touched_keys').delete();
};

/** Notes that the reports between the bodies that a table's rows name have to be matched anew. */
export const touchBetween = async (
  trx: Knex,
  table: string,
  narrow: (rows: Knex.QueryBuilder) => unknown,
  [provider, receiver]: readonly [string, string] = ['provider_key', 'receiver_key'],
): Promise<void> => {
  const rows = trx(table)
    .distinct(provider, receiver)
    .whereNotNull(provider)
    .whereNotNull(receiver);
  narrow(rows);
  await trx(trx.raw('?? (??, ??)', ['touched_keys', 'provider_key', 'receiver_key'])).insert(rows);
};

/** Notes that the reports between the bodies of these flows have to be matched anew. */
export const touchFlows = (
  trx: Knex,
  narrow: (flows: Knex.QueryBuilder) => unknown,
): Promise<void> =>
  touchBetween(trx, 'flows', narrow, ['match_provider_key', 'match_receiver_key']);

/** Bodies that were joined, parted, shown or hidden: all flows that name one of them are touched. */
const touchChangedBodies = async (trx: Knex, bodiesSince: number, at: string): Promise<void> => {
  const changedIn = (table: string) =>
    trx(table)
      .select('id')
      .where('version_from', '>', bodiesSince)
      .orWhereBetween('version_until', [bodiesSince + 1, FOREVER - 1]);
  const keys = () =>
    trx('body_keys')
      .select('key')
      .whereIn('id', changedIn('bodies').union(changedIn('body_keys')));
  for (const column of ['match_provider_key', 'receiver_key'])
    await touchFlows(trx, (flows) => flows.whereIn(column, keys()).whereNot('updated_at', at));
};

/**
 * Of the pairs of bodies that were touched, those that have anything to match, or had: both sides
 * report, or several standards do, or a flow has members.
 */
const pairsToMatch = async (trx: Knex): Promise<Pair[]> => {
  await trx.raw(`create temp table touched_pairs as ${PAIRS_OF_KEYS}`);
  const pairs = (await trx
    .from(trx.raw(flowsOfPairs('touched_pairs')))
    .leftJoin('flow_members as m', 'm.flow_id', 'f.id')
    .whereRaw(OF_PAIRS)
    .select('t.provider', 't.receiver')
    .count({ reports: '*' })
    .groupBy('t.provider', 't.receiver')
    .havingRaw(
      `count(distinct case when f.kind in (${INCOMING}) then 1 else 0 end) > 1
       or count(distinct f.standard) > 1 or max(f.absorbed) > 0 or count(m.flow_id) > 0`,
    )
    .orderBy(['t.provider', 't.receiver'])) as Pair[];
  await trx.raw('drop table touched_pairs');
  return pairs.map((pair) => ({ ...pair, reports: Number(pair.reports) }));
};

/** Some pairs at a time, so that their reports fit in memory; one pair alone may have any number. */
const batchesOf = (pairs: readonly Pair[]): Pair[][] => {
  const batches: Pair[][] = [];
  let room = 0;
  for (const pair of pairs) {
    if (room < pair.reports || !batches.length) {
      batches.push([]);
      room = REPORTS_AT_ONCE;
    }
    batches.at(-1)?.push(pair);
    room -= pair.reports;
  }
  return batches;
};

/**
 * Matches the reports of all pairs of bodies that were touched since {@link beginTouching}, and of those
 * that changed at this time: linear in the reports of those pairs. Every pair is matched anew after a
 * change of the rule.
 * @param bodiesSince the version of the bodies before the write.
 * @param at when: the time that what changed will bear.
 */
export const matchTouched = async (
  trx: Knex,
  { bodiesSince, at }: { bodiesSince: number; at: string },
): Promise<void> => {
  const state = (await trx('matching_state').first()) as { rule_version: number } | undefined;
  if (state?.rule_version !== MATCHING_RULE.version) {
    await touchFlows(trx, () => undefined);
    await trx('matching_state').update({ rule_version: MATCHING_RULE.version });
  }
  await touchChangedBodies(trx, bodiesSince, at);
  await touchFlows(trx, (flows) => flows.where('updated_at', at));
  for (const pairs of batchesOf(await pairsToMatch(trx))) {
    const rows = await readReports(trx, pairs);
    const rates = await readRates(trx, rows);
    const byPair = new Map<string, ReportRow[]>();
    for (const row of rows) {
      const key = `${row.provider}\u0001${row.receiver}`;
      const pair = byPair.get(key);
      if (pair) pair.push(row);
      else byPair.set(key, [row]);
    }
    const wanted = new Map<string, TieredMember>();
    for (const pair of byPair.values())
      for (const [key, member] of matchTiers(pair, rates)) wanted.set(key, member);
    await writeMembers(trx, rows, wanted, at);
  }
  await trx('touched_keys').delete();
};
