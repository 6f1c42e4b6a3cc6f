import type { Knex } from 'knex';
import { bodiesVersion, createBodiesLoader } from '../shared/bodies';
import { federatedSchema, type Subgraph } from '../shared/subgraph';
import type { Viewer } from '../shared/viewer';
import { createAccessLoader } from './access/access.loader';
import { UnAccessResolver } from './access/access.resolver';
import { createAccessStore } from './access/access.store';
import { createCodelistLoader } from './codelist/codelist.loader';
import { CodelistResolver } from './codelist/codelist.resolver';
import { createCodelistStore } from './codelist/codelist.store';
import type { OrganisationsContext } from './context';
import { createCountryLoader } from './country/country.loader';
import { CountryResolver, resolveCountry, resolveRegion } from './country/country.resolver';
import { createCountryStore } from './country/country.store';
import { createFiguresLoader } from './figures/figures.loader';
import { AnnualFiguresResolver } from './figures/figures.resolver';
import { createFiguresStore } from './figures/figures.store';
import { createHostLoader } from './host/host.loader';
import { HostArrangementResolver } from './host/host.resolver';
import { createHostStore } from './host/host.store';
import { createIdentifierReader, type IdentifierReader } from './identity/registers';
import { createOrganisationLoader } from './organisation/organisation.loader';
import { OrganisationResolver, resolveOrganisation } from './organisation/organisation.resolver';
import { createOrganisationStore } from './organisation/organisation.store';
import { createSourceLoader } from './source/source.loader';
import { ProvenanceResolver, resolveSource, SourceResolver } from './source/source.resolver';
import { createSourceStore } from './source/source.store';
import { createStatementLoader } from './statement/statement.loader';
import { StatementResolver } from './statement/statement.resolver';
import { createStatementStore } from './statement/statement.store';
import { createOrganisationsWrite, type OrganisationsWrite } from './write';
import { readRegisters } from './write/read-model.store';

export { MIGRATIONS as ORGANISATIONS_MIGRATIONS } from './migrations';
export {
  Authority,
  bodyKey,
  type NewOrganisation,
  type NewSource,
  type OrganisationsEdition,
} from './write';
export type { NewCodelist, NewCountry, NewRegion, NewRegister } from './write/reference.store';

export interface OrganisationsSubgraph extends Subgraph<OrganisationsContext> {
  write: OrganisationsWrite;
}

const federated = federatedSchema<OrganisationsContext>({
  resolvers: [
    OrganisationResolver,
    HostArrangementResolver,
    StatementResolver,
    AnnualFiguresResolver,
    UnAccessResolver,
    SourceResolver,
    ProvenanceResolver,
    CodelistResolver,
    CountryResolver,
  ],
  references: {
    Organisation: resolveOrganisation,
    Source: resolveSource,
    Country: resolveCountry,
    Region: resolveRegion,
  },
});

/** The subgraph of bodies: who they are, under which identifiers, who hosts whom, who says so. */
export const createOrganisationsSubgraph = (db: Knex): OrganisationsSubgraph => ({
  name: 'organisations',
  db,
  get schema() {
    return federated().schema;
  },
  get sdl() {
    return federated().sdl;
  },
  version: () => bodiesVersion(db),
  context: (viewer: Viewer) => {
    let reader: Promise<IdentifierReader> | undefined;
    const identifierReader = () => (reader ??= readRegisters(db).then(createIdentifierReader));
    const bodies = createBodiesLoader(db, viewer);
    return {
      organisations: createOrganisationLoader(createOrganisationStore(db, viewer), bodies),
      bodies,
      hosts: createHostLoader(createHostStore(db, viewer)),
      statements: createStatementLoader(createStatementStore(db, viewer)),
      figures: createFiguresLoader(createFiguresStore(db, viewer)),
      accesses: createAccessLoader(createAccessStore(db, viewer)),
      sources: createSourceLoader(createSourceStore(db, viewer), identifierReader),
      codelists: createCodelistLoader(createCodelistStore(db)),
      countries: createCountryLoader(createCountryStore(db)),
      identifierReader,
    };
  },
  write: createOrganisationsWrite(db),
});
