import type { Knex } from 'knex';
import { chunksOf, insertMany } from '../../shared/db';
import type { Member } from '../matching/match';
import type { ReportRow } from '../matching/report-row';
import { signature, type TieredMember } from '../matching/tiers';

const AT_ONCE = 400;

type Row = Record<string, string | number | null>;

/** Writes what changed of the members of some pairs' flows, and of nothing else. */
export const writeMembers = async (
  trx: Knex,
  rows: readonly ReportRow[],
  wanted: Map<string, TieredMember>,
  at: string,
): Promise<void> => {
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const before = new Map<string, TieredMember>();
  for (const some of chunksOf([...rowOf.keys()], AT_ONCE)) {
    const known = (await trx('flow_members')
      .whereIn('flow_id', some)
      .orWhereIn('record_id', some)) as (Row & { tiers: number })[];
    for (const row of known) {
      const member = {
        flowId: row.flow_id,
        recordId: row.record_id,
        basis: row.basis,
        state: row.state,
        tiers: row.tiers,
      } as TieredMember;
      before.set(signature(member), member);
    }
  }
  /** By flow and record, the tiers for which something about it changed. */
  const changed = new Map<string, number>();
  const note = ({ flowId, recordId }: Member, tiers: number) => {
    for (const id of [flowId, recordId]) changed.set(id, (changed.get(id) ?? 0) | tiers);
  };
  const gone = [...before].filter(([key]) => !wanted.has(key)).map(([, member]) => member);
  for (const member of gone) note(member, member.tiers);
  const fresh = [...wanted].filter(([key, { tiers }]) => before.get(key)?.tiers !== tiers);
  for (const [key, member] of fresh) note(member, member.tiers ^ (before.get(key)?.tiers ?? 0));

  const stale = [...gone, ...fresh.map(([, member]) => member)];
  for (const some of chunksOf(stale, AT_ONCE)) {
    await trx('flow_members')
      .whereIn(
        ['flow_id', 'record_id', 'basis', 'state'],
        some.map(({ flowId, recordId, basis, state }) => [flowId, recordId, basis, state]),
      )
      .delete();
  }
  await insertMany(
    trx,
    'flow_members',
    fresh.map(([, { flowId, recordId, basis, state, tiers }]) => ({
      flow_id: flowId,
      record_id: recordId,
      basis,
      state,
      tiers,
      source_id: rowOf.get(recordId)?.source_id ?? '',
      activity_key: rowOf.get(recordId)?.activity_key ?? null,
    })),
  );

  const absorbed = new Map<string, number>();
  for (const { recordId, tiers } of wanted.values())
    absorbed.set(recordId, (absorbed.get(recordId) ?? 0) | tiers);
  const byMask = new Map<number, string[]>();
  for (const { id, absorbed: was } of rows) {
    const mask = absorbed.get(id) ?? 0;
    if (mask !== was) byMask.set(mask, [...(byMask.get(mask) ?? []), id]);
  }
  for (const [mask, ids] of byMask)
    for (const some of chunksOf(ids, AT_ONCE))
      await trx('flows').whereIn('id', some).update({ absorbed: mask });

  // A time of change is shown to all who see the flow: only what the first of them sees changes it.
  const shown = [...changed]
    .filter(([id, tiers]) => ((tiers >> (rowOf.get(id)?.tier ?? 0)) & 1) === 1)
    .map(([id]) => id);
  for (const some of chunksOf(shown, AT_ONCE))
    await trx('flows').whereIn('id', some).where('updated_at', '<', at).update({ updated_at: at });
};
