import type { FastifyInstance } from 'fastify';

/**
 * `/livez`: the process runs. `/readyz`: it takes requests; 503 while it starts or stops. A source that
 * is down is named there, and does not make the gateway unready: it answers without it.
 */
export const addHealth = (
  app: FastifyInstance,
  isReady: () => boolean,
  sources: () => Record<string, string>,
): void => {
  app.get('/livez', async () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) =>
    reply
      .code(isReady() ? 200 : 503)
      .send({ status: isReady() ? 'ready' : 'draining', sources: sources() }),
  );
};
