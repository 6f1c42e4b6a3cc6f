import type { Finding, Trust } from '../partners';
import type { FeedPayloads } from './feed';

/** A publication as the log has it: its SDL by the hash of the text. */
export interface Proposal {
  version: number;
  url: string;
  sdl: string;
  licence: string | null;
  answerKey: string | null;
}

/** The partners of a supergraph with their versions, by name. */
export type Members = readonly (readonly [name: string, version: number])[];

/** Everything that can happen in the registry, with what is told of it. */
export interface Payloads extends FeedPayloads {
  PARTNER_ADDED: { trust: Trust };
  TRUST_SET: { trust: Trust };
  /** Keys by their ids, which are no secret. */
  KEY_MADE: { key: string };
  KEY_ROTATED: { key: string };
  KEY_REVOKED: { key: string };
  /** A publication that changed nothing; of a pending one its version. */
  PUBLICATION_REFUSED: {
    by: 'CHECK' | 'CANARY' | 'STEWARD';
    version: number | null;
    reason: string | null;
    findings: readonly Finding[];
  };
  /** A publication that waits for a steward. */
  PROPOSED: Proposal & { findings: readonly Finding[] };
  /** A steward let a pending publication pass. */
  APPROVED: { version: number };
  /** A version is in force, after its endpoint was tried. */
  PUBLISHED: Proposal & { canary: unknown };
  /** An earlier version of a partner is in force again. */
  ROLLED_BACK: { version: number };
  /** The partners of an earlier supergraph are in force again, and no others. */
  SUPERGRAPH_ROLLED_BACK: { supergraph: number };
  RETIRED: { reason: string | null };
  /** A partner is not asked any more; its fields stand and are empty. */
  QUARANTINED: { reason: string };
  READMITTED: Record<string, never>;
  /**
   * A supergraph of our own subgraphs, as `own` tells them from those of another release, and partners.
   * Texts by their hashes.
   */
  COMPOSED: { own: string; partners: Members; supergraph: string; api: string };
  /** A version in force does not compose with our own subgraphs, and is left out. */
  SET_ASIDE: { own: string; version: number; reasons: readonly string[] };
}
export type Kind = keyof Payloads;

/** Something that happened. */
export type NewEvent = {
  [K in Kind]: { kind: K; partner: string | null; payload: Payloads[K] };
}[Kind];

/** An entry of the log. */
export type RegistryEvent = NewEvent & {
  /** 1, 2, 3, … without gaps. */
  sequence: number;
  /** ISO 8601, UTC. */
  at: string;
  /** Who did it: `steward:<key>`, `partner:<key>`, `console` or `gateway`. */
  actor: string;
  /** The hash of the entry before; of the first, zeros. */
  previous: string;
  hash: string;
};

/** The hashes of the texts that an entry speaks of. */
export const textsOf = (event: RegistryEvent): string[] => {
  if (event.kind === 'PROPOSED' || event.kind === 'PUBLISHED') return [event.payload.sdl];
  return event.kind === 'COMPOSED' ? [event.payload.supergraph, event.payload.api] : [];
};
