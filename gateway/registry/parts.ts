import type { Finding, Partner, PublishedSubgraph } from '../partners';
import type { FieldUsage } from './check/usage';

/** A supergraph, and the schema that clients see of it. */
export interface Composed {
  readonly supergraphSdl: string;
  readonly apiSdl: string;
}

/** Checks a publication against policy, the graph and what clients ask for. It publishes nothing. */
export type CheckPublication = (input: {
  readonly partner: Partner;
  readonly sdl: string;
  /** What is in force of this partner; null: nothing. */
  readonly previous: PublishedSubgraph | null;
  /** What is in force of the other partners. */
  readonly others: readonly PublishedSubgraph[];
  readonly usage: readonly FieldUsage[];
  /** What clients see of all that is in force; null if it has not been composed. */
  readonly servedApiSdl: string | null;
}) => Promise<{
  readonly findings: readonly Finding[];
  /** Null if it does not compose. */
  readonly supergraphSdl: string | null;
  readonly apiSdl: string | null;
  /** What would be sent to the partner, in sentences. */
  readonly dataFlow: readonly string[];
}>;

/** Tries the running endpoint of a subgraph before it is served. */
export type Canary = (subgraph: PublishedSubgraph) => Promise<{
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly report: object;
}>;

/**
 * Composes our own subgraphs with partners', away from the event loop. It rejects if that could not be
 * tried, and answers the reasons if they do not fit together.
 */
export type Compose = (
  partners: readonly PublishedSubgraph[],
) => Promise<
  ({ readonly status: 'composed' } & Composed) | { status: 'failed'; reasons: readonly string[] }
>;

/** Our own subgraphs of this release. */
export interface Own {
  /** Tells them from those of another release. */
  readonly id: string;
  readonly names: readonly string[];
}

/** What is wrong with the name of a partner to be; null if nothing is. */
export type FaultOfName = (name: string, taken: readonly string[]) => string | null;
