import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { VERSIONS_KEPT } from '../bodies';
import type { Subgraph } from '../subgraph';
import { parseViewer } from '../viewer';
import type { PublicKeys } from './keys';
import { createQueryRunner, type SubQuery, UnfitQuery } from './run-query';
import { contentDigest } from './signature';
import { createVerifier } from './verifier';

/** Bytes of a sub-query: its representations can be many. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** A subgraph that serves over HTTP. */
export interface SubgraphServer {
  app: FastifyInstance;
  /** Begins to listen; answers the address. */
  listen(port: number, host: string): Promise<string>;
  /** Stops taking requests, answers those under way, and ends. The database is the caller's to close. */
  close(): Promise<void>;
}

const refuse = (reply: FastifyReply, status: number, code: string, message: string) =>
  reply.code(status).send({ errors: [{ message, extensions: { code } }] });

const queryOf = (body: Buffer): SubQuery | null => {
  try {
    const read = JSON.parse(body.toString()) as SubQuery | null;
    return typeof read?.query === 'string' ? read : null;
  } catch {
    return null;
  }
};

const addErrors = (app: FastifyInstance, log: Logger) => {
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error }, 'a request failed');
    return status >= 500
      ? refuse(reply, 500, 'SUBGRAPH_FAILED', 'The request failed.')
      : refuse(reply, status, 'BAD_REQUEST', error.message);
  });
  app.setNotFoundHandler((_request, reply) =>
    refuse(
      reply,
      404,
      'NOT_FOUND',
      'A subgraph answers POST /graphql, GET /version, /livez, /readyz.',
    ),
  );
};

/**
 * Serves one subgraph to a gateway: `POST /graphql` and `GET /version`, both for signed requests only,
 * and `/livez` and `/readyz` for those who watch.
 * @param keys whose signatures are taken. `unsigned` takes every request as the public's at the newest
 *   version: for benches against gateways that cannot sign. No setting of the program leads to it.
 * @throws Error without a single key: a subgraph that answers everyone is a way around access rules.
 */
export const createSubgraphServer = (
  subgraph: Subgraph,
  { keys, log }: { keys: PublicKeys | 'unsigned'; log: Logger },
): SubgraphServer => {
  if (keys !== 'unsigned' && keys.size === 0)
    throw new Error(`The subgraph ${subgraph.name} has no key to know its gateway by.`);
  const verifier = keys === 'unsigned' ? null : createVerifier(subgraph.name, keys);
  const run = createQueryRunner(subgraph);
  let draining = false;
  const app = fastify({ bodyLimit: BODY_LIMIT, return503OnClosing: false, logger: false });
  // The digest is over bytes, so they are not parsed before it is compared.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.addHook('onSend', async (_request, reply, payload) => {
    // A connection that stays open would keep the server from ending.
    if (draining) void reply.header('connection', 'close');
    return payload;
  });

  /** Before the body is read, so that nobody without a key can send one. */
  const signedOnly = async (request: FastifyRequest, reply: FastifyReply) => {
    const refusal = verifier?.({
      method: request.method,
      authority: request.headers.host ?? '',
      path: request.url,
      headers: request.headers,
    });
    if (!refusal) return;
    log.warn({ code: refusal, path: request.url }, 'a request was refused');
    return refuse(reply, 401, refusal, 'This subgraph answers requests that its gateway signed.');
  };

  app.post('/graphql', { onRequest: signedOnly }, async (request, reply) => {
    const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (verifier && request.headers['content-digest'] !== contentDigest(body))
      return refuse(reply, 401, 'SIGNATURE_INVALID', 'The body is not what was signed.');
    const version = await subgraph.version();
    void reply.header('peacegraph-version', version);
    const viewer = verifier
      ? parseViewer(request.headers['peacegraph-viewer'])
      : { tier: 0, version };
    const query = queryOf(body);
    if (!viewer || !query) return refuse(reply, 400, 'BAD_REQUEST', 'No viewer, or no query.');
    if (viewer.version > version || viewer.version < version - VERSIONS_KEPT)
      return refuse(reply, 409, 'VERSION_GONE', `Version ${viewer.version} is not here.`);
    const about = log.child({ requestId: request.headers['peacegraph-request'] });
    try {
      return await run(query, viewer, about);
    } catch (error) {
      if (!(error instanceof UnfitQuery) && !(error instanceof GraphQLError)) throw error;
      about.error({ err: error }, 'a query does not fit');
      return refuse(reply, 400, 'QUERY_UNFIT', error.message);
    }
  });
  app.get('/version', { onRequest: signedOnly }, async () => ({
    name: subgraph.name,
    version: await subgraph.version(),
  }));
  app.get('/livez', async () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) => {
    const ready =
      !draining &&
      (await subgraph.version().then(
        () => true,
        () => false,
      ));
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  addErrors(app, log);

  return {
    app,
    listen: (port, host) => app.listen({ port, host }),
    close: async () => {
      draining = true;
      await app.close();
    },
  };
};
