import type { Knex } from 'knex';
import { type BodiesPublication, publishBodies } from '../shared/bodies';
import { now } from '../shared/dates';
import { beginWrite, commit, inWrite } from '../shared/db';
import { eraseWithdrawn, type Holding, holdingsOf } from '../shared/erasure';
import { hashOf, normaliseIdentifier } from '../shared/ids';
import { followOutcomes, type OutcomesPublication } from '../shared/outcomes';
import {
  openEditionWriter,
  type EditionCounts,
  type EditionOf,
  type NewRecord,
  type RecordTable,
} from '../shared/records';
import { tierOf, type Visibility } from '../shared/viewer';
import { publishOrganisationFacts } from './write/facts.store';
import { createReferenceWrite } from './write/reference.store';
import { closeKeys, keysOfRecords, keysOfRows, keysOfSource } from './write/keys.store';
import { refreshBodies } from './write/read-model.store';
import { createRunsWrite } from './write/runs.store';
import { UNNUMBERED_PREFIX } from './identity/registers';

/** A source, as an import gives it. */
export interface NewSource {
  id: string;
  title: string;
  publisher?: string | null;
  publisherName?: string | null;
  licence: string;
  attribution?: string | null;
  url?: string | null;
  fictional?: boolean;
  visibility: Visibility;
  /** ISO 8601, UTC. */
  retrievedAt: string;
}

/** How much a record is believed about the body it describes; less is more. */
export enum Authority {
  OWN_WORDS = 1,
  ABOUT_IT = 2,
  REPORTER = 3,
  MENTION = 4,
  /** Of a partner's feed about a body that is not its own: before no word of anybody else's. */
  BESIDE = 5,
}

/** What one record says of one body. */
export interface NewOrganisation extends Omit<NewRecord, 'values' | 'children'> {
  key: string;
  name: string | null;
  aliases?: string[];
  /** All identifiers of this one body, as written; each public one joins the body. */
  identifiers?: string[];
  kind: string;
  legalForm: string;
  country?: string | null;
  city?: string | null;
  founded?: string | null;
  dissolved?: string | null;
  themes?: string[];
  constituencies?: string[];
  /** In which it works, BCP 47. */
  languages?: string[];
  authority: Authority;
}

/**
 * The key of a body as a record names it: the normalised identifier, or for a body named without
 * one, a key of its own per publisher, so that equal names of two publishers are never one body.
 * Null if there is neither.
 * @param publisher whoever names it: its key, or the source's id.
 */
export const bodyKey = (
  identifier: string | null | undefined,
  name: string | null | undefined,
  publisher: string,
): string | null => {
  const normalised = normaliseIdentifier(identifier ?? '');
  if (normalised !== '') return normalised;
  const plain = normaliseIdentifier(name ?? '');
  return plain === ''
    ? null
    : `${UNNUMBERED_PREFIX}-${hashOf(publisher, plain).slice(0, 16).toUpperCase()}`;
};

const ORGANISATIONS: RecordTable = { name: 'organisation_records', children: ['identity_links'] };
const STATEMENTS: RecordTable = { name: 'self_statements', published: true };
const HOSTS: RecordTable = { name: 'host_arrangements', published: true };
const FIGURES: RecordTable = { name: 'annual_figures', published: true };
const ACCESSES: RecordTable = { name: 'un_accesses', published: true };
const TABLES = [ORGANISATIONS, STATEMENTS, HOSTS, FIGURES, ACCESSES];

const toRecord = ({
  key,
  name,
  aliases = [],
  identifiers = [],
  kind,
  legalForm,
  authority,
  ...more
}: NewOrganisation): NewRecord => {
  const { country, city, founded, dissolved, ...rest } = more;
  const { themes = [], constituencies = [], languages = [], ...stamp } = rest;
  const written = identifiers.map((raw) => ({ raw, key: normaliseIdentifier(raw) }));
  const links = new Set(
    written.map((identifier) => identifier.key).filter((other) => other !== key && other !== ''),
  );
  return {
    ...stamp,
    values: {
      key,
      name,
      aliases: JSON.stringify(aliases),
      identifiers: JSON.stringify(written),
      kind,
      legal_form: legalForm,
      country: country ?? null,
      city: city ?? null,
      founded: founded ?? null,
      dissolved: dissolved ?? null,
      themes: JSON.stringify(themes),
      constituencies: JSON.stringify(constituencies),
      languages: JSON.stringify(languages),
      authority,
    },
    children: { identity_links: [...links].map((sameAs) => ({ key, same_as: sameAs })) },
  };
};

/** An edition of a source being written to organisations, all of it or nothing. */
export interface OrganisationsEdition {
  organisations(records: readonly NewOrganisation[]): Promise<void>;
  statements(records: readonly NewRecord[]): Promise<void>;
  hosts(records: readonly NewRecord[]): Promise<void>;
  figures(records: readonly NewRecord[]): Promise<void>;
  accesses(records: readonly NewRecord[]): Promise<void>;
  /**
   * Ends the writing: withdraws what the edition lacks, and brings the bodies' read model up to date.
   * Nobody sees it before the commit, which does this first if it was not asked for.
   */
  finish(): Promise<void>;
  commit(): Promise<EditionCounts>;
  rollback(): Promise<void>;
}

/** Everything that writes to the organisations database; importers call it, nothing else does. */
export const createOrganisationsWrite = (db: Knex) => ({
  ...createReferenceWrite(db),
  ...createRunsWrite(db),

  openEdition: async (edition: EditionOf, source: NewSource): Promise<OrganisationsEdition> => {
    const trx = await beginWrite(db);
    const writer = await openEditionWriter(trx, edition, TABLES);
    const touched = new Set<string>();
    let finished: Promise<void> | undefined;
    const finish = () =>
      (finished ??= (async () => {
        const gone = await writer.finish();
        for (const key of await keysOfRows(trx, gone.get(ORGANISATIONS.name) ?? []))
          touched.add(key);
        await refreshBodies(trx, touched);
      })());
    return {
      organisations: async (records) => {
        for (const key of await keysOfRecords(trx, edition.sourceId, records)) touched.add(key);
        const changed = await writer.put(ORGANISATIONS, records.map(toRecord));
        for (const { values, children } of changed) {
          touched.add(String(values.key));
          for (const link of children?.identity_links ?? []) touched.add(String(link.same_as));
        }
      },
      statements: async (records) => void (await writer.put(STATEMENTS, records)),
      hosts: async (records) => void (await writer.put(HOSTS, records)),
      figures: async (records) => void (await writer.put(FIGURES, records)),
      accesses: async (records) => void (await writer.put(ACCESSES, records)),
      finish,
      commit: async () => {
        await finish();
        const { id, title, licence, retrievedAt, visibility } = source;
        const columns = {
          title,
          licence,
          publisher_key: source.publisher ? normaliseIdentifier(source.publisher) : null,
          publisher_name: source.publisherName ?? null,
          attribution: source.attribution ?? null,
          url: source.url ?? null,
          fictional: source.fictional ? 1 : 0,
          tier: tierOf(visibility),
        };
        // An edition that says nothing new leaves the source as it was, times included; so does one
        // whose news are hidden from some who see the source, or its times would tell them.
        const before = (await trx('sources').where({ id }).first()) as object | undefined;
        const same =
          before &&
          Object.entries(columns).every(
            ([name, value]) => (before as Record<string, unknown>)[name] === value,
          );
        if (!same || writer.openestChange() <= columns.tier) {
          await trx('sources')
            .insert({ id, ...columns, retrieved_at: retrievedAt, updated_at: now() })
            .onConflict('id')
            .merge();
        }
        await commit(trx);
        return writer.counts;
      },
      rollback: async () => {
        if (!trx.isCompleted()) await trx.rollback();
      },
    };
  },

  /** What is held of a source. */
  holdings: (sourceId: string): Promise<Holding[]> => holdingsOf(db, sourceId, TABLES),

  /**
   * Deletes a source and what is withdrawn of it, once everybody has followed the withdrawal; bodies that
   * nobody else names are gone with it.
   */
  erase: (sourceId: string): Promise<void> =>
    inWrite(db, async (trx) => {
      const touched = await keysOfSource(trx, sourceId);
      await eraseWithdrawn(trx, sourceId, TABLES);
      await refreshBodies(trx, new Set(touched));
      await closeKeys(trx, touched);
      await trx('sources').where({ id: sourceId }).delete();
    }),

  /** Copies what changed of what bodies are. */
  followOutcomes: (publish: (since: number) => Promise<OutcomesPublication>): Promise<void> =>
    inWrite(db, (trx) => followOutcomes(trx, publish)),

  /** Whether an edition of this source was ever imported. */
  hasSource: async (id: string): Promise<boolean> =>
    (await db('sources').where({ id }).first()) !== undefined,

  /** What bodies say of themselves and who hosts whom, for those who follow. */
  facts: {
    owner: 'organisations',
    publish: (since: number) => publishOrganisationFacts(db, since),
  },

  /** What the other subgraphs have to copy to follow the bodies from a version on. */
  publish: (since: number): Promise<BodiesPublication> => publishBodies(db, since),
});
export type OrganisationsWrite = ReturnType<typeof createOrganisationsWrite>;
