import type { NewEvent } from './event';
import { linkEvents } from './chain';
import type { RegistryStore } from './registry.store';
import { applyEvent, emptyState, type State } from './state';

const READ_AT_ONCE = 500;
/** So often another process may be faster before something else must be wrong. */
const TRIES = 50;

/** What somebody decided to append, and the texts that it speaks of. */
export interface Decision {
  events: readonly NewEvent[];
  texts?: readonly string[];
}

/** The log, and all that follows from it, kept in memory and brought up to date by what is new. */
export const createLedger = (store: RegistryStore, clock: () => number = Date.now) => {
  const state = emptyState();
  let lastRead: Promise<State> = Promise.resolve(state);
  let lastAppend: Promise<unknown> = Promise.resolve();

  const readNew = async (): Promise<State> => {
    for (;;) {
      const events = await store.after(state.head.sequence, READ_AT_ONCE);
      for (const event of events) applyEvent(state, event);
      if (events.length < READ_AT_ONCE) return state;
    }
  };
  /** Reads what is new, one call after the other: an entry must not be taken twice. */
  const refresh = (): Promise<State> => (lastRead = lastRead.then(readNew, readNew));

  const appendNow = async (actor: string, decide: (state: State) => Decision): Promise<State> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      await refresh();
      const { events, texts = [] } = decide(state);
      if (events.length === 0) return state;
      const at = new Date(clock()).toISOString();
      if (await store.append(linkEvents(state.head, events, { at, actor }), texts))
        return refresh();
    }
    throw new Error('The registry cannot be written: others are faster every time.');
  };

  return {
    refresh,

    /**
     * Appends what is decided on the newest state; it is decided anew where another process was faster.
     * @param decide throws to append nothing.
     */
    append: (actor: string, decide: (state: State) => Decision): Promise<State> => {
      // One at a time: writers of one process that wait for each other in SQLite take all its threads.
      const done = lastAppend.then(() => appendNow(actor, decide));
      lastAppend = done.catch(() => undefined);
      return done;
    },

    /** A text that the log speaks of. @throws Error if it is not there. */
    text: async (hash: string): Promise<string> => {
      const text = await store.text(hash);
      if (text === null) throw new Error(`The registry lacks a text: ${hash}.`);
      return text;
    },

    findText: store.text,
    log: store.after,
    head: store.head,
  };
};
export type Ledger = ReturnType<typeof createLedger>;
