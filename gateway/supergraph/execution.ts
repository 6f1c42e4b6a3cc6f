import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type {
  GatewayExecutor,
  GatewayInterface,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from '../context';

/** What runs queries over the supergraph. All that the rest of the gateway knows of it. */
export interface Execution {
  gateway: GatewayInterface;
  /** Serves another supergraph from now on; calls wait for each other, a bad one changes nothing. */
  update(supergraphSdl: string): Promise<void>;
}

/** A source whose sub-queries a request counts. */
const counted = (source: GraphQLDataSource): GraphQLDataSource => ({
  process: (options) => {
    (options.context as unknown as RequestContext).fetches += 1;
    return source.process(options);
  },
});

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** One supergraph with the sources that it was made of. */
interface Loaded {
  readonly sdl: string;
  readonly schemas: Parameters<GatewaySchemaLoadOrUpdateCallback>[0];
  readonly execute: GatewayExecutor;
}

/**
 * Query plans by @apollo/gateway. Each supergraph is a gateway of its own, with its sources, plans and
 * schema: a request ends in the one that it began in, while the next one serves already, and what no request
 * needs any longer is let go of. (A gateway that is updated keeps the sources that it no longer names, and
 * runs a request that it has checked by one schema with the plans of the next.)
 * @param sourceOf the source of a name, wherever it runs, as it is when a supergraph begins to serve.
 * @param prepare done with a schema for clients and its supergraph before it serves; it does not if this throws.
 */
export const createExecution = (
  supergraphSdl: string,
  sourceOf: (name: string) => GraphQLDataSource | undefined,
  prepare: (schema: GraphQLSchema, supergraphSdl: string) => void = () => undefined,
): Execution => {
  const bySchema = new WeakMap<GraphQLSchema, Loaded>();
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  let loaded = false;
  let queue: Promise<unknown> = Promise.resolve();

  // Unless this is set, the library reports to its maker over the network, and waits for that at a stop.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';

  const open = async (sdl: string): Promise<Loaded> => {
    const gateway = new ApolloGateway({
      supergraphSdl: sdl,
      buildService: ({ name }) => {
        const source = sourceOf(name);
        if (!source) throw new Error(`The supergraph names a source \`${name}\` that is not here.`);
        return counted(source);
      },
      logger: SILENT,
    });
    let schemas: Loaded['schemas'] | undefined;
    gateway.onSchemaLoadOrUpdate((context) => (schemas = context));
    const { executor } = await gateway.load();
    if (!schemas || !executor) throw new Error('The supergraph gives no schema.');
    return { sdl, schemas, execute: executor as unknown as GatewayExecutor };
  };

  const serve = (next: Loaded) => {
    prepare(next.schemas.apiSchema, next.sdl);
    bySchema.set(next.schemas.apiSchema, next);
    for (const listener of listeners) listener(next.schemas);
  };

  const gateway: GatewayInterface = {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: async () => {
      serve(await open(supergraphSdl));
      loaded = true;
      return {
        executor: async (request) => {
          const found = bySchema.get(request.schema);
          if (!found) throw new Error('The request was checked by a schema that is not served.');
          return found.execute(request);
        },
      };
    },
    stop: async () => undefined,
  };

  return {
    gateway,
    update: (sdl) => {
      const next = queue.then(async () => {
        if (!loaded) throw new Error('The supergraph cannot change before it is first served.');
        serve(await open(sdl));
      });
      queue = next.catch(() => undefined);
      return next;
    },
  };
};
