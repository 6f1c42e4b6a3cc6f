import type { BodiesLoader } from '../shared/bodies';
import type { CodelistLoader } from './codelist/codelist.loader';
import type { CountryLoader } from './country/country.loader';
import type { HostLoader } from './host/host.loader';
import type { IdentifierReader } from './identity/registers';
import type { OrganisationLoader } from './organisation/organisation.loader';
import type { SourceLoader } from './source/source.loader';
import type { StatementLoader } from './statement/statement.loader';
import type { AccessLoader } from './access/access.loader';
import type { FiguresLoader } from './figures/figures.loader';

/** What the resolvers of one request share. */
export interface OrganisationsContext {
  organisations: OrganisationLoader;
  bodies: BodiesLoader;
  hosts: HostLoader;
  statements: StatementLoader;
  figures: FiguresLoader;
  accesses: AccessLoader;
  sources: SourceLoader;
  codelists: CodelistLoader;
  countries: CountryLoader;
  /** Reads identifiers against the register list, read at most once in a request. */
  identifierReader: () => Promise<IdentifierReader>;
}
