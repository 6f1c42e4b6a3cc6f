import type { Knex } from 'knex';
import { registerEnumType } from 'type-graphql';

/** Who may see a row. Each tier sees its own rows and those of the tiers before it. */
export enum Visibility {
  PUBLIC = 'PUBLIC',
  PARTNER = 'PARTNER',
  DONOR = 'DONOR',
  STEWARD = 'STEWARD',
}
registerEnumType(Visibility, {
  name: 'Visibility',
  description: 'Who may see a row: each tier sees its own rows and those of the tiers before it.',
  valuesConfig: {
    PUBLIC: { description: 'Everyone.' },
    PARTNER: { description: 'Partner networks that publish into the graph, and those after.' },
    DONOR: { description: 'Donors with a key, and stewards.' },
    STEWARD: { description: 'Those who look after the data.' },
  },
});

const TIERS = [Visibility.PUBLIC, Visibility.PARTNER, Visibility.DONOR, Visibility.STEWARD];

/** One past the highest tier: the upper end of "visible to everyone from tier x on". */
export const ALL_TIERS = TIERS.length;

/** The tier's rank, 0 for PUBLIC; this number is what tables hold. */
export const tierOf = (visibility: Visibility): number => TIERS.indexOf(visibility);

/** The tier of a rank, as tables hold it. */
export const visibilityOf = (tier: number): Visibility => TIERS[tier] ?? Visibility.STEWARD;

/**
 * Who asks, and which state of the bodies' read model this request sees. The version is fixed when
 * the request begins, so one body has one id everywhere in its answer.
 */
export interface Viewer {
  readonly tier: number;
  readonly version: number;
}

/** The viewer as the `peacegraph-viewer` header of a signed request: a dictionary (RFC 8941). */
export const formatViewer = ({ tier, version }: Viewer): string =>
  `tier=${tier}, version=${version}`;

/** The viewer of a header that `formatViewer` wrote, or null if it is anything else. */
export const parseViewer = (header: unknown): Viewer | null => {
  const [, tier, version] =
    /^tier=(\d{1,2}), version=(\d{1,10})$/.exec(typeof header === 'string' ? header : '') ?? [];
  if (tier === undefined || version === undefined || Number(tier) >= ALL_TIERS) return null;
  return { tier: Number(tier), version: Number(version) };
};

/**
 * Keeps the rows that exist for this viewer. Stores call it before any filter, count or cursor.
 * @param column the integer column with the row's tier.
 */
export const visibleTo = (
  query: Knex.QueryBuilder,
  { tier }: Viewer,
  column: string,
): Knex.QueryBuilder => query.where(column, '<=', tier);
