import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { FOREVER } from '../subgraphs/shared/db';
import type { SigningKey } from '../subgraphs/shared/http/keys';
import { formatViewer } from '../subgraphs/shared/viewer';
import { SOURCE_LIMITS, SUBGRAPH_NAMES } from './config';
import type { Finding, PublishedSubgraph } from './partners';
import type { Canary, CheckPublication, Compose, Own } from './registry/parts';
import { composeApart } from './supergraph/compose-apart';
import { createSourceClient } from './supergraph/source-client';
import { writtenSdlOf } from './written-schema';

const finding = (
  code: string,
  severity: Finding['severity'],
  message: string,
  advice: string,
): Finding => ({ code, severity, coordinate: null, line: null, column: null, message, advice });

/** Our own subgraphs as they are checked in, and what tells them from those of another release. */
export const readOwn = (): Own & { subgraphs: { name: string; sdl: string }[] } => {
  const subgraphs = SUBGRAPH_NAMES.map((name) => ({ name, sdl: writtenSdlOf(name) }));
  const id = createHash('sha256').update(JSON.stringify(subgraphs)).digest('hex').slice(0, 16);
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
}): { check: CheckPublication; canary: Canary; compose: Compose } => {
  const compose: Compose = (partners) => composeApart([...own.subgraphs, ...partners]);

  return {
    compose,
    check: async ({ partner, sdl, others }) => {
      const composed = await composeApart([
        ...own.subgraphs,
        ...others,
        { name: partner.name, sdl },
      ]);
      if (composed.status === 'failed')
        return {
          findings: composed.reasons.map((reason) =>
            finding('NOT_COMPOSED', 'ERROR', reason, 'Mend the schema, and check it again.'),
          ),
          supergraphSdl: null,
          apiSdl: null,
          dataFlow: [],
        };
      const { supergraphSdl, apiSdl } = composed;
      // A schema is read by a person before it is served.
      const findings = [
        finding(
          'EVERY_PUBLICATION',
          'STEWARD',
          'Every publication is looked at by a steward.',
          'Wait for the steward.',
        ),
      ];
      return { findings, supergraphSdl, apiSdl, dataFlow: [] };
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
