import type { Trust } from '../partners';
import { START } from './chain';
import type { Members, Proposal, RegistryEvent } from './event';
import { applyFeedEvent, type FeedState, removeFeeds } from './feed';

/** So many publications of a partner are taken in a day: the log is for good. */
export const MOST_A_DAY = 1000;

/** A partner as the log leaves it. */
export interface PartnerState {
  name: string;
  trust: Trust;
  addedAt: string;
  /** Every version that was proposed or published, by number; `publishedAt` null: never in force. */
  versions: Map<number, Proposal & { publishedAt: string | null }>;
  /** The version that waits for a steward. */
  pending: number | null;
  inForce: number | null;
  retired: boolean;
  /** When its latest publications came, refused ones included: as many as {@link MOST_A_DAY}. */
  publications: string[];
  quarantine: { at: string; reason: string } | null;
  /** What it publishes without a server, by name. */
  feeds: Map<string, FeedState>;
}

/** A supergraph that was composed once, and can be served again. */
export interface Composition {
  number: number;
  at: string;
  own: string;
  partners: Members;
  /** The hashes of its texts. */
  supergraph: string;
  api: string;
}

/** All that follows from the log. */
export interface State {
  head: Pick<RegistryEvent, 'sequence' | 'hash'>;
  partners: Map<string, PartnerState>;
  compositions: Composition[];
  /** Compositions by {@link keyOf}. */
  byKey: Map<string, Composition>;
  /** Why versions do not compose, by {@link asideKey}. */
  setAside: Map<string, readonly string[]>;
}

/** What follows from a log without entries. */
export const emptyState = (): State => ({
  head: START,
  partners: new Map(),
  compositions: [],
  byKey: new Map(),
  setAside: new Map(),
});

/** What a composition is found by. */
export const keyOf = (own: string, partners: Members): string => JSON.stringify([own, partners]);
const asideKey = (own: string, name: string, version: number): string =>
  JSON.stringify([own, name, version]);

/** Why a version of a partner is left out beside our own subgraphs of a release; null if it is not. */
export const setAsideOf = (
  { setAside }: State,
  own: string,
  { name, inForce }: PartnerState,
): readonly string[] | null =>
  inForce === null ? null : (setAside.get(asideKey(own, name, inForce)) ?? null);

/** The partners that are served beside our own subgraphs of a release, by name. */
export const membersOf = (state: State, own: string): Members =>
  [...state.partners.values()]
    .filter((partner) => partner.inForce !== null && !setAsideOf(state, own, partner))
    .map(({ name, inForce }) => [name, inForce ?? 0] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** Takes a version that is new, or waits for a steward, and answers what is wrong with it. */
const takeVersion = (
  partner: PartnerState,
  { version, url, sdl, licence, answerKey }: Proposal,
  publishedAt: string | null,
): string | null => {
  const waits = partner.pending === version;
  if (!waits && version !== partner.versions.size + 1)
    return `version ${version} of ${partner.name} is not its next`;
  partner.versions.set(version, { version, url, sdl, licence, answerKey, publishedAt });
  partner.pending = publishedAt === null ? version : null;
  return null;
};

/** Forgets that versions of a partner did not compose. */
const tryAgain = ({ setAside }: State, name: string): void => {
  for (const key of [...setAside.keys()])
    if ((JSON.parse(key) as string[])[1] === name) setAside.delete(key);
};

const PUBLICATIONS: ReadonlySet<string> = new Set(['PROPOSED', 'PUBLISHED', 'PUBLICATION_REFUSED']);

/** Entries about a partner that is there. */
type PartnerEvent = Exclude<
  RegistryEvent,
  { kind: 'PARTNER_ADDED' | 'COMPOSED' | 'SUPERGRAPH_ROLLED_BACK' }
>;

const applyToPartner = (
  state: State,
  partner: PartnerState,
  event: PartnerEvent,
): string | null => {
  if (PUBLICATIONS.has(event.kind)) {
    partner.publications.push(event.at);
    if (partner.publications.length > MOST_A_DAY) partner.publications.shift();
  }
  switch (event.kind) {
    case 'TRUST_SET':
      partner.trust = event.payload.trust;
      return null;
    case 'PROPOSED':
      // One that waits still waits in vain.
      return takeVersion(partner, event.payload, null);
    case 'PUBLICATION_REFUSED':
      if (event.payload.by === 'STEWARD') partner.pending = null;
      return null;
    case 'PUBLISHED': {
      const fault = takeVersion(partner, event.payload, event.at);
      if (fault !== null) return fault;
      Object.assign(partner, { retired: false, inForce: event.payload.version });
      return null;
    }
    case 'ROLLED_BACK':
      if (!partner.versions.get(event.payload.version)?.publishedAt)
        return `version ${event.payload.version} of ${partner.name} was never in force`;
      partner.inForce = event.payload.version;
      tryAgain(state, partner.name);
      return null;
    case 'RETIRED':
      Object.assign(partner, { retired: true, pending: null, inForce: null });
      removeFeeds(partner);
      return null;
    case 'QUARANTINED':
      partner.quarantine = { at: event.at, reason: event.payload.reason };
      return null;
    case 'READMITTED':
      partner.quarantine = null;
      tryAgain(state, partner.name);
      return null;
    case 'SET_ASIDE': {
      const { own, version, reasons } = event.payload;
      state.setAside.set(asideKey(own, partner.name, version), reasons);
      return null;
    }
    case 'APPROVED':
    case 'KEY_MADE':
    case 'KEY_ROTATED':
    case 'KEY_REVOKED':
      return null;
    case 'FEED_ADDED':
    case 'FEED_CHANGED':
    case 'FEED_ACCEPTED':
    case 'FEED_REMOVED':
    case 'FEED_WITHDRAWN':
      return applyFeedEvent(partner, event);
  }
};

const addPartner = (
  { partners }: State,
  name: string,
  { at, payload }: RegistryEvent & { kind: 'PARTNER_ADDED' },
): string | null => {
  if (partners.has(name)) return `${name} is added twice`;
  partners.set(name, {
    name,
    trust: payload.trust,
    addedAt: at,
    versions: new Map(),
    pending: null,
    inForce: null,
    retired: false,
    publications: [],
    quarantine: null,
    feeds: new Map(),
  });
  return null;
};

const addComposition = (state: State, { at, payload }: RegistryEvent & { kind: 'COMPOSED' }) => {
  const { own, partners, supergraph, api } = payload;
  const number = state.compositions.length + 1;
  const composition = { number, at, own, partners, supergraph, api };
  state.compositions.push(composition);
  state.byKey.set(keyOf(own, partners), composition);
  return null;
};

const rollBackAll = ({ compositions, partners }: State, number: number): string | null => {
  const found = compositions[number - 1];
  if (!found) return `there is no supergraph ${number}`;
  const versions = new Map(found.partners);
  for (const partner of partners.values()) {
    partner.inForce = versions.get(partner.name) ?? null;
    if (partner.inForce !== null) partner.retired = false;
  }
  return null;
};

/**
 * Brings a state to what follows from one more entry of the log; it is changed in place, since a log is
 * long.
 * @returns what is wrong with the entry where it does not fit what came before; null if it does.
 */
export const applyEvent = (state: State, event: RegistryEvent): string | null => {
  state.head = { sequence: event.sequence, hash: event.hash };
  if (event.kind === 'COMPOSED') return addComposition(state, event);
  if (event.kind === 'SUPERGRAPH_ROLLED_BACK') return rollBackAll(state, event.payload.supergraph);
  if (event.kind === 'PARTNER_ADDED') return addPartner(state, event.partner ?? '', event);
  const partner = state.partners.get(event.partner ?? '');
  if (!partner) return `there is no partner ${event.partner ?? 'without a name'}`;
  return applyToPartner(state, partner, event);
};
