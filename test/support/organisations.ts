import { randomUUID } from 'node:crypto';
import {
  Authority,
  type NewOrganisation,
  type NewSource,
  type OrganisationsSubgraph,
} from '../../subgraphs/organisations';
import { Visibility } from '../../subgraphs/shared/viewer';
import { openTestGraph } from './databases';

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

/** An organisations subgraph that is still empty, with every statement it runs. */
export const openOrganisations = async (): Promise<{
  subgraph: OrganisationsSubgraph;
  statements: string[];
  close: () => Promise<void>;
}> => {
  const statements: string[] = [];
  const graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'organisations' && statements.push(sql)),
  );
  return { subgraph: graph.organisations, statements, close: () => graph.close() };
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
