import type { Knex } from 'knex';
import { inSnapshot, inWrite, type Migration } from '../../subgraphs/shared/db';

/** A key as stored: never its secret, only what tells whether a secret is the one. */
export interface StoredKey {
  id: string;
  label: string;
  tier: number;
  /** The canonical id of the body that holds it, or null. */
  owner: string | null;
  /** The partner whose subgraph it may publish; null: none. */
  partner: string | null;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** The keyed hash of a secret, and until when it counts; null: as long as the key. */
export interface StoredSecret {
  hash: string;
  validUntil: string | null;
}

/** A key with all that tells whether a secret is its. */
export type WholeKey = StoredKey & { secrets: StoredSecret[] };

/** The tables of the gateway's own database. */
export const ACCESS_MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-keys',
    up: async (db: Knex) => {
      await db.schema.createTable('api_keys', (table) => {
        table.string('id').primary();
        table.text('label').notNullable();
        table.integer('tier').notNullable();
        table.string('owner');
        table.string('created_at').notNullable();
        table.string('expires_at');
        table.string('revoked_at');
      });
      await db.schema.createTable('api_key_secrets', (table) => {
        table.string('key_id').notNullable();
        table.string('hash').notNullable();
        table.string('valid_until');
        table.primary(['key_id', 'hash']);
      });
    },
  },
  {
    name: '0002-keys-of-partners',
    up: async (db: Knex) => {
      await db.schema.alterTable('api_keys', (table) => {
        table.string('partner');
      });
    },
  },
];

const COLUMNS = {
  id: 'id',
  label: 'label',
  tier: 'tier',
  owner: 'owner',
  partner: 'partner',
  createdAt: 'created_at',
  expiresAt: 'expires_at',
  revokedAt: 'revoked_at',
};

const insertKey = async (trx: Knex, key: WholeKey): Promise<void> => {
  await trx('api_keys').insert({
    id: key.id,
    label: key.label,
    tier: key.tier,
    owner: key.owner,
    partner: key.partner,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    revoked_at: key.revokedAt,
  });
  for (const { hash, validUntil } of key.secrets)
    await trx('api_key_secrets').insert({ key_id: key.id, hash, valid_until: validUntil });
};

export const createKeyStore = (db: Knex) => ({
  byId: async (id: string): Promise<WholeKey | null> => {
    const key = (await db('api_keys').select(COLUMNS).where({ id }).first()) as
      StoredKey | undefined;
    if (!key) return null;
    const secrets = (await db('api_key_secrets')
      .select({ hash: 'hash', validUntil: 'valid_until' })
      .where({ key_id: id })) as StoredSecret[];
    return { ...key, secrets };
  },

  all: async (): Promise<StoredKey[]> =>
    (await db('api_keys').select(COLUMNS).orderBy(['created_at', 'id'])) as StoredKey[],

  insert: (key: WholeKey): Promise<void> => db.transaction((trx) => insertKey(trx, key)),

  /** All keys as of one moment, with their hashes, to be kept elsewhere. */
  allWhole: (): Promise<WholeKey[]> =>
    inSnapshot(db, async (trx) => {
      const keys = (await trx('api_keys').select(COLUMNS).orderBy('id')) as StoredKey[];
      const secrets = (await trx('api_key_secrets')
        .select({ keyId: 'key_id', hash: 'hash', validUntil: 'valid_until' })
        .orderBy(['key_id', 'hash'])) as (StoredSecret & { keyId: string })[];
      return keys.map((key) => ({
        ...key,
        secrets: secrets
          .filter(({ keyId }) => keyId === key.id)
          .map(({ hash, validUntil }) => ({ hash, validUntil })),
      }));
    }),

  /** Puts keys where none are, all of them; answers whether none were. */
  fill: (keys: readonly WholeKey[]): Promise<boolean> =>
    inWrite(db, async (trx) => {
      if (await trx('api_keys').first('id')) return false;
      for (const key of keys) await insertKey(trx, key);
      return true;
    }),

  /** Marks a key as revoked; answers whether there was one to revoke. */
  revoke: async (id: string, at: string): Promise<boolean> =>
    (await db('api_keys').where({ id }).whereNull('revoked_at').update({ revoked_at: at })) > 0,

  /** Adds a secret; those before count until then, or until they would have ended sooner. */
  addSecret: (id: string, hash: string, formerUntil: string): Promise<void> =>
    db.transaction(async (trx) => {
      await trx('api_key_secrets')
        .where({ key_id: id })
        .where((either) => {
          void either.whereNull('valid_until').orWhere('valid_until', '>', formerUntil);
        })
        .update({ valid_until: formerUntil });
      await trx('api_key_secrets').insert({ key_id: id, hash, valid_until: null });
    }),

  close: () => db.destroy(),
});
export type KeyStore = ReturnType<typeof createKeyStore>;
