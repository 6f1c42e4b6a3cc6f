import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { compareTexts } from '../subgraphs/shared/ids';
import type { Subgraph } from '../subgraphs/shared/subgraph';
import type { Viewer } from '../subgraphs/shared/viewer';
import { callerOf, challengeFor } from './access/caller';
import { type CostModel, readCostModel } from './access/cost-model';
import { createCostPlugin } from './access/cost-plugin';
import type { Keys } from './access/keys';
import { checkSize, checkTokens } from './access/limits';
import { createRates } from './access/rate';
import type { Config } from './config';
import type { RequestContext } from './context';
import { maskError } from './errors';
import { addCors } from './http/cors';
import { addErrors } from './http/errors';
import { addGraphql } from './http/graphql';
import { addHealth } from './http/health';
import { addPages } from './http/pages';
import { addRegistry, type RegistryDoor } from './http/registry';
import { createLedger } from './sources';
import { apiSdlOf, composeSupergraph } from './supergraph/compose';
import { createExecution } from './supergraph/execution';
import { createLocalSource } from './supergraph/local-source';
import { createOnlyPublic } from './supergraph/only-public';
import type { PartnerSources, PartnerState } from './supergraph/partner-sources';
import type { RemoteSources, SourceState } from './supergraph/remote';
import { createSourcesPlugin } from './supergraph/sources-plugin';

/** A gateway that serves. */
export interface Server {
  app: FastifyInstance;
  /** Begins to listen; answers the address. */
  listen(): Promise<string>;
  /** Stops taking requests, answers those under way, and ends. */
  close(): Promise<void>;
  /**
   * Serves another supergraph from now on.
   * @param apiSdl what clients see of it; made of it when it is first asked for if it is not given.
   */
  update(supergraphSdl: string, apiSdl?: string): Promise<void>;
}

/** Puts errors in the order of their paths: sources answer at the same time, and who is first is chance. */
const orderPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body } }) => {
      if (body.kind !== 'single' || !body.singleResult.errors) return;
      const nameOf = ({ path, message }: GraphQLFormattedError) =>
        JSON.stringify([(path ?? []).map((step) => String(step).padStart(6, '0')), message]);
      body.singleResult.errors = [...body.singleResult.errors].sort((a, b) =>
        compareTexts(nameOf(a), nameOf(b)),
      );
    },
  }),
};

/** A preference for all or nothing (RFC 7240), among others or alone. */
const ALL_OR_NOTHING = /(^|,)\s*handling\s*=\s*"?strict"?\s*(,|;|$)/i;

/** How much of a request's time its sources may take; what came is put together in the rest. */
const SHARE_OF_SOURCES = 0.95;

/** The points of a minute that each tier has for the registry: a read takes one, a write twenty. */
const REGISTRY_RATES = [600, 600, 600, 6000];

/** Builds every part of the gateway and hands each what it needs. */
export const createServer = async (parts: {
  /** Subgraphs of this process. */
  subgraphs: readonly Subgraph[];
  /** Subgraphs of other processes. */
  remote?: Pick<RemoteSources, 'sourceOf' | 'states'>;
  /** The registry of partners, and the keys with which they are asked. */
  registry?: { door: RegistryDoor; publicKeys: object };
  /** Sees what is run, beside the gateway's own plugins. */
  plugins?: readonly ApolloServerPlugin<RequestContext>[];
  /** Without `access`, queries cost nothing: for graphs that nobody else can reach. */
  config: Pick<Config, 'http' | 'limits'> & Partial<Pick<Config, 'access'>>;
  viewerFor: (tier: number) => Promise<Viewer>;
  /** Subgraphs of partners. What is served of them begins with the next supergraph. */
  partners?: Pick<PartnerSources, 'sourceOf' | 'states'> & {
    /** The subgraph of ours that owns the entities of a type; undefined for types of partners. */
    ownerOf: (typeName: string) => string | undefined;
  };
  /** The keys that count; none if absent. */
  keys?: Pick<Keys, 'check'>;
  log: Logger;
  /** The composed supergraph; composed anew from the subgraphs of this process if it is not given. */
  supergraphSdl?: string;
  /** What clients see of it; made of it if it is not given. */
  apiSdl?: string;
}): Promise<Server> => {
  const { config, subgraphs, remote, partners, viewerFor, keys, log } = parts;
  const supergraphSdl = parts.supergraphSdl ?? composeSupergraph(subgraphs).supergraphSdl;
  let served = supergraphSdl;
  /** Made when it is first asked for. */
  let apiSdl = parts.apiSdl;
  const local = new Map(subgraphs.map((subgraph) => [subgraph.name, createLocalSource(subgraph)]));
  const oursOf = (name: string) => local.get(name) ?? remote?.sourceOf(name);
  const partnerOf = (name: string) => {
    const partner = partners?.sourceOf(name);
    if (!partners || !partner) return undefined;
    return createOnlyPublic(name, partner, { ownerOf: partners.ownerOf, sourceOf: oursOf });
  };
  /** A request is weighed by the supergraph that it runs in. */
  const costModels = new WeakMap<GraphQLSchema, CostModel>();
  const execution = createExecution(
    supergraphSdl,
    (name) => oursOf(name) ?? partnerOf(name),
    (schema, sdl) => costModels.set(schema, readCostModel(sdl)),
  );
  const states = (): Record<string, SourceState | PartnerState> => ({
    ...partners?.states(),
    ...Object.fromEntries(subgraphs.map(({ name }) => [name, 'up' as const])),
    ...remote?.states(),
  });
  const { access } = config;
  const current = new AsyncLocalStorage<RequestContext>();
  let ready = false;
  let draining = false;

  const apollo = new ApolloServer<RequestContext>({
    gateway: execution.gateway,
    introspection: true,
    // No cookies and no sessions: a forged cross-site request can do nothing its sender could not.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (message) => log.error(message),
    },
    formatError: (formatted, error) =>
      maskError(formatted, error, current.getStore()?.requestId ?? 'none', log),
    plugins: [
      createSourcesPlugin(),
      orderPlugin,
      ...(parts.plugins ?? []),
      ...(access
        ? [
            createCostPlugin(
              access,
              (schema) => costModels.get(schema),
              access.rateLimits ? createRates(access.rateLimits) : undefined,
            ),
          ]
        : []),
    ],
  });
  await apollo.start();

  const app = fastify({
    bodyLimit: config.limits.body,
    genReqId: () => randomUUID(),
    trustProxy: access && access.trustedProxies.length > 0 ? [...access.trustedProxies] : false,
    // Requests on open connections are still answered while the server drains.
    return503OnClosing: false,
    // One line of our own per request; fastify's would say the same twice.
    logger: false,
  });
  // GraphQL comes as JSON or in the address; anything else is told so.
  app.removeContentTypeParser('text/plain');

  app.addHook('onSend', async (request, reply, payload) => {
    // A connection that stays open would keep the server from ending.
    if (draining) void reply.header('connection', 'close');
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    return payload;
  });
  /** By which key a request was let in. */
  const callers = new WeakMap<FastifyRequest, string | null>();
  const callerBehind = async (request: FastifyRequest) => {
    const caller = await callerOf(request.headers, keys);
    callers.set(request, caller.keyId);
    return { ...caller, address: request.ip };
  };
  app.addHook('onResponse', async (request, reply) => {
    const keyId = callers.get(request) ?? null;
    const { operationName } = (request.body ?? {}) as { operationName?: unknown };
    log.info(
      {
        requestId: request.id,
        method: request.method,
        path: request.url.split('?')[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...(keyId !== null && { keyId }),
        ...(typeof operationName === 'string' && { operationName }),
      },
      'request',
    );
  });
  addCors(app);
  addErrors(app, log);
  addHealth(app, () => ready, states);
  addPages(app, () => (apiSdl ??= apiSdlOf(served)));
  if (parts.registry) {
    const rates = access?.rateLimits ? createRates(REGISTRY_RATES) : undefined;
    addRegistry(app, {
      ...parts.registry,
      callerOf: callerBehind,
      challengeFor: ({ headers }) => challengeFor(headers),
      ...(rates && { take: rates.take }),
    });
  }
  addGraphql(app, {
    apollo,
    callerOf: callerBehind,
    challengeFor: ({ headers }) => challengeFor(headers),
    contextOf: async (request, caller, signal) => ({
      requestId: request.id,
      caller,
      viewer: await viewerFor(caller.tier),
      log,
      contexts: new Map(),
      ledger: createLedger(),
      deadline: Date.now() + config.limits.deadlineMs * SHARE_OF_SOURCES,
      signal,
      outdated: new Set(),
      fetches: 0,
      showCost: request.headers['x-show-cost'] === '1',
      showProvenance: request.headers['x-show-provenance'] === '1',
      allOrNothing: ALL_OR_NOTHING.test(String(request.headers.prefer)),
    }),
    within: (context, run) => current.run(context, run),
    admit: (query, parseQuery) => {
      checkTokens(query, config.limits);
      let document;
      try {
        document = parseQuery(query, { noLocation: true });
      } catch {
        return; // The server says where the text is wrong.
      }
      checkSize(document, config.limits);
    },
    deadlineMs: config.limits.deadlineMs,
    log,
  });

  return {
    app,
    listen: async () => {
      const address = await app.listen({ port: config.http.port, host: config.http.host });
      ready = true;
      return address;
    },
    close: async () => {
      ready = false;
      draining = true;
      await app.close();
      await apollo.stop();
    },
    update: async (sdl, api) => {
      await execution.update(sdl);
      served = sdl;
      apiSdl = api;
    },
  };
};
