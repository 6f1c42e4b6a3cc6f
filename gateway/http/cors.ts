import type { FastifyInstance } from 'fastify';

/** Lets pages of any origin read: there are no cookies here that another site could misuse. */
export const addCors = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (request, reply) => {
    void reply
      .header('access-control-allow-origin', '*')
      .header(
        'access-control-expose-headers',
        'x-request-id, www-authenticate, retry-after, ratelimit, ratelimit-policy, peacegraph-sources, preference-applied',
      );
    if (request.method !== 'OPTIONS') return;
    return reply
      .header('access-control-allow-methods', 'GET, POST, OPTIONS')
      .header(
        'access-control-allow-headers',
        'content-type, accept, authorization, x-api-key, x-show-cost, x-show-provenance, prefer, apollo-require-preflight',
      )
      .header('access-control-max-age', '86400')
      .code(204)
      .send();
  });
};
