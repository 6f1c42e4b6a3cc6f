import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { SigningKey } from '../subgraphs/shared/http/keys';
import { type Config, PARTNER_LIMITS, SUBGRAPH_NAMES } from './config';
import type { Finding } from './partners';
import { createPublicationChecks } from './registry/check/publication';
import { checkPartnerName } from './registry/ownership/names';
import { entityOf, readPolicy } from './registry/ownership/policy';
import type { Canary, CheckPublication, Compose, FaultOfName, Own } from './registry/parts';
import { createComposer } from './supergraph/compose-apart';
import { createAddressRules } from './supergraph/contain/addresses';
import { createPartnerSources } from './supergraph/partner-sources';
import { createSourceClient } from './supergraph/source-client';
import type { OpenSources } from './partnership';
import { writtenSdlOf } from './written-schema';

const finding = (
  code: string,
  severity: Finding['severity'],
  message: string,
  advice: string,
): Finding => ({ code, severity, coordinate: null, line: null, column: null, message, advice });

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
    canary: async ({ name, url }) => {
      const limits = PARTNER_LIMITS.PROVISIONAL;
      const connect = addresses.connector(limits.deadlineMs);
      const client = createSourceClient({ name, url }, key, limits, connect);
      try {
        await addresses.checkUrl(url);
        const body = JSON.stringify({ query: '{ __typename }' });
        const until = AbortSignal.timeout(limits.deadlineMs);
        const headers = { 'peacegraph-request': randomUUID() };
        const asked = { method: 'POST', path: '', body, headers } as const;
        const { status, json } = await client.ask(asked, until);
        const { data } = JSON.parse(json.toString()) as { data?: { __typename?: unknown } };
        if (status !== 200 || data?.__typename !== 'Query') throw new Error(`HTTP ${status}`);
        return { passed: true, findings: [], report: { asked: ['__typename'] } };
      } catch (error) {
        log.warn({ partner: name, err: error }, 'an endpoint did not pass its trial');
        const found = finding(
          'ENDPOINT_FAILED',
          'ERROR',
          'The endpoint did not answer `{ __typename }` over POST as GraphQL does.',
          'Let it run at this address and answer the gateway’s signed requests.',
        );
        return { passed: false, findings: [found], report: {} };
      } finally {
        await client.close();
      }
    },
  };
};
