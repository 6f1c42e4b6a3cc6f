import type { FastifyInstance } from 'fastify';

/** `/livez`: the process runs. `/readyz`: it takes requests; 503 while it starts or stops. */
export const addHealth = (app: FastifyInstance, isReady: () => boolean): void => {
  app.get('/livez', async () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) =>
    reply.code(isReady() ? 200 : 503).send({ status: isReady() ? 'ready' : 'draining' }),
  );
};
