import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLDataSource } from '@apollo/gateway';
import { graphql, parse } from 'graphql';
import type { PublishedSubgraph } from '../../gateway/partners';
import type { OpenSources } from '../../gateway/partnership';

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

/** A partner's subgraph on a free port: one workshop, whoever is asked about. */
export const servePartner = async (name: string) => {
  const typeDefs = parse(partnerSdl(name, 'workshops', 'trainings'));
  const schema = buildSubgraphSchema({ typeDefs });
  let asked = 0;
  const workshops = () => [{ topic: `Dialogue with ${name}` }];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked += 1;
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables?: Record<string, unknown>;
      };
      void graphql({
        schema,
        source: query,
        variableValues: variables,
        fieldResolver: (parent, _args, _context, { fieldName, returnType }) =>
          String(returnType).startsWith('[') && fieldName.includes('_') && fieldName !== '_entities'
            ? workshops()
            : (parent as Record<string, unknown>)?.[fieldName],
      }).then((answer) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answer));
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
export type TestPartner = Awaited<ReturnType<typeof servePartner>>;

const sourceFor = ({ name, url }: PublishedSubgraph): GraphQLDataSource => ({
  process: async ({ request: { query, variables } }) => {
    try {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ query, variables });
      return (await (await fetch(url, { method: 'POST', headers, body })).json()) as never;
    } catch {
      return { errors: [{ message: `${name} is down.` }] } as never;
    }
  },
});

/** Sources without any containment, for tests of what stands around them. */
export const openPlainSources = (
  take: (break_: (name: string, reason: string) => void) => void = () => undefined,
): OpenSources => {
  return (onQuarantine) => {
    let served = new Map<string, PublishedSubgraph>();
    const quarantined = new Set<string>();
    take((name, reason) => {
      quarantined.add(name);
      onQuarantine(name, reason);
    });
    const latest = (name: string): GraphQLDataSource => ({
      process: async (options) => {
        const one = served.get(name);
        if (!one || quarantined.has(name))
          return { errors: [{ message: `${name} is not asked.` }] } as never;
        return sourceFor(one).process(options);
      },
    });
    return {
      sourceOf: (name) => (served.has(name) ? latest(name) : undefined),
      set: (published) => {
        served = new Map(published.map((one) => [one.name, one]));
      },
      states: () =>
        Object.fromEntries(
          [...served.keys()].map((name) => [name, quarantined.has(name) ? 'quarantined' : 'up']),
        ),
      quarantine: (name) => void quarantined.add(name),
      readmit: (name) => void quarantined.delete(name),
      close: async () => undefined,
    };
  };
};
