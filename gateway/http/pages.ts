import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance } from 'fastify';

const ROOT = path.join(__dirname, '..', '..');
const DASHBOARD = path.join(ROOT, 'gateway', 'dashboard');
const OPERATIONS = path.join(ROOT, 'schema', 'operations');

const STATIC: Record<string, [file: string, type: string]> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/dashboard.css': ['dashboard.css', 'text/css; charset=utf-8'],
  '/dashboard.js': ['dashboard.js', 'text/javascript; charset=utf-8'],
};

/** Nothing on our own pages is fetched from, or sent to, anywhere else. */
const OWN_ONLY =
  "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** GraphiQL brings its script and style within its page. */
const GRAPHIQL_ONLY =
  "default-src 'self' 'unsafe-inline' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob: data:";

/**
 * GraphiQL's tabs are moved for a moment when there are many; the one that is pressed then jumps from under
 * the pointer and is never chosen. So tabs stay where they are.
 */
const STAYING_TABS = '<style>.graphiql-tab { transform: none !important }</style>';

/** The first steps, then the operations that answer the note's questions. */
const readOperations = (): { query: string }[] =>
  [path.join(OPERATIONS, 'examples'), OPERATIONS].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.graphql'))
      .sort()
      .map((name) => ({ query: readFileSync(path.join(folder, name), 'utf8') })),
  );

/** `/`, a page for people; `/graphiql`, with all operations as tabs; `/schema.graphql`. */
export const addPages = (app: FastifyInstance, apiSdl: () => string): void => {
  for (const [url, [file, type]] of Object.entries(STATIC)) {
    const body = readFileSync(path.join(DASHBOARD, file), 'utf8');
    app.get(url, async (_request, reply) =>
      reply.type(type).header('content-security-policy', OWN_ONLY).send(body),
    );
  }
  const graphiql = renderGraphiQL({
    endpoint: '/graphql',
    title: 'Peacegraph',
    defaultTabs: readOperations(),
  } as never).replace('</head>', `${STAYING_TABS}</head>`);
  app.get('/graphiql', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', GRAPHIQL_ONLY)
      .send(graphiql),
  );
  app.get('/schema.graphql', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(apiSdl()),
  );
};
