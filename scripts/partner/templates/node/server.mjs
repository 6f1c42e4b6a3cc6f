// The subgraph over HTTP: POST /graphql, for the gateway alone.
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { URL } from 'node:url';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, GraphQLError, parse, validate } from 'graphql';
import { signAnswer } from './answer-signature.mjs';
import { resolvers } from './resolvers.mjs';

/** The subgraph's name, as it is registered. */
export const { name } = JSON.parse(readFileSync(new URL('partner.json', import.meta.url), 'utf8'));
const sdl = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');
const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
// The library would add its own definitions; lines are then not those of the file.
schema.getQueryType().getFields()._service.resolve = () => ({ sdl });

/** Bytes of a request; the gateway asks for many bodies at once. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Words and signs of a query. A longer one is not the gateway's. */
const MOST_TOKENS = 10_000;

const failure = (status, code, message) => ({
  status,
  answer: { errors: [{ message, extensions: { code } }] },
});

/** What went wrong in a resolver is ours to read and nobody else's. */
const shown = (error) => {
  if (!error.originalError || error.originalError instanceof GraphQLError) return error.toJSON();
  console.error(error.originalError);
  return { message: 'This field could not be answered.', path: error.path };
};

const answerQuery = async ({ query, variables, operationName }) => {
  let document;
  try {
    document = parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    return failure(400, 'GRAPHQL_PARSE_FAILED', error.message);
  }
  const [problem] = validate(schema, document, undefined, { maxErrors: 1 });
  if (problem) return failure(400, 'GRAPHQL_VALIDATION_FAILED', problem.message);
  const result = await execute({ schema, document, variableValues: variables, operationName });
  const errors = result.errors?.map(shown);
  return { status: 200, answer: { data: result.data, ...(errors && { errors }) } };
};

const readBody = async (request) => {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const readQuery = (body) => {
  try {
    const read = JSON.parse(body.toString());
    return typeof read?.query === 'string' ? read : null;
  } catch {
    return null;
  }
};

const answerRequest = async (request, verifier) => {
  if (request.url !== '/graphql') return failure(404, 'NOT_FOUND', 'There is only /graphql.');
  if (request.method !== 'POST') return failure(405, 'METHOD_NOT_ALLOWED', 'Only POST is taken.');
  const body = await readBody(request);
  if (body === null) return failure(413, 'REQUEST_TOO_LARGE', 'The request is too large.');
  const refusal = verifier?.(request, body);
  if (refusal) return failure(401, refusal, 'Only requests that the gateway signed are answered.');
  const query = readQuery(body);
  return query
    ? answerQuery(query)
    : failure(400, 'BAD_REQUEST', 'The request is no JSON with a `query`.');
};

/**
 * The server, not listening yet.
 * @param verifier tells the gateway's requests from others, see peacegraph-signature.mjs; null takes
 *   every request, which is for trying things out on your own machine.
 * @param answerKey with which answers are signed; null leaves them unsigned.
 */
export const createPartnerServer = ({ verifier, answerKey = null }) =>
  createServer((request, response) => {
    answerRequest(request, verifier)
      .catch((error) => {
        console.error(error);
        return failure(500, 'SUBGRAPH_FAILED', 'The request failed.');
      })
      .then(({ status, answer }) => {
        const body = JSON.stringify(answer);
        const { signature } = request.headers;
        response.writeHead(status, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...(answerKey && signature && signAnswer(status, body, signature, answerKey)),
          // What is left of a request that was too large is not read.
          ...(status === 413 && { connection: 'close' }),
        });
        response.end(body);
      });
  });
