import type { FastifyError, FastifyInstance } from 'fastify';
import { errorBody } from '../errors';
import type { Logger } from 'pino';
import type { PublicCode } from '../../subgraphs/shared/errors';

const CODES: Record<number, [PublicCode, string]> = {
  400: ['BAD_REQUEST', 'The request body is not JSON.'],
  413: ['REQUEST_TOO_LARGE', 'The request body is larger than this gateway reads.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'The request body must be `application/json`.'],
};

/** Answers every failure of a route, and every address without one, in JSON. */
export const addErrors = (app: FastifyInstance, log: Logger): void => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const [code, message] = CODES[error.statusCode ?? 500] ?? [
      'INTERNAL',
      'Something went wrong on our side. The request id finds it in our log.',
    ];
    if (code === 'INTERNAL') log.error({ requestId: request.id, err: error }, 'a route failed');
    return reply
      .code(code === 'INTERNAL' ? 500 : (error.statusCode ?? 500))
      .send(errorBody(code, message, request.id));
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const known = (['GET', 'POST'] as const).filter((method) =>
      app.hasRoute({ method, url: path }),
    );
    if (known.length === 0) {
      return reply
        .code(404)
        .send(errorBody('NOT_FOUND', `There is nothing at ${path}. Start at /.`, request.id));
    }
    return reply
      .code(405)
      .header('allow', known.join(', '))
      .send(errorBody('METHOD_NOT_ALLOWED', `${path} answers ${known.join(' and ')}.`, request.id));
  });
};
