import type { Knex } from 'knex';
import { bodiesAt, keysAt, whereBodies } from '../../shared/bodies';
import type { BodyRow } from '../../shared/bodies-tables';
import { today } from '../../shared/dates';
import { checkListed, whereIn, whereInForce } from '../../shared/filters';
import { Modality, whereOutcome } from '../../shared/outcomes';
import { type PageArgs, pageOf } from '../../shared/paging';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { LegalForm, OrganisationKind, UnPlace } from '../../shared/vocabulary';
import type { Organisation } from './organisation';
import {
  type OrganisationFilter,
  ORGANISATION_ORDERS,
  type OrganisationOrder,
} from './organisation.args';
import type { OrganisationRecord } from './record';

const COLUMNS = [
  'bodies.id',
  'bodies.name',
  'bodies.sort_name',
  'bodies.kind',
  'bodies.legal_form',
  'bodies.country',
  'bodies.updated_at',
];

const toOrganisation = (row: BodyRow): Organisation => ({
  id: row.id,
  name: row.name,
  kind: row.kind as OrganisationKind,
  legalForm: row.legal_form as LegalForm,
  updatedAt: row.updated_at,
  countryCode: row.country,
  sortName: row.sort_name,
});

export const createOrganisationStore = (db: Knex, viewer: Viewer) => {
  const visible = () => bodiesAt(db('bodies'), viewer).select(COLUMNS);

  /** Bodies named by records of some sources. */
  const namedBy = (narrow: (records: Knex.QueryBuilder) => void) => {
    const records = keysAt(
      db('organisation_records')
        .join('body_keys', 'body_keys.key', 'organisation_records.key')
        .select('body_keys.id'),
      viewer,
    );
    narrow(visibleTo(records, viewer, 'tier'));
    return records;
  };

  /** Bodies with access to a seat of the United Nations today. */
  const withAccess = (places: readonly UnPlace[]) => {
    const accesses = keysAt(
      db('un_accesses')
        .join('body_keys', 'body_keys.key', 'un_accesses.key')
        .select('body_keys.id')
        .whereIn('un_accesses.place', places)
        .whereNull('un_accesses.withdrawn_at'),
      viewer,
    );
    whereInForce(accesses, { from: 'un_accesses.from_date', to: 'un_accesses.to_date' }, today());
    return visibleTo(accesses, viewer, 'un_accesses.tier');
  };

  const list = (filter: OrganisationFilter | undefined) => {
    const query = visible();
    whereIn(query, 'bodies.id', filter?.ids, 'ids');
    whereBodies(db, query, filter);
    whereOutcome(db, query, viewer, 'bodies.id', filter?.outcomes);
    if (filter?.updatedAfter) void query.where('bodies.updated_at', '>', filter.updatedAfter);
    if (!filter?.includeWithdrawn) void query.where('bodies.listed', 1);
    checkListed(filter?.unAccess, 'unAccess');
    if (filter?.unAccess) void query.whereIn('bodies.id', withAccess(filter.unAccess));
    const { sources, exceptSources } = filter ?? {};
    checkListed(sources, 'sources');
    checkListed(exceptSources, 'exceptSources');
    if (sources)
      void query.whereIn(
        'bodies.id',
        namedBy((records) => void records.whereIn('source_id', sources)),
      );
    if (exceptSources) {
      void query.whereIn(
        'bodies.id',
        namedBy((records) => void records.whereNotIn('source_id', exceptSources)),
      );
    }
    return query;
  };

  return {
    byIds: async (ids: readonly string[]): Promise<Organisation[]> =>
      ((await visible().whereIn('bodies.id', ids)) as BodyRow[]).map(toOrganisation),

    bySortNames: async (names: readonly string[]): Promise<Organisation[]> =>
      ((await visible().whereIn('bodies.sort_name', names).orderBy('bodies.id')) as BodyRow[]).map(
        toOrganisation,
      ),

    page: (
      { first, after }: PageArgs,
      filter: OrganisationFilter | undefined,
      order: OrganisationOrder,
    ) =>
      pageOf(
        () => list(filter),
        { first, after, order: ORGANISATION_ORDERS[order], scope: ['organisations', filter] },
        toOrganisation,
      ),

    /** How many of the organisations that a filter keeps are what, in the standing period. */
    countByOutcome: async (
      filter: OrganisationFilter | undefined,
    ): Promise<Map<Modality, number>> => {
      const rows = (await db
        .from(list(filter).clearSelect().select('bodies.id').as('listed'))
        .leftJoin('body_outcomes as known', (join) => {
          void join
            .on('known.body_id', 'listed.id')
            .onVal('known.tier_from', '<=', viewer.tier)
            .onVal('known.tier_until', '>', viewer.tier);
        })
        .select('known.outcome')
        .count({ organisations: '*' })
        .groupBy('known.outcome')) as {
        outcome: Modality | null;
        organisations: number | string;
      }[];
      const counts = new Map<Modality, number>();
      for (const { outcome, organisations } of rows) {
        const what = outcome ?? Modality.INSUFFICIENT_EVIDENCE;
        counts.set(what, (counts.get(what) ?? 0) + Number(organisations));
      }
      return counts;
    },

    /** The visible records of bodies, each with the id of its body. */
    recordsByIds: async (
      ids: readonly string[],
    ): Promise<(OrganisationRecord & { body_id: string })[]> => {
      const records = db('body_keys')
        .join('organisation_records', 'organisation_records.key', 'body_keys.key')
        .select('organisation_records.*', { body_id: 'body_keys.id' })
        .whereIn('body_keys.id', ids);
      return (await visibleTo(keysAt(records, viewer), viewer, 'tier')) as (OrganisationRecord & {
        body_id: string;
      })[];
    },
  };
};
export type OrganisationStore = ReturnType<typeof createOrganisationStore>;
