import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import type { PublicKeys } from '../../subgraphs/shared/http/keys';
import { contentDigest } from '../../subgraphs/shared/http/signature';
import { createVerifier, PARTNER_COMPONENTS } from '../../subgraphs/shared/http/verifier';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** The SDL of a partner that knows of workshops, which it calls by names of its own. */
export const partnerSdl = (name: string, ...fields: readonly string[]): string => {
  const namespace = name.split('-').map(capital).join('');
  const prefix = namespace.charAt(0).toLowerCase() + namespace.slice(1);
  const own = (fields.length > 0 ? fields : ['workshops']).map(
    (field) => `"Those on record." ${prefix}_${field}: [${namespace}_Workshop]`,
  );
  return `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { ${own.join(' ')} }
    type Organisation @key(fields: "id") { id: ID! ${own.join(' ')} }
    "A workshop." type ${namespace}_Workshop { "What it was about." topic: String }
  `;
};

const KNOWN = /^PG-(ONE|TWO|FICTIONAL)/;

/** What a partner resolves: one workshop for whomever it knows. */
const resolvers = {
  Organisation: {
    __resolveReference: (of: { id: unknown }) =>
      typeof of.id === 'string' && KNOWN.test(of.id) ? of : null,
  },
};

const readQuery = (
  body: Buffer,
): { query?: string; variables?: object; operationName?: string } => {
  try {
    return JSON.parse(body.toString()) as object;
  } catch {
    return {};
  }
};

/**
 * A partner's subgraph on a free port, as a partner should be: it answers whom it should, and says the
 * schema that it is told to say.
 * @param keys of the gateway whose requests it answers.
 */
export const servePartner = async (name: string, keys: PublicKeys) => {
  let sdl = partnerSdl(name);
  const typeDefs = parse(partnerSdl(name, 'workshops', 'trainings'));
  const schema = buildSubgraphSchema({ typeDefs, resolvers });
  const verifier = createVerifier(name, keys, Date.now, PARTNER_COMPONENTS);
  const workshops = () => [{ topic: `Dialogue with ${name}` }];
  const isRefused = ({ method = '', url = '', headers }: IncomingMessage, body: Buffer) =>
    verifier({ method, authority: headers.host ?? '', path: url, headers }) !== null ||
    headers['content-digest'] !== contentDigest(body);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const end = (status: number, answer: unknown) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer));
      const { query, variables, operationName } = readQuery(body);
      if (isRefused(request, body)) end(401, { errors: [{ message: 'Who are you?' }] });
      else if (query === undefined) end(400, { errors: [{ message: 'This is no query.' }] });
      else
        void graphql({
          schema,
          source: query,
          variableValues: variables as Record<string, unknown>,
          operationName,
          fieldResolver: (parent, _args, _context, { fieldName, returnType }) => {
            if (fieldName === 'sdl') return sdl;
            const isOwn = String(returnType).startsWith('[') && fieldName.includes('_');
            return isOwn ? workshops() : (parent as Record<string, unknown>)?.[fieldName];
          },
        }).then((answer) => end(200, answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    /** Says this schema from now on. */
    says: (other: string) => (sdl = other),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
export type TestPartner = Awaited<ReturnType<typeof servePartner>>;
