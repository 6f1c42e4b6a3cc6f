/** How far a partner is trusted: ours, known and checked, or new. */
export type Trust = 'CORE' | 'VERIFIED' | 'PROVISIONAL';

/** Who a partner is to the graph. */
export interface Partner {
  /** The name of its subgraph, in kebab-case. */
  readonly name: string;
  readonly trust: Trust;
}

/** A subgraph as it was published: what is served of it. */
export interface PublishedSubgraph extends Partner {
  /** Where it answers GraphQL over POST. */
  readonly url: string;
  readonly sdl: string;
  /** Its published version: 1, 2, 3, … of this partner. */
  readonly version: number;
  /** The licence of its data, as it states; null if not stated. */
  readonly licence: string | null;
  /** The public key (PEM or JWK text) with which it signs its answers; null if it does not. */
  readonly answerKey: string | null;
}

/** Something found wrong with a publication, and what to do. */
export interface Finding {
  /** Stable, upper-case. */
  readonly code: string;
  readonly severity: 'ERROR' | 'WARNING' | 'STEWARD';
  /** A schema coordinate (`Organisation.willowWeb_events`), or null. */
  readonly coordinate: string | null;
  /** Line and column in the SDL, from 1; null where none is meant. */
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly advice: string;
}
