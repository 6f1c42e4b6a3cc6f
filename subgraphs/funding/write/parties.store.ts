import type { Knex } from 'knex';
import { now } from '../../shared/dates';
import { FOREVER } from '../../shared/db';
import { PartyBasis } from '../flow/flow-kind';

/** An identifier on the record itself decides; anything weaker gives way to where the link leads. */
const LED_TO = [
  PartyBasis.UNKNOWN,
  PartyBasis.NAME,
  PartyBasis.ACTIVITY_REPORTER,
  PartyBasis.ACTIVITY_REFERENCE,
];

/**
 * Finds the parties of flows that name an activity on that side, and no identifier: the body that reports the
 * activity; else, where the reference is really an organisation's, that body. Repeated whenever
 * records or bodies change, so that links resolve in whatever order files come, and come undone.
 * Only public rows decide, for everyone alike. Linear in the flows that name an activity only.
 */
export const resolveParties = async (trx: Knex): Promise<void> => {
  for (const side of ['provider', 'receiver'] as const) {
    const reference = `flows.${side}_activity_key`;
    const reporter = `(select min(a.reporter_key) from activities a where a.key = ${reference}
      and a.tier = 0 and a.withdrawn_at is null and a.superseded_from > 0 and a.id <> flows.activity_record)`;
    const body = `(select k.key from body_keys k where k.key = ${reference} and k.version_until = ${FOREVER}
      and exists (select 1 from bodies b where b.id = k.id and b.version_until = ${FOREVER} and b.tier_from = 0))`;
    const named = `${side}_named_key`;
    const wanted = `coalesce(${reporter}, ${body}, ${named})`;
    await trx('flows')
      .whereNotNull(`${side}_activity_key`)
      .whereIn(`${side}_basis`, LED_TO)
      .whereRaw(`coalesce(${side}_key, '') <> coalesce(${wanted}, '')`)
      .update({
        updated_at: now(),
        [`${side}_key`]: trx.raw(wanted),
        [`${side}_basis`]: trx.raw(
          `case when ${reporter} is not null then ? when ${body} is not null then ? when ${named} is not null then ? else ? end`,
          [
            PartyBasis.ACTIVITY_REPORTER,
            PartyBasis.ACTIVITY_REFERENCE,
            PartyBasis.NAME,
            PartyBasis.UNKNOWN,
          ],
        ),
      });
  }
};
