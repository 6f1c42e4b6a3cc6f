import type { Logger } from 'pino';
import type { PublishedSubgraph } from '../partners';
import { sha256 } from './chain';
import type { Members } from './event';
import type { Ledger } from './ledger';
import type { Compose, Composed, Own } from './parts';
import { subgraphsOf } from './publications';
import { type Composition, keyOf, membersOf, type State } from './state';

/** What is to be served: the supergraph, the partners in it, and who of them is not to be asked. */
export interface Served extends Composed {
  readonly partners: readonly PublishedSubgraph[];
  /** Why, by name. */
  readonly quarantined: ReadonlyMap<string, string>;
}

/** A change of another process is noticed after this time at the most, in milliseconds. */
const POLL_MS = 1000;
/** Whatever cannot be composed is not tried more often than that. */
const MOST_PATIENCE_MS = 60_000;
const ACTOR = 'gateway';

const quarantinedIn = ({ partners }: State): Map<string, string> =>
  new Map(
    [...partners.values()].flatMap(({ name, quarantine }) =>
      quarantine ? [[name, quarantine.reason] as const] : [],
    ),
  );

/**
 * Finds out what is to be served by the log, and composes it where nobody has yet, as after a release of
 * our own. A partner that does not compose is set aside.
 * @param base what is served without partners.
 */
export const createServing = (parts: {
  ledger: Ledger;
  own: Own;
  base: Composed;
  compose: Compose;
  log: Logger;
}) => {
  const { ledger, own, base, compose, log } = parts;

  const setAside = async (name: string, version: number, reasons: readonly string[]) => {
    log.error({ partner: name, version, reasons }, 'a partner does not compose, and is set aside');
    const payload = { own: own.id, version, reasons: reasons.slice(0, 20) };
    await ledger.append(ACTOR, (state) => ({
      // Somebody else may have said so, or the partner may have another version by now.
      events: membersOf(state, own.id).some(([one, its]) => one === name && its === version)
        ? [{ kind: 'SET_ASIDE', partner: name, payload }]
        : [],
    }));
  };

  /** Sets aside whoever does not compose with those that were in force before. */
  const setAsideMisfits = async (state: State, members: Members): Promise<void> => {
    const since = (name: string, version: number) =>
      state.partners.get(name)?.versions.get(version)?.publishedAt ?? '';
    const inOrder = [...members].sort((a, b) => (since(...a) < since(...b) ? -1 : 1));
    const subgraphs = await subgraphsOf(ledger, state, inOrder);
    const fitting: PublishedSubgraph[] = [];
    for (const subgraph of subgraphs) {
      const composed = await compose([...fitting, subgraph]);
      if (composed.status === 'composed') fitting.push(subgraph);
      else await setAside(subgraph.name, subgraph.version, composed.reasons);
    }
  };

  /** The composition of what is in force; made, and told to others, where there is none. */
  const compositionOf = async (): Promise<{ state: State; found: Composition | null }> => {
    for (;;) {
      const state = await ledger.refresh();
      const members = membersOf(state, own.id);
      const found = members.length === 0 ? null : state.byKey.get(keyOf(own.id, members));
      if (found !== undefined) return { state, found };
      const composed = await compose(await subgraphsOf(ledger, state, members));
      if (composed.status === 'failed') {
        await setAsideMisfits(state, members);
        continue;
      }
      const { supergraphSdl, apiSdl } = composed;
      const [supergraph, api] = [sha256(supergraphSdl), sha256(apiSdl)];
      const payload = { own: own.id, partners: members, supergraph, api };
      await ledger.append(ACTOR, ({ byKey }) =>
        byKey.has(keyOf(own.id, members))
          ? { events: [] }
          : {
              events: [{ kind: 'COMPOSED', partner: null, payload }],
              texts: [supergraphSdl, apiSdl],
            },
      );
    }
  };

  return {
    /** What is to be served now. */
    find: async (): Promise<Served> => {
      const { state, found } = await compositionOf();
      const quarantined = quarantinedIn(state);
      if (!found) return { ...base, partners: [], quarantined };
      const [supergraphSdl, apiSdl, partners] = await Promise.all([
        ledger.text(found.supergraph),
        ledger.text(found.api),
        subgraphsOf(ledger, state, found.partners),
      ]);
      return { supergraphSdl, apiSdl, partners, quarantined };
    },
    head: ledger.head,
  };
};
export type Serving = ReturnType<typeof createServing>;

/**
 * Keeps a server at what is to be served: looks every second whether the log went on, also by another
 * process.
 * @param apply serves it from now on; what was served stays if it throws.
 */
export const followServing = (
  serving: Serving,
  apply: (served: Served) => Promise<void>,
  log: Logger,
) => {
  let seen = -1;
  let stopped = false;
  let last: Promise<void> = Promise.resolve();
  const bringUp = async () => {
    const { sequence } = await serving.head();
    if (sequence === seen) return;
    const served = await serving.find();
    // What was appended meanwhile, be it by this very work, is looked at the next time; and what cannot
    // be served now cannot be served the next time.
    seen = sequence;
    await apply(served);
  };
  /** Resolves when what is in force now is served. */
  const settle = (): Promise<void> => {
    const done = last.then(bringUp);
    last = done.catch(() => undefined);
    return done;
  };
  let timer: NodeJS.Timeout;
  const look = async (wait: number) => {
    const next = await settle().then(
      () => POLL_MS,
      (error: unknown) => {
        log.error({ err: error }, 'what is in force cannot be served; what was served stays');
        return Math.min(2 * wait, MOST_PATIENCE_MS);
      },
    );
    if (!stopped) timer = setTimeout(() => void look(next), next);
  };
  timer = setTimeout(() => void look(POLL_MS), POLL_MS);
  return {
    settle,
    close: async () => {
      stopped = true;
      clearTimeout(timer);
      await last;
    },
  };
};
