import type { Trust } from '../partners';
import { createCredentials, type KeyRing } from './credentials';
import { createFeedDoor } from './feeds';
import type { FeedsStore } from './feeds.store';
import type { FaultOfName } from './parts';
import { createPublishing, type PublishingParts } from './publishing';
import { createReading } from './reading';
import { createStewardship } from './stewardship';

/** What the registry needs from the parts around it. */
export type RegistryParts = PublishingParts & {
  keys: KeyRing;
  feeds: FeedsStore;
  faultOfName: FaultOfName;
};

/**
 * The registry of partners: who there is, what of them is in force, and how it came to that. Who may do
 * what is for those to say who call it. Each step is an entry of the log, with the actor's name.
 */
export const createRegistry = (parts: RegistryParts) => {
  const { ledger, own, keys } = parts;
  const reading = createReading(ledger, own);
  const publishing = createPublishing(parts);
  const stewardship = createStewardship(parts);
  const credentials = createCredentials(ledger, keys);

  /** Does something to a partner, and answers how it stands then. */
  const then = async (name: string, done: Promise<void>) => {
    await done;
    return reading.partner(name);
  };

  return {
    ...reading,
    ...publishing,
    ...createFeedDoor(ledger, parts.feeds),

    /** Takes a partner in, and makes its first key, whose text is kept nowhere. */
    addPartner: async (actor: string, { name, trust }: { name: string; trust: Trust }) => {
      await stewardship.add(actor, name, trust);
      const { key } = await credentials.make(actor, name, 'first');
      return { partner: await reading.partner(name), key };
    },
    setTrust: (actor: string, name: string, trust: Trust) =>
      then(name, stewardship.setTrust(actor, name, trust)),
    refuse: (actor: string, name: string, version: number, reason: string | null) =>
      then(name, stewardship.refuse(actor, name, version, reason)),
    retire: (actor: string, name: string, reason: string | null) =>
      then(name, stewardship.retire(actor, name, reason)),
    quarantine: (actor: string, name: string, reason: string) =>
      then(name, stewardship.quarantine(actor, name, reason)),
    readmit: (actor: string, name: string) => then(name, stewardship.readmit(actor, name)),
    rollBackAll: async (actor: string, supergraph: number) => {
      await stewardship.rollBackAll(actor, supergraph);
      return reading.overview();
    },

    usage: async () => ({ fields: await parts.usage() }),
    keys: async (name: string) => ({ keys: await credentials.list(name) }),
    makeKey: credentials.make,
    rotateKey: credentials.rotate,
    revokeKey: async (actor: string, name: string, id: string) => {
      await credentials.revoke(actor, name, id);
      return { keys: await credentials.list(name) };
    },
  };
};
export type Registry = ReturnType<typeof createRegistry>;
