import type { Knex } from 'knex';
import { chunksOf } from '../../shared/db';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';

/** A record of an agreement. */
export type AgreementRow = Stamp & {
  authority_key: string;
  organisation_key: string;
  title: string;
  agreement_kind: string;
  from_date: string | null;
  to_date: string | null;
};

const AT_ONCE = 400;

export const createAgreementStore = (db: Knex, viewer: Viewer) => ({
  /** All agreements under some keys of bodies on which authorities rely. */
  byOrganisationKeys: async (keys: readonly string[]): Promise<AgreementRow[]> => {
    const found: AgreementRow[] = [];
    for (const some of chunksOf(keys, AT_ONCE))
      found.push(
        ...((await visibleTo(db('agreements'), viewer, 'tier')
          .whereIn('organisation_key', some)
          .whereNull('withdrawn_at')
          .orderBy('id')) as AgreementRow[]),
      );
    return found;
  },
});
export type AgreementStore = ReturnType<typeof createAgreementStore>;
