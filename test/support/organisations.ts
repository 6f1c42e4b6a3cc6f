import { randomUUID } from 'node:crypto';
import {
  Authority,
  createOrganisationsSubgraph,
  type NewOrganisation,
  type NewSource,
  type OrganisationsSubgraph,
  ORGANISATIONS_MIGRATIONS,
} from '../../subgraphs/organisations';
import { openDatabase } from '../../subgraphs/shared/db';
import { Visibility } from '../../subgraphs/shared/viewer';

export const aSource = (more: Partial<NewSource> = {}): NewSource => ({
  id: 'src',
  title: 'A source',
  licence: 'CC0',
  visibility: Visibility.PUBLIC,
  retrievedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

export const anOrganisation = (
  more: Partial<NewOrganisation> & { key: string },
): NewOrganisation => ({
  recordId: more.key || randomUUID(),
  visibility: Visibility.PUBLIC,
  licence: 'CC0',
  name: more.key,
  kind: 'UNKNOWN',
  legalForm: 'UNKNOWN',
  identifiers: [more.key],
  authority: Authority.ABOUT_IT,
  ...more,
});

/** An organisations subgraph in memory, with every statement it runs. */
export const openOrganisations = async (): Promise<{
  subgraph: OrganisationsSubgraph;
  statements: string[];
}> => {
  const statements: string[] = [];
  const db = await openDatabase(':memory:', ORGANISATIONS_MIGRATIONS, (sql) =>
    statements.push(sql),
  );
  return { subgraph: createOrganisationsSubgraph(db), statements };
};

/** Writes one edition of a source. */
export const writeEdition = async (
  { write }: OrganisationsSubgraph,
  records: readonly NewOrganisation[],
  source: NewSource = aSource(),
) => {
  const edition = await write.openEdition(
    { sourceId: source.id, retrievedAt: source.retrievedAt },
    source,
  );
  await edition.organisations(records);
  return edition.commit();
};
