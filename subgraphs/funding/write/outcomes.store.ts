import type { Knex } from 'knex';
import { bodiesVersion } from '../../shared/bodies';
import { now, today } from '../../shared/dates';
import { chunksOf, FOREVER, insertRows, type Value, whereAmong } from '../../shared/db';
import { Modality } from '../../shared/outcomes';
import { ALL_TIERS } from '../../shared/viewer';
import { outcomeOf } from '../classification/classify';
import { createFactsStore } from '../classification/facts.store';
import { createGatherer } from '../classification/gather';
import { createMoneyStore } from '../classification/money.store';
import { periodUpTo, standingEnd } from '../classification/period';
import { DEFAULT_RULE } from '../classification/rule';
import { tiersPresent } from './tiers.store';

/** Bodies that are worked out at once. */
const AT_ONCE = 1000;
/** As many as one statement inserts. */
const KEYS_AT_ONCE = 400;
/** As deep as networks are followed into their members. */
const DEEPEST = 12;
/** Who sees everything: what any tier may see counts as changed. */
const EVERYTHING = ALL_TIERS - 1;

const INTO_DUE = (trx: Knex) => trx.raw('?? (??)', ['outcomes_due', 'key']);
const due = async (trx: Knex, keys: Knex.QueryBuilder, column: string): Promise<void> =>
  void (await trx(INTO_DUE(trx)).insert(
    trx
      .from(keys.as('changed'))
      .distinct(column)
      .whereNotNull(column)
      // Not as a list that it is not in: PostgreSQL goes through a long one for every row.
      .whereNotExists(
        trx('outcomes_due')
          .select(trx.raw('1'))
          .whereRaw('outcomes_due.key = changed.??', [column]),
      ),
  ));

/** Columns of the bodies on a side of flows: also those in whose name hosts stand there, if there are any. */
const onSide = async (trx: Knex, sides: readonly string[]): Promise<string[]> => {
  const held = (await trx('flows').whereNotNull('receiver_for_key').first('id')) as unknown;
  return sides.flatMap((side) => [
    `${side}_key`,
    ...(held === undefined ? [] : [`${side}_for_key`]),
  ]);
};

/** Notes that outcomes of the bodies that some flows name have to be worked out anew. */
export const dueByFlows = async (
  trx: Knex,
  narrow: (flows: Knex.QueryBuilder) => unknown,
): Promise<void> => {
  for (const column of await onSide(trx, ['provider', 'receiver'])) {
    const flows = trx('flows').select(column);
    narrow(flows);
    await due(trx, flows, column);
  }
};

/** Notes that outcomes of bodies with these keys, or of those that records with these ids are about, are due. */
export const dueByKeys = async (trx: Knex, keys: Iterable<string>): Promise<void> => {
  for (const some of chunksOf([...new Set(keys)], KEYS_AT_ONCE))
    await trx('outcomes_due')
      .insert(some.map((key) => ({ key })))
      .onConflict('key')
      .ignore();
};

/** Notes what hangs on bodies that were joined, parted, shown or hidden, or became something else. */
export const dueByBodies = async (trx: Knex, bodiesSince: number): Promise<void> => {
  const changed = (table: string) =>
    trx(table)
      .select('id')
      .where('version_from', '>', bodiesSince)
      .orWhereBetween('version_until', [bodiesSince + 1, FOREVER - 1]);
  const ids = () => changed('bodies').union(changed('body_keys'));
  await due(trx, ids(), 'id');
  const keys = () => trx('body_keys').select('key').whereIn('id', ids());
  await due(trx, keys(), 'key');
  // Whoever pays them pays members or others.
  for (const got of await onSide(trx, ['receiver']))
    for (const paid of await onSide(trx, ['provider']))
      await due(trx, trx('flows').select(paid).whereIn(got, keys()), paid);
};

/** Notes that all outcomes have to be worked out anew. */
export const dueAll = async (trx: Knex): Promise<void> =>
  void (await trx('outcomes_state').update({ stale: 1 }));

/** The bodies that are due: what is noted is a key, the id of a body, or that of a record about one. */
const dueBodies = async (trx: Knex): Promise<string[]> => {
  const noted = () => trx('outcomes_due').select('key');
  const ids = trx('body_keys').select({ id: 'id' }).whereIn('key', noted());
  const bodies = trx('outcome_bodies').select({ id: 'body_id' }).whereIn('body_id', noted());
  const shown = trx('bodies').select('id').whereIn('id', noted());
  const governed = trx('facts')
    .join('body_keys', 'body_keys.key', 'facts.subject_key')
    .select({ id: 'body_keys.id' })
    // By owner and record, and not by kind: there are thousands of governing bodies.
    .whereRaw("coalesce(facts.kind, '') = 'governing-body'")
    .whereIn('facts.owner', trx('facts_followed').select('facts_followed.owner'))
    .whereIn('facts.record', noted());
  const rows = (await ids.union(bodies).union(shown).union(governed)) as { id: string }[];
  return rows.map(({ id }) => id);
};

/** Some bodies, and all networks that they belong to, however far above. */
const withNetworks = async (trx: Knex, ids: readonly string[], version: number) => {
  const facts = createFactsStore(trx, { tier: EVERYTHING, version });
  const all = new Set(ids);
  let level = [...ids];
  for (let depth = 0; level.length > 0 && depth < DEEPEST; depth += 1) {
    const next = new Set<string>();
    for (const some of chunksOf(level, AT_ONCE)) {
      const keys = await facts.keysOf(some);
      const rows = await facts.bySide(
        'membership',
        'other_key',
        keys.map(({ key }) => key),
      );
      const networks = await facts.idsOf([...new Set(rows.map(({ subject_key: key }) => key))]);
      for (const id of networks.values()) if (!all.has(id)) next.add(id);
    }
    for (const id of next) all.add(id);
    level = [...next];
  }
  return [...all];
};

type Row = [bodyId: string, from: number, until: number, outcome: string, flags: string];

/** Joins what neighbouring tiers get where it is the same; what nobody could work out has no row. */
const bandsOf = (
  bodyId: string,
  byTier: readonly { from: number; until: number; outcome: string; flags: string }[],
): Row[] => {
  const rows: Row[] = [];
  for (const { from, until, outcome, flags } of byTier) {
    const last = rows.at(-1);
    if (last && last[2] === from && last[3] === outcome && last[4] === flags) last[2] = until;
    else rows.push([bodyId, from, until, outcome, flags]);
  }
  return rows.filter(
    ([, , , outcome, flags]) => outcome !== Modality.INSUFFICIENT_EVIDENCE || flags !== '[]',
  );
};

/** Works out the outcomes of bodies, and writes those that changed. @returns whether any did. */
const workOut = async (
  trx: Knex,
  {
    asOf,
    version,
    publishedIn,
    at,
  }: { asOf: string; version: number; publishedIn: number; at: string },
  batches: AsyncIterable<readonly string[]>,
): Promise<boolean> => {
  const rule = DEFAULT_RULE;
  const period = periodUpTo(asOf, rule.months);
  const tiers = await tiersPresent(trx);
  const gatherers = tiers.map((tier) => {
    const viewer = { tier, version };
    return createGatherer(createFactsStore(trx, viewer), createMoneyStore(trx, viewer));
  });
  let any = false;
  for await (const ids of batches) {
    const byBody = new Map<string, Parameters<typeof bandsOf>[1][number][]>(
      ids.map((id) => [id, []]),
    );
    for (const [index, gather] of gatherers.entries()) {
      const from = tiers[index] ?? 0;
      const until = tiers[index + 1] ?? ALL_TIERS;
      for (const [id, facts] of await gather(ids, period, { names: false })) {
        const { outcome, flags } = outcomeOf(facts, period, rule);
        byBody.get(id)?.push({ from, until, outcome, flags: JSON.stringify(flags) });
      }
    }
    const before = new Map<string, string>();
    const known = (await whereAmong(trx, trx('outcomes'), 'body_id', ids).orderBy([
      'body_id',
      'tier_from',
    ])) as Record<string, Value>[];
    for (const { body_id, tier_from, tier_until, outcome, flags } of known)
      before.set(
        String(body_id),
        `${before.get(String(body_id)) ?? ''}${JSON.stringify([body_id, tier_from, tier_until, outcome, flags])}`,
      );
    const rows: Row[] = [];
    const changed: string[] = [];
    for (const [id, byTier] of byBody) {
      const bands = bandsOf(id, byTier);
      if (bands.map((row) => JSON.stringify(row)).join('') === (before.get(id) ?? '')) continue;
      changed.push(id);
      rows.push(...bands);
    }
    if (changed.length === 0) continue;
    any = true;
    await whereAmong(trx, trx('outcomes'), 'body_id', changed).delete();
    await insertRows(
      trx,
      'outcomes',
      ['body_id', 'tier_from', 'tier_until', 'outcome', 'flags'],
      rows,
    );
    await whereAmong(trx, trx('outcome_bodies'), 'body_id', changed).delete();
    await insertRows(
      trx,
      'outcome_bodies',
      ['body_id'],
      changed.map((id) => [id]),
      { updated_at: at, published_in: publishedIn },
    );
  }
  return any;
};

/** All bodies that there are or were, some at a time. */
async function* allBodies(trx: Knex): AsyncGenerator<string[]> {
  let last = '';
  for (;;) {
    const next = (table: string, column: string) =>
      trx(table).distinct({ id: column }).where(column, '>', last).orderBy('id').limit(AT_ONCE);
    const found = [
      ...((await next('bodies', 'id')) as { id: string }[]),
      ...((await next('outcome_bodies', 'body_id')) as { id: string }[]),
    ];
    const ids = [...new Set(found.map(({ id }) => id))]
      .sort((a, b) => (a < b ? -1 : 1))
      .slice(0, AT_ONCE);
    if (ids.length === 0) return;
    last = ids.at(-1) ?? '';
    yield ids;
  }
}

async function* some(ids: readonly string[]): AsyncGenerator<string[]> {
  yield* chunksOf(ids, AT_ONCE);
}

/**
 * Works out what bodies are in the standing period by the newest rule: those that are due, with all networks
 * above them, or all of them when the period turns, the rule or the rates change. All or nothing, inside a
 * transaction, so that nobody sees half of it. Linear in the bodies that are due and what is known of them.
 */
export const refreshOutcomes = async (trx: Knex, day = today()): Promise<void> => {
  const state = (await trx('outcomes_state').first()) as {
    version: number;
    as_of: string;
    rule: string;
    stale: number;
  };
  const asOf = standingEnd(day);
  const rule = DEFAULT_RULE.version;
  const isAll = state.stale === 1 || state.as_of !== asOf || state.rule !== rule;
  const noted = isAll ? [] : await dueBodies(trx);
  if (isAll || noted.length > 0) {
    const version = await bodiesVersion(trx);
    const publishedIn = state.version + 1;
    const batches = isAll ? allBodies(trx) : some(await withNetworks(trx, noted, version));
    const changed = await workOut(trx, { asOf, version, publishedIn, at: now() }, batches);
    await trx('outcomes_state').update({
      as_of: asOf,
      rule,
      stale: 0,
      version: changed ? publishedIn : state.version,
    });
  }
  await trx('outcomes_due').delete();
};
