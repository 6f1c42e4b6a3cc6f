import type { Logger } from 'pino';
import type { Viewer } from '../subgraphs/shared/viewer';
import type { SourceLedger } from './sources';

/** Who asks, as far as limits and logs need to know. */
export interface Caller {
  tier: number;
  /** The id of the caller's key, which is no secret; null: anybody. */
  keyId: string | null;
  /** Where the request came from. */
  address: string;
}

/** One request on its way through the gateway. */
export interface RequestContext {
  requestId: string;
  caller: Caller;
  viewer: Viewer;
  log: Logger;
  /** What each subgraph's resolvers share in this request, made when it is first asked. */
  contexts: Map<string, object>;
  /** What the sources that it asks do. */
  ledger: SourceLedger;
  /** Until when sources may answer, in milliseconds since 1970; it leaves time to put together what came. */
  deadline: number;
  /** Fires when nobody waits for the answer any longer. */
  signal: AbortSignal;
  /** Sources that have the viewer's version no more: the request begins anew in a newer one. */
  outdated: Set<string>;
  /** How many sub-queries its answer has taken so far. */
  fetches: number;
  /** Whether it asks for its own cost under `extensions.cost`. */
  showCost: boolean;
  /** Whether it asks where each field came from, under `extensions.provenance`. */
  showProvenance: boolean;
  /** Whether it takes an answer only if every source has its part in it. */
  allOrNothing: boolean;
}
