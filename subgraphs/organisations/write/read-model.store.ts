import type { Knex } from 'knex';
import { purgeBodies } from '../../shared/bodies';
import { type BodyKeyRow, type BodyRow, primaryLanguage, tag } from '../../shared/bodies-tables';
import { chunksOf, FOREVER, insertMany } from '../../shared/db';
import { now } from '../../shared/dates';
import { foldText, hashOf, indexable, wordsOf } from '../../shared/ids';
import { readTexts } from '../../shared/provenance';
import { ALL_TIERS } from '../../shared/viewer';
import { canonicalKeys, type Link } from '../identity/components';
import { createIdentifierReader, rankOf, type Register } from '../identity/registers';
import { byAuthority, describe, type OrganisationRecord } from '../organisation/record';

const AT_ONCE = 400;

/** Every register that the list names, with its former prefixes. */
export const readRegisters = async (db: Knex): Promise<Register[]> => {
  const rows = (await db('registers')) as {
    code: string;
    deprecated: number;
    former_prefixes: string;
  }[];
  return rows.map((row) => ({
    code: row.code,
    deprecated: row.deprecated === 1,
    formerPrefixes: readTexts(row.former_prefixes),
  }));
};

/** The body of each key that is not a body of its own name, by all public links that stand. */
const readMerges = async (db: Knex): Promise<Map<string, string>> => {
  const read = createIdentifierReader(await readRegisters(db));
  // Hidden links merge nothing: an id is the same for everyone who sees it.
  const links = (await db('identity_links')
    .join('organisation_records', 'organisation_records.id', 'identity_links.parent_id')
    .select({ key: 'identity_links.key', sameAs: 'same_as' })
    .where('tier', 0)
    .whereNull('withdrawn_at')) as Link[];
  const keys = (await db('organisation_records').distinct('key').where('tier', 0)) as {
    key: string;
  }[];
  for (const { key } of keys) {
    const { presentForm } = read(key);
    if (presentForm !== null) links.push({ key, sameAs: presentForm });
  }
  return canonicalKeys(
    links,
    (a, b) => rankOf(a, read) - rankOf(b, read) || (a < b ? -1 : a > b ? 1 : 0),
  );
};

/** Written so that SQLite looks up those that are named: it takes few to be current, and nearly all are. */
const IS_CURRENT = `+version_until = ${FOREVER}`;

type Content = Omit<BodyRow, 'row_id' | 'version_from' | 'version_until' | 'updated_at'> & {
  tags: string[];
  words: string[];
};

const contentOf = (
  id: string,
  records: readonly OrganisationRecord[],
  regionsOf: Map<string, string[]>,
) => {
  const description = describe(id, records);
  const { name, aliases, identifiers, country, themes, constituencies, languages } = description;
  return {
    id,
    name,
    sort_name: indexable(foldText(name)),
    kind: description.kind,
    legal_form: description.legalForm,
    country,
    listed: records.some((record) => record.withdrawn_at === null) ? 1 : 0,
    digest: hashOf(
      byAuthority(records).map((record) => [
        record.id,
        record.hash,
        record.withdrawn_at,
        record.key,
      ]),
      country && regionsOf.get(country),
    ),
    tags: [
      ...themes.map((code) => tag('theme', code)),
      ...constituencies.map((code) => tag('constituency', code)),
      ...new Set(languages.map((code) => tag('language', primaryLanguage(code)))),
      ...(country === null ? [] : (regionsOf.get(country) ?? [])).map((code) =>
        tag('region', code),
      ),
    ],
    words: wordsOf(name, ...aliases, ...identifiers.map(({ raw }) => raw)),
  };
};

/** A body as each tier sees it: one row for all tiers that see the same. */
const rowsOf = (
  id: string,
  records: readonly OrganisationRecord[],
  regionsOf: Map<string, string[]>,
): Content[] => {
  const rows: Content[] = [];
  let seen = 0;
  for (let tier = 0; tier < ALL_TIERS; tier += 1) {
    const visible = records.filter((record) => record.tier <= tier);
    const last = rows.at(-1);
    if (visible.length > seen)
      rows.push({
        ...contentOf(id, visible, regionsOf),
        tier_from: tier,
        tier_until: tier + 1,
      });
    else if (last) last.tier_until = tier + 1;
    seen = visible.length;
  }
  return rows;
};

const replaceBodies = async (
  trx: Knex,
  version: number,
  ids: readonly string[],
  mergedInto: Map<string, string>,
): Promise<void> => {
  const at = now();
  const countries = (await trx('countries').select('code', 'regions')) as {
    code: string;
    regions: string;
  }[];
  const regionsOf = new Map(countries.map((row) => [row.code, readTexts(row.regions)]));
  const keysOf = new Map<string, string[]>();
  for (const [key, id] of mergedInto) keysOf.set(id, [...(keysOf.get(id) ?? []), key]);
  const last = (await trx('bodies').max({ row_id: 'row_id' }).first()) as
    { row_id: number | null } | undefined;
  let rowId = last?.row_id ?? 0;

  for (const some of chunksOf(ids, AT_ONCE)) {
    const canonical = some.filter((id) => (mergedInto.get(id) ?? id) === id);
    const idOfKey = new Map(
      canonical.flatMap((id) => (keysOf.get(id) ?? [id]).map((key) => [key, id] as const)),
    );
    const recordsOf = new Map<string, OrganisationRecord[]>();
    for (const keys of chunksOf([...idOfKey.keys()], AT_ONCE)) {
      for (const row of (await trx('organisation_records').whereIn(
        'key',
        keys,
      )) as OrganisationRecord[]) {
        const id = idOfKey.get(row.key) ?? row.key;
        recordsOf.set(id, [...(recordsOf.get(id) ?? []), row]);
      }
    }
    const current = (await trx('bodies').whereIn('id', some).whereRaw(IS_CURRENT)) as BodyRow[];
    const signature = (row: {
      id: string;
      tier_from: number;
      tier_until: number;
      digest: string;
    }) => `${row.id}\u0001${row.tier_from}\u0001${row.tier_until}\u0001${row.digest}`;
    const wanted = new Map(
      canonical
        .flatMap((id) => rowsOf(id, recordsOf.get(id) ?? [], regionsOf))
        .map((row) => [signature(row), row]),
    );
    const stale = current.filter((row) => !wanted.delete(signature(row)));
    if (stale.length > 0)
      await trx('bodies')
        .whereIn(
          'row_id',
          stale.map((row) => row.row_id),
        )
        .update({ version_until: version });
    // A hidden record that splits a row by tier is no change to those who do not see it.
    const sinceOf = (row: Pick<Content, 'id' | 'digest' | 'tier_from'>) =>
      stale.find(
        (old) =>
          old.id === row.id &&
          old.digest === row.digest &&
          old.tier_from <= row.tier_from &&
          old.tier_until > row.tier_from,
      )?.updated_at;
    const fresh = [...wanted.values()].map((row) => ({ row, row_id: (rowId += 1) }));
    await insertMany(
      trx,
      'bodies',
      fresh.map(({ row: { tags: _tags, words: _words, ...columns }, row_id }) => ({
        row_id,
        ...columns,
        version_from: version,
        version_until: FOREVER,
        updated_at: sinceOf(columns) ?? at,
      })),
    );
    await insertMany(
      trx,
      'body_tags',
      fresh.flatMap(({ row, row_id }) => row.tags.map((value) => ({ row_id, tag: value }))),
    );
    await insertMany(
      trx,
      'body_words',
      fresh.flatMap(({ row, row_id }) => row.words.map((word) => ({ row_id, word }))),
    );
  }
};

/**
 * Brings the read model of bodies to a new version after records changed: merges and splits bodies,
 * and describes anew those whose records changed. Linear in the links and the bodies touched.
 * @param touched keys whose records changed; `'all'` after a change of countries or registers.
 */
export const refreshBodies = async (
  trx: Knex,
  touched: ReadonlySet<string> | 'all',
): Promise<void> => {
  const state = (await trx('bodies_state').first()) as { version: number };
  const version = state.version + 1;
  const merges = await readMerges(trx);
  const idOf = (key: string) => merges.get(key) ?? key;

  const currentOf = new Map<string, string>();
  const remember = (rows: BodyKeyRow[]) => rows.forEach((row) => currentOf.set(row.key, row.id));
  const all =
    touched === 'all'
      ? ((await trx('organisation_records').distinct('key')) as { key: string }[]).map(
          ({ key }) => key,
        )
      : [...touched];
  remember(
    (await trx('body_keys').where('version_until', FOREVER).whereRaw('key <> id')) as BodyKeyRow[],
  );
  const keys = new Set([...all, ...merges.keys(), ...currentOf.keys()]);
  for (const some of chunksOf([...keys], AT_ONCE)) {
    remember((await trx('body_keys').whereIn('key', some).whereRaw(IS_CURRENT)) as BodyKeyRow[]);
  }
  const moved = [...keys].filter((key) => currentOf.get(key) !== idOf(key));
  const ids = new Set([...all, ...moved].flatMap((key) => [idOf(key), currentOf.get(key) ?? key]));
  if (ids.size === 0) return;

  for (const some of chunksOf(moved, AT_ONCE)) {
    await trx('body_keys')
      .whereIn('key', some)
      .whereRaw(IS_CURRENT)
      .update({ version_until: version });
  }
  await insertMany(
    trx,
    'body_keys',
    moved.map((key) => ({ key, id: idOf(key), version_from: version, version_until: FOREVER })),
  );
  await replaceBodies(trx, version, [...ids], merges);
  await purgeBodies(trx, version);
  await trx('bodies_state').update({ version });
};
