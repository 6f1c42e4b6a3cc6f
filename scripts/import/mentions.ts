import { Authority, type NewOrganisation } from '../../subgraphs/organisations';
import { Visibility } from '../../subgraphs/shared/viewer';
import { kindOfCode, LegalForm } from '../../subgraphs/shared/vocabulary';
import { ownText } from './own-text';

/** A body as a file names it. */
export interface Mention {
  key: string;
  /** Its identifier as written, if the file gives one that means the same everywhere. */
  raw: string | null;
  name: string | null;
  /** What kind of body it is, in the file's own code, if given. */
  type: string | null;
  reports: boolean;
}

interface Named {
  raws: Set<string>;
  names: Set<string>;
  type: string | null;
  reports: boolean;
}

const NAMES_KEPT = 20;

/** What a file's code for a kind of body means. */
export type Describe = (type: string | null) => Pick<NewOrganisation, 'kind' | 'legalForm'>;

const byOrganisationType: Describe = (type) => ({
  kind: kindOfCode(type),
  legalForm: LegalForm.UNKNOWN,
});

/**
 * All that a file says of the bodies it names: one record per body.
 * @param describe by default after IATI's OrganisationType.
 */
export const createMentions = (describe: Describe = byOrganisationType) => {
  const bodies = new Map<string, Named>();
  return {
    add: ({ key, raw, name, type, reports }: Mention) => {
      const body = bodies.get(key) ?? {
        raws: new Set(),
        names: new Set(),
        type: null,
        reports: false,
      };
      if (raw !== null && !body.raws.has(raw)) body.raws.add(ownText(raw));
      if (name !== null && body.names.size < NAMES_KEPT && !body.names.has(name))
        body.names.add(ownText(name));
      body.type ??= type === null ? null : ownText(type);
      body.reports ||= reports;
      bodies.set(key, body);
    },
    records: (licence: string): NewOrganisation[] =>
      [...bodies].map(([key, { raws, names, type, reports }]) => {
        const [name = null, ...aliases] = names;
        return {
          recordId: `organisation ${key}`,
          visibility: Visibility.PUBLIC,
          licence,
          key,
          name,
          aliases,
          identifiers: [...raws],
          ...describe(type),
          authority: reports ? Authority.REPORTER : Authority.MENTION,
        };
      }),
  };
};
export type Mentions = ReturnType<typeof createMentions>;
