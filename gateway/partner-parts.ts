import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { Agent } from 'undici';
import type { SigningKey } from '../subgraphs/shared/http/keys';
import { type Config, PARTNER_LIMITS, SUBGRAPH_NAMES } from './config';
import type { Finding } from './partners';
import { createPublicationChecks } from './registry/check/publication';
import { BUILTIN_KEYS } from './registry/conformance/default-keys';
import { PROBE_LIMITS, runConformance } from './registry/conformance/run';
import { checkPartnerName } from './registry/ownership/names';
import { entityOf, readPolicy } from './registry/ownership/policy';
import type { Canary, CheckPublication, Compose, FaultOfName, Own } from './registry/parts';
import { createComposer } from './supergraph/compose-apart';
import { createAddressRules } from './supergraph/contain/addresses';
import { createPartnerSources } from './supergraph/partner-sources';
import { createProbe } from './supergraph/probe';
import type { OpenSources } from './partnership';
import { writtenSdlOf } from './written-schema';

/** What a trial before a publication may take altogether, while whoever publishes waits. */
const TRIAL_MS = 60_000;

/** Which addresses there are behind ours is nobody's to learn: whatever is wrong, it is told alike. */
const ADDRESS_REFUSED: Finding = {
  code: 'ENDPOINT_REFUSED',
  severity: 'ERROR',
  coordinate: null,
  line: null,
  column: null,
  message: 'The address of the endpoint is not one that the gateway asks.',
  advice: 'Publish an https address on the public internet, without a user name.',
};

/**
 * Our own subgraphs as they are checked in, and what tells them from those of another release: the policy
 * too decides what is composed.
 */
export const readOwn = (): Own & { subgraphs: { name: string; sdl: string }[] } => {
  const subgraphs = SUBGRAPH_NAMES.map((name) => ({ name, sdl: writtenSdlOf(name) }));
  const all = JSON.stringify([subgraphs, readPolicy()]);
  const id = createHash('sha256').update(all).digest('hex').slice(0, 16);
  return { id, names: SUBGRAPH_NAMES, subgraphs };
};

/** Which subgraph of ours owns the entities of a type; undefined for types that are not ours. */
export const readOwners = (): ((typeName: string) => string | undefined) => {
  const policy = readPolicy();
  return (typeName) => entityOf(policy, typeName)?.owner;
};

/** How a gateway asks its partners. */
interface Asking {
  config: Pick<Config, 'partners'>;
  /** With which requests are signed. */
  key: SigningKey;
  log: Logger;
}

/** The sources of partners, contained. */
export const openContainedSources =
  ({ config, key, log }: Asking): OpenSources =>
  (onQuarantine) =>
    createPartnerSources({
      key,
      limits: PARTNER_LIMITS,
      addresses: { allowed: config.partners.privateAddresses },
      onQuarantine,
      log,
    });

/** What the registry needs of those who know schemas and endpoints. */
export const createPartnerParts = ({
  own,
  config,
  key,
  log,
}: Asking & { own: ReturnType<typeof readOwn> }): {
  check: CheckPublication;
  canary: Canary;
  compose: Compose;
  faultOfName: FaultOfName;
} => {
  const policy = readPolicy();
  const checks = createPublicationChecks(policy, own.subgraphs, createComposer());
  const addresses = createAddressRules({ allowed: config.partners.privateAddresses });

  return {
    compose: async (partners) => {
      const composition = await checks.composeWith(partners);
      if (composition.status === 'composed') return composition;
      const { status } = composition;
      return {
        status: 'failed',
        reasons: status === 'refused' ? composition.reasons : [composition.message],
      };
    },
    check: async ({ partner, sdl, previous, others, usage, servedApiSdl }) => {
      const alone = previous === null && others.length === 0;
      const served = alone ? writtenSdlOf('api') : servedApiSdl;
      const checked = await checks.checkPublication({
        ...{ partner, sdl, current: previous, others, usage },
        ...(served !== null && { servedApiSdl: served }),
      });
      return { ...checked, dataFlow: checked.dataFlow.map(({ says }) => says) };
    },
    faultOfName: (name, taken) => {
      const [found] = checkPartnerName(policy, name, taken);
      return found ? `${found.message} ${found.advice}` : null;
    },
    canary: async ({ name, url, sdl, trust }) => {
      try {
        await addresses.checkUrl(url);
      } catch (error) {
        log.warn({ partner: name, err: error }, 'an address is not one that is asked');
        return { passed: false, findings: [ADDRESS_REFUSED], report: {} };
      }
      const { deadlineMs } = PARTNER_LIMITS[trust === 'VERIFIED' ? 'VERIFIED' : 'PROVISIONAL'];
      const connections = new Agent({ connect: addresses.connector(deadlineMs) });
      try {
        const probe = createProbe(PROBE_LIMITS, connections);
        return await runConformance({
          ...{ name, url, sdl, key, probe, deadlineMs, keys: BUILTIN_KEYS },
          longestMs: TRIAL_MS,
        });
      } finally {
        await connections.destroy();
      }
    },
  };
};
