import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { RequestContext } from '../context';

/** What runs queries over the supergraph. All that the rest of the gateway knows of it. */
export interface Execution {
  gateway: GatewayInterface;
  /** Serves another supergraph from now on; calls wait for each other, a bad one changes nothing. */
  update(supergraphSdl: string): Promise<void>;
  /** The supergraph that is served. */
  sdl(): string;
}

/** A source whose sub-queries a request counts. */
const counted = (source: GraphQLDataSource): GraphQLDataSource => ({
  process: (options) => {
    (options.context as unknown as RequestContext).fetches += 1;
    return source.process(options);
  },
});

/**
 * Query plans by @apollo/gateway.
 * @param sourceOf the source of a name, wherever it runs.
 */
export const createExecution = (
  supergraphSdl: string,
  sourceOf: (name: string) => GraphQLDataSource | undefined,
): Execution => {
  let served = supergraphSdl;
  let apply: ((sdl: string) => void) | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  // Unless this is set, the library reports to its maker over the network, and waits for that at a stop.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl: async ({ update }) => {
      apply = update;
      return { supergraphSdl };
    },
    buildService: ({ name }) => {
      const source = sourceOf(name);
      if (!source) throw new Error(`The supergraph names a source \`${name}\` that is not here.`);
      return counted(source);
    },
    // The update function refuses two at once; errors of one must not stop the next.
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    },
  });

  return {
    gateway: gateway as unknown as GatewayInterface,
    update: (sdl) => {
      const next = queue.then(() => {
        if (!apply) throw new Error('The supergraph cannot change before it is first served.');
        apply(sdl);
        served = sdl;
      });
      queue = next.catch(() => undefined);
      return next;
    },
    sdl: () => served,
  };
};
