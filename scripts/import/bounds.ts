import { Authority, type NewOrganisation } from '../../subgraphs/organisations';
import { normaliseIdentifier } from '../../subgraphs/shared/ids';

/** What an import is held to that speaks for a partner and for nobody else. */
export interface Bounds {
  /** The identifiers under which the partner publishes, as a steward registered them. */
  readonly publishers: readonly string[];
  /**
   * Called when all is read and before any of it stands, with how many records were taken.
   * @throws BrokenFile to refuse the whole file.
   */
  readonly beforeStanding?: (taken: number) => void;
}

/** The code of a record that another publisher has to report. */
export const NOT_ITS_OWN = 'NOT_ITS_OWN';

/** Whether an identifier is one under which the partner publishes. */
export const isOwn = ({ publishers }: Bounds, identifier: string | null | undefined): boolean => {
  const key = normaliseIdentifier(identifier ?? '');
  return key !== '' && publishers.some((publisher) => normaliseIdentifier(publisher) === key);
};

/** Whether an identifier of a record begins with one under which the partner publishes. */
const isWithin = ({ publishers }: Bounds, identifier: string | null): boolean => {
  const key = normaliseIdentifier(identifier ?? '');
  return publishers.some((publisher) => {
    const own = normaliseIdentifier(publisher);
    // Or `GB-CHC-1` would speak for `GB-CHC-12`.
    return key.startsWith(own) && /^[^\p{L}\p{N}]/u.test(key.slice(own.length));
  });
};

/** Why records that some bodies report are not the partner's own; null if they are. */
export const faultOfReporters = (
  bounds: Bounds,
  reporters: readonly (string | null)[],
): string | null => {
  const foreign = reporters.find((reporter) => !isOwn(bounds, reporter));
  if (foreign === undefined && reporters.length > 0) return null;
  const own = bounds.publishers.join(' or ') || 'nobody';
  return `it is reported by ${foreign ?? 'nobody with an identifier'}; this feed speaks for ${own}.`;
};

/**
 * Why a report under an identifier is not the partner's own; null if it is. Of two reports under one
 * identifier the newer counts, whoever says that it reports: so both are looked at.
 */
export const faultOfReport = (
  bounds: Bounds,
  reporters: readonly (string | null)[],
  identifier: string | null,
): string | null => {
  const fault = faultOfReporters(bounds, reporters);
  if (fault !== null || isWithin(bounds, identifier)) return fault;
  return `its identifier ${identifier ?? ''} does not begin with ${bounds.publishers.join(' or ')} and a mark.`;
};

/**
 * What a feed may say of a body: of its own all; of others, as its own word beside theirs, which is never
 * believed before theirs, and joins no body with another.
 */
export const withinBounds = (bounds: Bounds, record: NewOrganisation): NewOrganisation => ({
  ...record,
  // A link joins bodies for everybody, whoever says it.
  identifiers: (record.identifiers ?? []).filter(
    (identifier) =>
      normaliseIdentifier(identifier) === record.key ||
      (isOwn(bounds, record.key) && isOwn(bounds, identifier)),
  ),
  authority: isOwn(bounds, record.key) ? record.authority : Authority.BESIDE,
});
