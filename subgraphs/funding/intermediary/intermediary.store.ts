import type { Knex } from 'knex';
import { bodiesAt, whereBodies } from '../../shared/bodies';
import { checkListed, whereIn } from '../../shared/filters';
import { Modality } from '../../shared/outcomes';
import { type PageArgs, pageOf } from '../../shared/paging';
import type { Viewer } from '../../shared/viewer';
import type { Intermediary } from './intermediary';
import {
  INTERMEDIARY_ORDERS,
  type IntermediaryFilter,
  type IntermediaryOrder,
} from './intermediary.args';

const PASSING_ON: readonly Modality[] = [Modality.INTERMEDIARY, Modality.HYBRID];

/** Bodies that outcomes worked out beforehand show to pass money on, for one viewer. */
export const createIntermediaryStore = (db: Knex, viewer: Viewer) => {
  /** Outcomes as the viewer's tier gets them; of a body there is one at most. */
  const outcomes = (wanted: readonly Modality[]) =>
    db('outcomes')
      .whereIn('outcomes.outcome', wanted)
      .where('outcomes.tier_from', '<=', viewer.tier)
      .where('outcomes.tier_until', '>', viewer.tier);

  const list = (filter: IntermediaryFilter | undefined, ids = filter?.ids) => {
    checkListed(filter?.outcomes, 'outcomes');
    const wanted = PASSING_ON.filter((outcome) => filter?.outcomes?.includes(outcome) ?? true);
    const query = bodiesAt(db('bodies'), viewer)
      .select('bodies.id')
      // Read beside each row of a page, so that pages come from the bodies in their order.
      .select({
        outcome: outcomes(wanted)
          .select('outcomes.outcome')
          .whereRaw('?? = ??', ['outcomes.body_id', 'bodies.id']),
      })
      .whereIn('bodies.id', outcomes(wanted).select('outcomes.body_id'))
      // As in lists of organisations: a body that only withdrawn records name is in none.
      .where('bodies.listed', 1);
    whereIn(query, 'bodies.id', ids, 'ids');
    whereBodies(db, query, filter);
    return query;
  };

  return {
    byIds: async (ids: readonly string[]): Promise<Intermediary[]> =>
      (await list(undefined, [...ids])) as Intermediary[],

    page: (
      { first, after }: PageArgs,
      filter: IntermediaryFilter | undefined,
      order: IntermediaryOrder,
    ) =>
      pageOf(
        () => list(filter),
        { first, after, order: INTERMEDIARY_ORDERS[order], scope: ['intermediaries', filter] },
        ({ id, outcome }: Intermediary): Intermediary => ({ id, outcome }),
      ),
  };
};
export type IntermediaryStore = ReturnType<typeof createIntermediaryStore>;
