import type { Logger } from 'pino';
import { type SigningKey, publicJwks } from '../subgraphs/shared/http/keys';
import type { Keys } from './access/keys';
import { createFeedDesk } from './registry/feeds';
import { createLedger } from './registry/ledger';
import { openRegistryDatabase } from './registry/open';
import type {
  Canary,
  CheckPublication,
  Compose,
  Composed,
  FaultOfName,
  Own,
} from './registry/parts';
import { createRegistry } from './registry/registry';
import { createServing, followServing, type Served } from './registry/serving';
import { createUsage } from './registry/usage';
import { createUsagePlugin } from './registry/usage-plugin';
import type { PartnerSources } from './supergraph/partner-sources';

/** Makes the sources; they tell of a partner that breaks the contract. */
export type OpenSources = (onQuarantine: (name: string, reason: string) => void) => PartnerSources;

/** What the registry needs that is not its own. */
export interface PartnershipParts {
  /** Where its database is. */
  place: string;
  keys: Pick<Keys, 'create' | 'list' | 'rotate' | 'revoke'>;
  own: Own;
  /** What is served without partners. */
  base: Composed;
  check: CheckPublication;
  canary: Canary;
  compose: Compose;
  faultOfName: FaultOfName;
  /** With which partners are asked. */
  signingKey: SigningKey;
  log: Logger;
}

/** The registry alone, as the command line has it: nothing is served by this process. */
export const openRegistry = async (
  parts: Omit<PartnershipParts, 'base' | 'signingKey'>,
  served: () => Promise<void> = async () => undefined,
) => {
  const database = await openRegistryDatabase(parts.place);
  const ledger = createLedger(database.registry);
  const usage = createUsage(database.usage, parts.log);
  return {
    ledger,
    usage,
    door: createRegistry({
      ...parts,
      ...{ ledger, usage: usage.read, feeds: database.feeds, served },
    }),
    feeds: createFeedDesk(ledger, database.feeds),
    close: async () => {
      await usage.close();
      await database.close();
    },
  };
};

/** How long a start waits for a supergraph that has to be composed anew, in milliseconds. */
const COMPOSED_WITHIN_MS = 15_000;

/** Opens the registry, and keeps a server at what is in force by it. */
export const openPartnership = async (parts: PartnershipParts, openSources: OpenSources) => {
  const { own, base, compose, log, signingKey } = parts;
  let following: ReturnType<typeof followServing> | undefined;
  const settle = async (): Promise<void> => {
    // What is in the log stands; if it cannot be served now, those who follow the log say so and go on.
    await following
      ?.settle()
      .catch((error: unknown) => log.error({ err: error }, 'what is in force is not served yet'));
  };
  const { ledger, usage, door, close } = await openRegistry(parts, settle);
  const serving = createServing({ ledger, own, base, compose, log });
  const sources = openSources((name, reason) => {
    door
      .quarantine('gateway', name, reason)
      .catch((error: unknown) => log.error({ err: error, partner: name }, 'a quarantine is lost'));
  });

  /** The supergraph that the server has, or could not take. */
  let given = '';
  let quarantined: ReadonlyMap<string, string> = new Map();
  const hand = (served: Served): void => {
    sources.set(served.partners);
    for (const name of served.quarantined.keys()) sources.quarantine(name);
    // One that a source has put there itself is on its way into the log.
    for (const name of quarantined.keys()) if (!served.quarantined.has(name)) sources.readmit(name);
    quarantined = served.quarantined;
  };

  return {
    sources,
    registry: { door, publicKeys: publicJwks([signingKey]) },
    plugin: createUsagePlugin(usage),

    /** What a server is to begin with: what is in force, or what is served without partners. */
    first: async (): Promise<Composed> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), COMPOSED_WITHIN_MS);
      });
      const found = serving.find().catch((error: unknown) => {
        log.error(
          { err: error },
          'what is in force is not known; partners are missing at the start',
        );
        return null;
      });
      const served = await Promise.race([found, late]).finally(() => clearTimeout(timer));
      given = (served ?? base).supergraphSdl;
      if (!served) return base;
      hand(served);
      return { supergraphSdl: served.supergraphSdl, apiSdl: served.apiSdl };
    },

    /**
     * Begins to follow the log.
     * @param update serves another supergraph.
     */
    follow: (update: (supergraphSdl: string, apiSdl: string) => Promise<void>): void => {
      following = followServing(
        serving,
        async (served) => {
          const { supergraphSdl, apiSdl } = served;
          hand(served);
          if (supergraphSdl === given) return;
          given = supergraphSdl;
          await update(supergraphSdl, apiSdl);
        },
        log,
      );
    },

    /** Ends following, before the server ends. */
    stop: async (): Promise<void> => {
      await following?.close();
    },

    close: async (): Promise<void> => {
      await sources.close();
      await close();
    },
  };
};
export type Partnership = Awaited<ReturnType<typeof openPartnership>>;
