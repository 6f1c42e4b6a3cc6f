import type { GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from 'pino';
import type { SigningKey } from '../../subgraphs/shared/http/keys';
import { FOREVER } from '../../subgraphs/shared/db';
import type { Viewer } from '../../subgraphs/shared/viewer';
import type { SourceLimits } from './bounded-answer';
import { createRemoteSource } from './remote-source';
import { createSourceClient } from './source-client';
import { readSubgraphSchema } from './subgraph-schema';

/**
 * How often each source is asked for its version. An import is seen so much later at the most; until
 * then requests are answered in the former state, which sources keep for several versions.
 */
const BEAT_MS = 500;
/** A source that takes longer to say its version counts as down. */
const BEAT_DEADLINE_MS = 2000;

/** A subgraph of another process. */
export interface RemoteAddress {
  readonly name: string;
  readonly url: string;
}

export type SourceState = 'up' | 'down';

/** Subgraphs of other processes, and what is known of them. */
export interface RemoteSources {
  sourceOf(name: string): GraphQLDataSource | undefined;
  /** A viewer of this tier, at a version of the bodies that every subgraph has that can be reached. */
  viewerOf(tier: number): Promise<Viewer>;
  states(): Record<string, SourceState>;
  /** Asks every source for its version now, without waiting for the next beat. */
  look(): Promise<void>;
  close(): Promise<void>;
}

interface Known {
  name: string;
  source: GraphQLDataSource;
  state: SourceState;
  version: number;
  /** Asks the source for its version. Never fails: a source that does not answer is down. */
  look(): Promise<void>;
  close(): Promise<void>;
}

const know = (
  address: RemoteAddress,
  parts: ConnectParts,
  onGone: () => void,
  stopped: AbortSignal,
): Known => {
  const { key, limits, log, sharing, sdlOf } = parts;
  const client = createSourceClient(address, key, limits);
  const { name } = address;
  const onVersion = (version: number) => {
    known.version = version;
    if (known.state === 'up') return;
    known.state = 'up';
    log.info({ source: name }, 'a source is up');
  };
  const known: Known = {
    name,
    source: createRemoteSource({
      about: {
        name,
        trust: 'CORE',
        version: null,
        licence: null,
        schema: readSubgraphSchema(sdlOf(name)),
      },
      client,
      limits,
      listener: { onVersion, onGone },
      path: '/graphql',
      ...(sharing !== undefined && { sharing }),
    }),
    state: 'down',
    version: 0,
    look: async () => {
      const until = AbortSignal.any([stopped, AbortSignal.timeout(BEAT_DEADLINE_MS)]);
      try {
        const { status, json } = await client.ask({ method: 'GET', path: '/version' }, until);
        const read = JSON.parse(json.toString()) as { name?: unknown; version?: unknown };
        if (status !== 200 || read.name !== name || !Number.isSafeInteger(read.version))
          throw new Error(`HTTP ${status}: ${json.subarray(0, 500).toString()}`);
        onVersion(read.version as number);
      } catch (error) {
        if (known.state === 'up' && !stopped.aborted)
          log.warn({ source: name, err: error }, 'a source is down');
        known.state = 'down';
      }
    },
    close: () => client.close(),
  };
  return known;
};

interface ConnectParts {
  addresses: readonly RemoteAddress[];
  /** With which requests are signed; null for sources that take unsigned ones. */
  key: SigningKey | null;
  limits: SourceLimits;
  log: Logger;
  /** The SDL of a source, by which its answers are judged. */
  sdlOf: (name: string) => string;
  sharing?: boolean;
}

/** Gets to know the sources at these addresses, and keeps up with them; some may be down. */
export const connectSources = async (parts: ConnectParts): Promise<RemoteSources> => {
  const stop = new AbortController();
  let looking: Promise<unknown> | undefined;
  const look = async () => {
    looking = Promise.all(sources.map((one) => one.look()));
    await looking;
  };
  const sources = parts.addresses.map((address) =>
    know(address, parts, () => void look(), stop.signal),
  );
  const byName = new Map(sources.map((one) => [one.name, one]));

  await look();
  for (const { name, state } of sources)
    if (state === 'down') parts.log.warn({ source: name }, 'a source is missing at the start');
  const beats = sources.map((one) => {
    let timer: NodeJS.Timeout;
    const beat = async () => {
      await one.look();
      if (!stop.signal.aborted) timer = setTimeout(() => void beat(), BEAT_MS);
    };
    timer = setTimeout(() => void beat(), BEAT_MS);
    return () => clearTimeout(timer);
  });

  return {
    sourceOf: (name) => byName.get(name)?.source,
    viewerOf: async (tier) => {
      await looking;
      const reached = sources.filter(({ state }) => state === 'up');
      // A version that nobody has makes whoever is back by then say so, and the request begins anew.
      return { tier, version: Math.min(...reached.map(({ version }) => version), FOREVER) };
    },
    look,
    states: () => Object.fromEntries(sources.map(({ name, state }) => [name, state])),
    close: async () => {
      stop.abort();
      for (const end of beats) end();
      await Promise.all(sources.map((one) => one.close()));
    },
  };
};
