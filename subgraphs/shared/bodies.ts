import DataLoader from 'dataloader';
import type { Knex } from 'knex';
import {
  type BodyKeyRow,
  type BodyRow,
  type BodyTagRow,
  type BodyWordRow,
  tag,
} from './bodies-tables';
import { chunksOf, insertMany, inSnapshot, prefixRange, type Value } from './db';
import { compareTexts, wordsOf } from './ids';
import { checkListed, whereIn } from './filters';
import type { Viewer } from './viewer';

/** What changed in the bodies' read model between two versions: what a follower has to copy. */
export interface BodiesPublication {
  since: number;
  version: number;
  keys: BodyKeyRow[];
  bodies: BodyRow[];
  tags: BodyTagRow[];
  words: BodyWordRow[];
}

/** Old states are kept for requests that began under them, this many versions back. */
export const VERSIONS_KEPT = 8;
const AT_ONCE = 500;

/** The version of the read model that this database holds. */
export const bodiesVersion = async (db: Knex): Promise<number> => {
  const row = (await db('bodies_state').first()) as { version: number } | undefined;
  return row?.version ?? 0;
};

/** Forgets the states that no request can still be reading. */
export const purgeBodies = async (db: Knex, version: number): Promise<void> => {
  if (version <= VERSIONS_KEPT) return;
  const gone = db('bodies')
    .select('row_id')
    .where('version_until', '<=', version - VERSIONS_KEPT);
  await db('body_tags').whereIn('row_id', gone.clone()).delete();
  await db('body_words').whereIn('row_id', gone.clone()).delete();
  await db('bodies')
    .where('version_until', '<=', version - VERSIONS_KEPT)
    .delete();
  await db('body_keys')
    .where('version_until', '<=', version - VERSIONS_KEPT)
    .delete();
};

/** What changed after a version, for a follower. Owned by the subgraph that decides who is who. */
export const publishBodies = (db: Knex, since: number): Promise<BodiesPublication> =>
  inSnapshot(db, async (trx) => {
    const version = await bodiesVersion(trx);
    const changed = (table: string) =>
      trx(table).where((either) => {
        void either
          .whereBetween('version_from', [since + 1, version])
          .orWhereBetween('version_until', [since + 1, version]);
      });
    const fresh = trx('bodies')
      .select('row_id')
      .whereBetween('version_from', [since + 1, version]);
    return {
      since,
      version,
      keys: (await changed('body_keys')) as BodyKeyRow[],
      bodies: (await changed('bodies')) as BodyRow[],
      tags: (await trx('body_tags').whereIn('row_id', fresh.clone())) as BodyTagRow[],
      words: (await trx('body_words').whereIn('row_id', fresh.clone())) as BodyWordRow[],
    };
  });

/** A way to publish that several followers share: what all of them have to copy is read once. */
export const publishOnce = <Publication>(
  publish: (since: number) => Promise<Publication>,
): ((since: number) => Promise<Publication>) => {
  const published = new Map<number, Promise<Publication>>();
  return (since) => {
    const publication = published.get(since) ?? publish(since);
    published.set(since, publication);
    return publication;
  };
};

/**
 * Copies what the owner has published since, inside a transaction of the follower's.
 * @returns whether there was anything to copy.
 */
export const followBodies = async (
  trx: Knex,
  publish: (since: number) => Promise<BodiesPublication>,
): Promise<boolean> => {
  const since = await bodiesVersion(trx);
  const { version, keys, bodies, tags, words } = await publish(since);
  if (version === since) return false;
  // Only what began before can be here already.
  const known = <T extends { version_from: number }>(rows: readonly T[]) =>
    chunksOf(
      rows.filter((row) => row.version_from <= since),
      AT_ONCE,
    );
  for (const some of known(bodies)) {
    await trx('bodies')
      .whereIn(
        'row_id',
        some.map((row) => row.row_id),
      )
      .delete();
  }
  for (const some of known(keys)) {
    await trx('body_keys')
      .whereIn(
        ['key', 'version_from'],
        some.map((row) => [row.key, row.version_from]),
      )
      .delete();
  }
  const copied = { bodies, body_keys: keys, body_tags: tags, body_words: words };
  // One after the other: when the disk is full SQLite undoes the transaction, and what is sent after
  // that would stand alone.
  for (const [table, rows] of Object.entries(copied))
    await insertMany(trx, table, rows as unknown as Record<string, Value>[]);
  await purgeBodies(trx, version);
  await trx('bodies_state').update({ version });
  return true;
};

/** Keeps the rows of `body_keys` (under an alias) that hold in the viewer's version. */
export const keysAt = (
  query: Knex.QueryBuilder,
  { version }: Viewer,
  alias = 'body_keys',
): Knex.QueryBuilder =>
  query.where(`${alias}.version_from`, '<=', version).where(`${alias}.version_until`, '>', version);

/** Keeps the rows of `bodies` (under an alias) that exist for the viewer. */
export const bodiesAt = (
  query: Knex.QueryBuilder,
  { tier, version }: Viewer,
  alias = 'bodies',
): Knex.QueryBuilder =>
  query
    .where(`${alias}.version_from`, '<=', version)
    .where(`${alias}.version_until`, '>', version)
    .where(`${alias}.tier_from`, '<=', tier)
    .where(`${alias}.tier_until`, '>', tier);

/**
 * Keeps the rows of `body_keys` (under an alias) whose body exists for the viewer: a key of a hidden
 * body means nothing, as if no record had it.
 */
export const keysSeenBy = (
  db: Knex,
  query: Knex.QueryBuilder,
  viewer: Viewer,
  alias = 'body_keys',
): Knex.QueryBuilder =>
  keysAt(query, viewer, alias).whereExists(
    bodiesAt(db('bodies as seen').select('seen.row_id'), viewer, 'seen').whereRaw('?? = ??', [
      'seen.id',
      `${alias}.id`,
    ]),
  );

/** Keeps the rows whose body key is one of these bodies, by any of their ids' keys; hidden bodies match nothing. */
export const whereBody = (
  db: Knex,
  query: Knex.QueryBuilder,
  viewer: Viewer,
  column: string,
  ids: readonly string[] | undefined,
  name: string,
): void => {
  checkListed(ids, name);
  if (!ids) return;
  const keys = db('body_keys as named').select('named.key').whereIn('named.id', ids);
  void query.whereIn(column, keysSeenBy(db, keys, viewer, 'named'));
};

/** What bodies can be narrowed by, wherever they are listed. */
export interface BodyCriteria {
  text?: string;
  countries?: string[];
  regions?: string[];
  kinds?: string[];
  legalForms?: string[];
  themes?: string[];
  constituencies?: string[];
}

/** Narrows a query over `bodies` (under an alias) by what is known of the bodies. */
export const whereBodies = (
  db: Knex,
  query: Knex.QueryBuilder,
  criteria: BodyCriteria | undefined,
  alias = 'bodies',
): void => {
  if (!criteria) return;
  for (const word of wordsOf(criteria.text ?? '')) {
    void query.whereIn(
      `${alias}.row_id`,
      db('body_words').select('row_id').whereBetween('word', prefixRange(word)),
    );
  }
  if (criteria.text !== undefined && wordsOf(criteria.text).length === 0)
    void query.whereRaw('1 = 0');
  whereIn(
    query,
    `${alias}.country`,
    criteria.countries?.map((code) => code.toUpperCase()),
    'countries',
  );
  whereIn(query, `${alias}.kind`, criteria.kinds, 'kinds');
  whereIn(query, `${alias}.legal_form`, criteria.legalForms, 'legalForms');
  const tagged = (
    kind: 'theme' | 'constituency' | 'region',
    codes: string[] | undefined,
    name: string,
  ) => {
    checkListed(codes, name);
    if (!codes) return;
    const tags = codes.map((code) => tag(kind, code));
    void query.whereIn(`${alias}.row_id`, db('body_tags').select('row_id').whereIn('tag', tags));
  };
  tagged('theme', criteria.themes, 'themes');
  tagged('constituency', criteria.constituencies, 'constituencies');
  tagged('region', criteria.regions, 'regions');
};

/** One request's way between bodies' ids and the keys under which records name them; hidden bodies have neither. */
export const createBodiesLoader = (db: Knex, viewer: Viewer) => ({
  /** The body that a key means, or null. */
  idOf: new DataLoader<string, string | null>(async (keys) => {
    const ids = new Map<string, string>();
    for (const some of chunksOf([...keys], AT_ONCE)) {
      const rows = (await keysSeenBy(
        db,
        db('body_keys').whereIn('key', some),
        viewer,
      )) as BodyKeyRow[];
      for (const row of rows) ids.set(row.key, row.id);
    }
    return keys.map((key) => ids.get(key) ?? null);
  }),

  /** All keys under which a body is named. */
  keysOf: new DataLoader<string, string[]>(async (ids) => {
    const keys = new Map<string, string[]>();
    for (const some of chunksOf([...ids], AT_ONCE)) {
      const rows = (await keysSeenBy(
        db,
        db('body_keys').whereIn('id', some),
        viewer,
      )) as BodyKeyRow[];
      for (const row of rows) keys.set(row.id, [...(keys.get(row.id) ?? []), row.key]);
    }
    return ids.map((id) => (keys.get(id) ?? []).sort(compareTexts));
  }),
});
export type BodiesLoader = ReturnType<typeof createBodiesLoader>;
