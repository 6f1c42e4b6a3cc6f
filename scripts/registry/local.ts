import fastify from 'fastify';
import { pino } from 'pino';
import { openKeys } from '../../gateway/access/open';
import { readConfig } from '../../gateway/config';
import { addErrors } from '../../gateway/http/errors';
import { addRegistry } from '../../gateway/http/registry';
import { createPartnerParts, readOwn } from '../../gateway/partner-parts';
import { openRegistry } from '../../gateway/partnership';
import { keptGatewayKey, readGatewayKey } from '../../gateway/signing-keys';
import { publicJwks } from '../../subgraphs/shared/http/keys';
import { tierOf, Visibility } from '../../subgraphs/shared/viewer';
import type { RegistryAsker } from './ask';

/**
 * The registry of this machine, by the same paths as over HTTP but without a server: whoever has the
 * databases is a steward. So a graph that is broken can be mended, too. Servers that run follow.
 */
export const askLocally = async (env: NodeJS.ProcessEnv): Promise<RegistryAsker> => {
  const config = readConfig(env);
  const { place, dataDir, secrets } = config;
  const log = pino({ level: 'silent' });
  const key = readGatewayKey(env) ?? (await keptGatewayKey(dataDir));
  const own = readOwn();
  const keys = await openKeys({ place, dataDir, secrets });
  const registry = await openRegistry({
    ...createPartnerParts({ own, config, key, log }),
    ...{ place, keys, own, log },
  });
  const app = fastify({ logger: false });
  addErrors(app, log);
  const steward = { tier: tierOf(Visibility.STEWARD), keyId: null, partner: null };
  addRegistry(app, {
    door: registry.door,
    callerOf: async () => ({ ...steward, address: 'console' }),
    challengeFor: () => 'Bearer',
    publicKeys: publicJwks([key]),
  });
  return {
    ask: async (method, path, body) => {
      const answer = await app.inject({
        method,
        url: `/registry${path}`,
        ...(body && { payload: body }),
      });
      return { status: answer.statusCode, body: answer.json<unknown>() };
    },
    close: async () => {
      await app.close();
      await registry.close();
      await keys.close();
    },
  };
};
