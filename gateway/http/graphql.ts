import type { ApolloServer } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parse } from 'graphql';
import type { Logger } from 'pino';
import type { Caller, RequestContext } from '../context';
import { errorBody } from '../errors';
import { PublicError, type PublicCode } from '../../subgraphs/shared/errors';

/** What the route needs from the parts around it. */
export interface GraphqlRoute {
  apollo: ApolloServer<RequestContext>;
  /** Who asks; refuses a key that does not count by throwing a PublicError UNAUTHENTICATED. */
  callerOf: (request: FastifyRequest) => Promise<Caller>;
  /** What a refused key is answered in `WWW-Authenticate`. */
  challengeFor: (request: FastifyRequest) => string;
  /** @param signal fires when nobody waits for the answer any longer. */
  contextOf: (
    request: FastifyRequest,
    caller: Caller,
    signal: AbortSignal,
  ) => Promise<RequestContext>;
  /** Runs with the context at hand for masking errors. */
  within: <T>(context: RequestContext, run: () => Promise<T>) => Promise<T>;
  /** Refuses a query by throwing a PublicError. */
  admit: (query: string, parseQuery: typeof parse) => void;
  deadlineMs: number;
  log: Logger;
}

const textOf = (value: unknown): string => {
  const query =
    typeof value === 'object' && value !== null ? (value as { query?: unknown }).query : undefined;
  return typeof query === 'string' ? query : '';
};

const deadline = (ms: number) => {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return { passed, stop: () => clearTimeout(timer) };
};

/** `GET` and `POST /graphql`. */
export const addGraphql = (
  app: FastifyInstance,
  { apollo, callerOf, challengeFor, contextOf, within, admit, deadlineMs, log }: GraphqlRoute,
): void => {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const fail = (status: number, code: PublicCode, message: string) =>
      reply.code(status).send(errorBody(code, message, request.id));
    const read = request.method === 'GET' ? request.query : request.body;
    let caller: Caller;
    try {
      caller = await callerOf(request);
      admit(textOf(read), parse);
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
      const code = error.extensions.code as PublicCode;
      if (code !== 'UNAUTHENTICATED') return fail(400, code, error.message);
      void reply.header('www-authenticate', challengeFor(request));
      return fail(401, code, error.message);
    }
    // Answers are not to be kept (`no-store`); a cache that keeps them must not mix callers up.
    void reply.header('vary', 'authorization, x-api-key');
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const gone = new AbortController();
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort();
    });
    const execute = async () => {
      const context = await contextOf(request, caller, gone.signal);
      const response = await within(context, () =>
        apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest: {
            method: request.method,
            headers,
            search: new URL(request.url, 'http://localhost').search,
            body: request.body,
          },
          context: async () => context,
        }),
      );
      return { response, outdated: context.outdated.size > 0 };
    };
    // The state that a request began in can go while it runs: it then sees another one, whole.
    const work = execute().then(({ response, outdated }) =>
      outdated ? execute().then((again) => again.response) : response,
    );
    const late = deadline(deadlineMs);
    const done = await Promise.race([work, late.passed]).finally(late.stop);
    if (done === 'late') {
      gone.abort();
      work.catch((error: unknown) =>
        log.error({ requestId: request.id, err: error }, 'failed after its deadline'),
      );
      return fail(
        504,
        'DEADLINE_EXCEEDED',
        `The answer took longer than ${deadlineMs} ms. Ask for less at once.`,
      );
    }
    for (const [name, value] of done.headers) void reply.header(name, value);
    if (done.body.kind !== 'complete')
      return fail(400, 'BAD_REQUEST', 'This server answers in one piece; it has no `@defer`.');
    return reply.code(done.status ?? 200).send(done.body.string);
  };
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: answer });
};
