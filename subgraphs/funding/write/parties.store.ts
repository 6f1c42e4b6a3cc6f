import type { Knex } from 'knex';
import { FOREVER } from '../../shared/db';
import { PartyBasis } from '../flow/flow-kind';
import { MATCHED_KINDS } from '../matching/stages';
import { touchBetween, touchFlows } from './matching.store';

/** An identifier on the record itself decides; anything weaker gives way to where the link leads. */
const LED_TO = [
  PartyBasis.UNKNOWN,
  PartyBasis.NAME,
  PartyBasis.ACTIVITY_REPORTER,
  PartyBasis.ACTIVITY_REFERENCE,
];

/** What a write changed, on which the parties of other flows may hang. */
export interface Touched {
  /** The source whose edition was written, if one was. */
  sourceId: string | null;
  /** The version of the bodies before the write. */
  bodiesSince: number;
  /** When: the time that the edition's rows bear. */
  at: string;
}

/**
 * Finds the parties of flows that name an activity on that side, and no identifier: the body that reports the
 * activity, unless it is the flow's own; else, where the reference is really an organisation's, that body. Repeated whenever
 * records or bodies change, so that links resolve in whatever order files come, and come undone.
 * Only public rows decide, for everyone alike. Linear in the flows of the source and in those that
 * name an activity or a body that changed.
 *
 * Reports of one transfer find each other by the bodies that report the activities which they name,
 * whatever identifiers they give those bodies; so these are found for every flow that names one.
 */
export const resolveParties = async (
  trx: Knex,
  { sourceId, bodiesSince, at }: Touched,
): Promise<void> => {
  const changed = `select key from body_keys where version_from > ? or version_until between ? and ${FOREVER - 1}
    union select k.key from body_keys k join bodies b on b.id = k.id
      where b.version_from > ? or b.version_until between ? and ${FOREVER - 1}`;
  const since = [bodiesSince, bodiesSince + 1, bodiesSince, bodiesSince + 1];
  for (const side of ['provider', 'receiver'] as const) {
    await trx.raw(
      `create temp table linked as
       select f.id, f.${side}_activity_key as reference, f.${side}_named_key as named, f.${side}_key as known,
         f.${side}_basis as basis, f.match_provider_key as provider_key, f.match_receiver_key as receiver_key,
         case when f.updated_at = ? then 0 else 1 end as older,
         case when f.kind in (${MATCHED_KINDS.map(() => '?').join(', ')}) then 1 else 0 end as matchable
       from flows f
       where f.${side}_activity_key <> f.activity_key
         and (f.source_id = ?
           or f.${side}_activity_key in (select key from activities where source_id = ?)
           or f.${side}_activity_key in (${changed}))`,
      [at, ...MATCHED_KINDS, sourceId, sourceId, ...since],
    );
    const { older } = (await trx('linked').max({ older: 'older' }).first()) as {
      older: number | null;
    };
    if (older === null) {
      await trx.raw('drop table linked');
      continue;
    }
    // What was written now will be matched for that, and is as new as it can be.
    const anyOlder = older === 1;
    if (anyOlder) await touchBetween(trx, 'linked', (linked) => linked.where('older', 1));
    await trx.raw(
      // Many flows name the same few activities, so what those lead to is looked up once for each.
      `create temp table led as
       with leads as materialized (
         select reference,
           (select min(a.reporter_key) from activities a where a.key = reference
             and a.tier = 0 and a.withdrawn_at is null and a.superseded_from > 0) as reporter,
           (select k.key from body_keys k where k.key = reference and +k.version_until = ${FOREVER}
             and exists (select 1 from bodies b where b.id = k.id and +b.version_until = ${FOREVER} and b.tier_from = 0)) as body
         from (select distinct reference from linked) as named_once),
       found as (
         select linked.*, reporter, body,
           case when basis in (${LED_TO.map(() => '?').join(', ')}) then 1 else 0 end as weak
         from linked join leads on leads.reference = linked.reference),
       decided as (
         select id, older, known, ${side}_key as matched, basis as was,
           case when weak = 1 then coalesce(reporter, body, named) else known end as key,
           case when weak = 0 then basis when reporter is not null then ? when body is not null then ?
             when named is not null then ? else ? end as basis,
           case when matchable = 0 then null when weak = 1 then coalesce(reporter, body, named)
             else coalesce(reporter, known) end as match_key
         from found)
       select id, older, key, basis, match_key,
         case when coalesce(known, '') <> coalesce(key, '') then 1 else 0 end as shown
       from decided
       where coalesce(known, '') <> coalesce(key, '') or coalesce(matched, '') <> coalesce(match_key, '')`,
      [
        ...LED_TO,
        PartyBasis.ACTIVITY_REPORTER,
        PartyBasis.ACTIVITY_REFERENCE,
        PartyBasis.NAME,
        PartyBasis.UNKNOWN,
      ],
    );
    await trx.raw(
      `update flows set ${side}_key = led.key, ${side}_basis = led.basis, match_${side}_key = led.match_key
       from led where led.id = flows.id`,
    );
    if (anyOlder) {
      await trx.raw(
        'update flows set updated_at = ? where id in (select id from led where shown = 1 and older = 1) and updated_at < ?',
        [at, at],
      );
      await touchFlows(trx, (flows) =>
        flows.whereIn('id', trx('led').select('id').where('older', 1)),
      );
    }
    await trx.raw('drop table linked');
    await trx.raw('drop table led');
  }
};
