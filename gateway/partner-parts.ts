import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { FOREVER } from '../subgraphs/shared/db';
import type { SigningKey } from '../subgraphs/shared/http/keys';
import { formatViewer } from '../subgraphs/shared/viewer';
import { SOURCE_LIMITS, SUBGRAPH_NAMES } from './config';
import type { Finding, PublishedSubgraph } from './partners';
import { createPublicationChecks } from './registry/check/publication';
import { checkPartnerName } from './registry/ownership/names';
import { readPolicy } from './registry/ownership/policy';
import type { Canary, CheckPublication, Compose, FaultOfName, Own } from './registry/parts';
import { createComposer } from './supergraph/compose-apart';
import { createSourceClient } from './supergraph/source-client';
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

/** What the registry needs of those who know schemas and endpoints. */
export const createPartnerParts = ({
  own,
  key,
  log,
}: {
  own: ReturnType<typeof readOwn>;
  key: SigningKey;
  log: Logger;
}): {
  check: CheckPublication;
  canary: Canary;
  compose: Compose;
  faultOfName: FaultOfName;
} => {
  const policy = readPolicy();
  const checks = createPublicationChecks(policy, own.subgraphs, createComposer());

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
    check: async ({ partner, sdl, previous, others, usage }) => {
      const checked = await checks.checkPublication({
        ...{ partner, sdl, current: previous, others, usage },
      });
      return { ...checked, dataFlow: checked.dataFlow.map(({ says }) => says) };
    },
    faultOfName: (name, taken) => {
      const [found] = checkPartnerName(policy, name, taken);
      return found ? `${found.message} ${found.advice}` : null;
    },
    canary: async ({ name, url }: PublishedSubgraph) => {
      const client = createSourceClient({ name, url }, key, SOURCE_LIMITS);
      try {
        const body = JSON.stringify({ query: '{ __typename }' });
        const until = AbortSignal.timeout(SOURCE_LIMITS.deadlineMs);
        const viewer = formatViewer({ tier: 0, version: FOREVER });
        const headers = { 'peacegraph-viewer': viewer, 'peacegraph-request': randomUUID() };
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
