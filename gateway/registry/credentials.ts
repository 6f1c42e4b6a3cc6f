import { Conflict, NotFound, partnerIn } from './faults';
import type { Ledger } from './ledger';

/** A key of a partner, as lists show it. */
export interface PartnerKey {
  id: string;
  label: string;
  partner: string | null;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** The keys of the installation, as far as partners need them. */
export interface KeyRing {
  create(key: {
    label: string;
    tier: number;
    partner: string;
  }): Promise<{ key: PartnerKey; text: string }>;
  list(): Promise<PartnerKey[]>;
  rotate(id: string, overlapMs: number): Promise<string | null>;
  revoke(id: string): Promise<boolean>;
}

/** A key of a partner sees no more of the graph than anybody does. */
const TIER = 0;
const MOST_STANDING = 20;

/** The keys with which partners publish: each counts for one partner, and is shown once. */
export const createCredentials = (ledger: Ledger, keys: KeyRing) => {
  const note = async (
    actor: string,
    kind: 'KEY_MADE' | 'KEY_ROTATED' | 'KEY_REVOKED',
    partner: string,
    key: string,
  ) => {
    await ledger.append(actor, () => ({ events: [{ kind, partner, payload: { key } }] }));
  };
  const own = async (name: string) => {
    partnerIn(await ledger.refresh(), name);
    return (await keys.list()).filter(({ partner }) => partner === name);
  };
  const mustBeOf = async (name: string, id: string) => {
    if (!(await own(name)).some((key) => key.id === id))
      throw new NotFound(`${name} has no key ${JSON.stringify(id.slice(0, 20))}.`);
  };
  const noMore = (name: string, id: string) =>
    new NotFound(`The key ${id} of ${name} was revoked before.`);

  return {
    list: own,

    /** Makes a key; its text is kept nowhere. */
    make: async (actor: string, name: string, label: string) => {
      const standing = (await own(name)).filter(({ revokedAt }) => revokedAt === null);
      if (standing.length >= MOST_STANDING)
        throw new Conflict(`${name} has ${standing.length} keys; revoke one that is not needed.`);
      const { key, text } = await keys.create({ label, tier: TIER, partner: name });
      await note(actor, 'KEY_MADE', name, key.id);
      return { id: key.id, key: text };
    },

    /** Gives a key a new secret; the former one counts a while longer. */
    rotate: async (actor: string, name: string, id: string, overlapMs: number) => {
      await mustBeOf(name, id);
      const text = await keys.rotate(id, overlapMs);
      if (text === null) throw noMore(name, id);
      await note(actor, 'KEY_ROTATED', name, id);
      return { id, key: text };
    },

    revoke: async (actor: string, name: string, id: string): Promise<void> => {
      await mustBeOf(name, id);
      if (!(await keys.revoke(id))) throw noMore(name, id);
      await note(actor, 'KEY_REVOKED', name, id);
    },
  };
};
