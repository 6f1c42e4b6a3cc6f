import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PublicError, type PublicCode } from '../../subgraphs/shared/errors';
import { Visibility, tierOf } from '../../subgraphs/shared/viewer';
import type { Caller } from '../context';
import { errorBody } from '../errors';
import { type RegistryDoor, type Route, ROUTES, type Who } from './registry-routes';

export type { RegistryDoor } from './registry-routes';

/** Who asks the registry. */
export interface RegistryCaller extends Caller {
  /** The partner whose key it is; null: none's. */
  partner: string | null;
}

/** What the routes need from the parts around them. */
export interface RegistryRoutes {
  door: RegistryDoor;
  /** Who asks; refuses a key that does not count by throwing a PublicError UNAUTHENTICATED. */
  callerOf: (request: FastifyRequest) => Promise<RegistryCaller>;
  /** What a refused key is answered in `WWW-Authenticate`. */
  challengeFor: (request: FastifyRequest) => string;
  /** Takes points of a caller's minute; absent: nobody's are counted. */
  take?: (caller: Caller, points: number) => Promise<{ granted: boolean; resetsIn: number }>;
  /** The public halves of the keys with which partners are asked, as a JWK set. */
  publicKeys: object;
}

/** Larger than any schema that policy lets pass, and small enough to read in one piece. */
const MOST_BYTES = 1024 * 1024;

const STATUS: Partial<Record<PublicCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
};

const isSteward = ({ tier, partner }: RegistryCaller): boolean =>
  partner === null && tier >= tierOf(Visibility.STEWARD);

/** @throws PublicError FORBIDDEN */
const mustBe = (who: Who, caller: RegistryCaller, name: string | undefined): void => {
  if (who === 'ANYONE' || isSteward(caller)) return;
  if (who === 'PARTNER' && caller.partner !== null && caller.partner === name) return;
  const wanted =
    who === 'PARTNER' ? `a key of ${name ?? 'the partner'}, or a steward’s` : 'a steward’s key';
  throw new PublicError('FORBIDDEN', `This takes ${wanted}.`);
};

/** The name under which a caller's deeds are in the log. */
const actorOf = (caller: RegistryCaller): string => {
  if (caller.keyId === null) return 'console';
  return `${caller.partner === null ? 'steward' : 'partner'}:${caller.keyId}`;
};

/** Sends what became of a publication, in HTTP's words too. */
const sendOutcome = (reply: FastifyReply, outcome: object, requestId: string) => {
  const { status } = outcome as { status?: unknown };
  if (status !== 'REFUSED') return reply.code(status === 'PENDING' ? 202 : 200).send(outcome);
  const words = 'Nothing was changed; see the findings.';
  return reply
    .code(422)
    .send({ ...outcome, ...errorBody('PUBLICATION_REFUSED', words, requestId) });
};

/** `/registry/…`: the partners of the graph, and how they come to be. It works where the graph does not. */
export const addRegistry = (app: FastifyInstance, routes: RegistryRoutes): void => {
  const { door, callerOf, challengeFor, take, publicKeys } = routes;

  const answer = async (
    { who, points, run }: Route,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<object> => {
    const caller = await callerOf(request);
    const params = request.params as Record<string, string>;
    mustBe(who, caller, params.name);
    const taken = await take?.(caller, points);
    if (taken && !taken.granted) {
      void reply.header('retry-after', String(taken.resetsIn));
      throw new PublicError('RATE_LIMITED', `Ask again in ${taken.resetsIn} seconds.`);
    }
    const { body, query } = request;
    return run({ door, actor: actorOf(caller), name: params.name ?? '', params, query, body });
  };

  for (const route of ROUTES) {
    app.route({
      method: route.method,
      url: route.url,
      bodyLimit: MOST_BYTES,
      handler: async (request, reply) => {
        try {
          const result = await answer(route, request, reply);
          void reply.header('cache-control', 'no-store');
          return route.publishes ? sendOutcome(reply, result, request.id) : reply.send(result);
        } catch (error) {
          if (!(error instanceof PublicError)) throw error;
          const code = error.extensions.code as PublicCode;
          if (code === 'UNAUTHENTICATED')
            void reply.header('www-authenticate', challengeFor(request));
          return reply.code(STATUS[code] ?? 400).send(errorBody(code, error.message, request.id));
        }
      },
    });
  }
  app.get('/registry/keys', async () => publicKeys);
};
