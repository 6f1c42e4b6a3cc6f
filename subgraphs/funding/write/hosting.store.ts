import type { Knex } from 'knex';
import { bodiesVersion } from '../../shared/bodies';
import { chunksOf, insertRows, type Value } from '../../shared/db';
import { compareTexts } from '../../shared/ids';
import { ALL_TIERS } from '../../shared/viewer';
import { createFactsStore } from '../classification/facts.store';
import { heldFlows, type Held, type OnBehalf } from '../hosting/hosting';
import { createHostWorldStore } from '../hosting/world.store';
import { dueByFlows } from './outcomes.store';
import { tiersPresent } from './tiers.store';

const AT_ONCE = 400;
const SIDES = ['provider', 'receiver'] as const;
const COLUMNS = SIDES.flatMap((side) =>
  ['key', 'basis', 'activity', 'tiers'].map((what) => `${side}_for_${what}`),
);

/** For whom a body stands on one side of a flow, as the columns of the side have it. */
type Side = [key: string | null, basis: string | null, activity: string | null, tiers: number];
const NOBODY: Side = [null, null, null, 0];

/** A side for all tiers: what the lowest tier sees; a tier that sees something else sees nobody. */
const sideOf = (byTier: readonly { bits: number; of: OnBehalf | undefined }[]): Side =>
  byTier.reduce<Side>((side, { bits, of }) => {
    if (!of) return side;
    const own: Side = [of.hostedKey, of.basis, of.activity, bits];
    if (side[0] === null) return own;
    return side.every((value, place) => place === 3 || value === own[place])
      ? [side[0], side[1], side[2], side[3] | bits]
      : side;
  }, NOBODY);

/** What follows from the records, by flow: {@link COLUMNS} in their order. */
const wantedOf = async (trx: Knex): Promise<Map<string, Value[]>> => {
  const tiers = await tiersPresent(trx);
  const version = await bodiesVersion(trx);
  const byTier: { bits: number; held: Map<string, Held> }[] = [];
  for (const [index, tier] of tiers.entries()) {
    const until = tiers[index + 1] ?? ALL_TIERS;
    const viewer = { tier, version };
    const world = await createHostWorldStore(trx, viewer, createFactsStore(trx, viewer)).read();
    byTier.push({ bits: (1 << until) - (1 << tier), held: heldFlows(world) });
  }
  const ids = new Set(byTier.flatMap(({ held }) => [...held.keys()]));
  return new Map(
    [...ids].map((id) => [
      id,
      SIDES.flatMap((side) =>
        sideOf(byTier.map(({ bits, held }) => ({ bits, of: held.get(id)?.[side] }))),
      ),
    ]),
  );
};

/** What is on record of who hosts whom, to see whether it changed. */
export const hostFacts = async (trx: Knex): Promise<string> =>
  JSON.stringify(await trx('facts').where({ kind: 'host' }).orderBy(['record', 'position']));

/** Whether it was never worked out for whom hosts hold money. */
export const isHostingDue = async (trx: Knex): Promise<boolean> =>
  ((await trx('hosting_state').first()) as { resolved: number } | undefined)?.resolved !== 1;

/**
 * Works out anew for whom hosts hold money, writes what changed of it, and notes whose outcomes hang on
 * that. It follows from host arrangements, activities with their participants, flows and bodies alone, and
 * is worked out whole, in whatever order these come or go: linear in the hosts' named money and small,
 * since most flows have nothing to do with a host.
 * @param at when: the time that what changed will bear.
 */
export const resolveHosting = async (trx: Knex, at: string): Promise<void> => {
  await trx('hosting_state').update({ resolved: 1 });
  // Each by its own index: with `or`, or without those that are on both sides, all flows would be read.
  const onSide = (side: string) =>
    trx('flows')
      .whereNotNull(`${side}_for_key`)
      .select('id', ...COLUMNS);
  const known = (await onSide('provider').unionAll(onSide('receiver'))) as (Record<
    string,
    Value
  > & {
    id: string;
  })[];
  const anyHost = (await trx('facts').where({ kind: 'host' }).first('kind')) as unknown;
  if (known.length === 0 && anyHost === undefined) return;
  const wanted = await wantedOf(trx);
  const before = new Map(
    known.map((row) => [row.id, COLUMNS.map((column) => row[column] ?? null)]),
  );
  const nobody = SIDES.flatMap(() => NOBODY);
  const changed = [...new Set([...before.keys(), ...wanted.keys()])]
    .sort(compareTexts)
    .filter(
      (id) => JSON.stringify(before.get(id) ?? nobody) !== JSON.stringify(wanted.get(id) ?? nobody),
    );
  if (changed.length === 0) return;
  const due = async () => {
    for (const some of chunksOf(changed, AT_ONCE))
      await dueByFlows(trx, (flows) => flows.whereIn('id', some));
  };
  await due();
  await trx.raw(
    `create temp table hosting (id varchar(255) primary key, ${COLUMNS.map((column) => `${column} ${column.endsWith('tiers') ? 'integer' : 'text'}`).join(', ')})`,
  );
  await insertRows(
    trx,
    'hosting',
    ['id', ...COLUMNS],
    changed.map((id) => [id, ...(wanted.get(id) ?? nobody)]),
  );
  // A time of change is shown to all who see the flow: only what the first of them sees changes it.
  const seenIn = (table: string, side: string) =>
    `coalesce(case when (${table}.${side}_for_tiers & (1 << flows.tier)) <> 0
      then ${table}.${side}_for_key || ' ' || ${table}.${side}_for_basis || ' ' || coalesce(${table}.${side}_for_activity, '') end, '')`;
  const shown = SIDES.map((side) => `${seenIn('flows', side)} <> ${seenIn('hosting', side)}`).join(
    ' or ',
  );
  await trx.raw(
    `update flows set updated_at = ? from hosting where hosting.id = flows.id and flows.updated_at < ? and (${shown})`,
    [at, at],
  );
  await trx.raw(
    `update flows set ${COLUMNS.map((column) => `${column} = hosting.${column}`).join(', ')} from hosting where hosting.id = flows.id`,
  );
  await trx.raw('drop table hosting');
  await due();
};
