import { faultOfLink, type Head, sha256, START } from './chain';
import { type RegistryEvent, textsOf } from './event';
import { applyEvent, emptyState } from './state';

/** What is found of a log that was looked at whole. */
export interface RegistryVerification {
  head: Head;
  texts: number;
  /** What is wrong; of a log that is as it was written nothing. */
  faults: string[];
}

const MOST_FAULTS = 100;

/**
 * Recomputes the chain from its beginning, what follows from it, and the hash of every text that it
 * speaks of. Whoever can read the registry can do this.
 * @param readAfter entries after a place in the log; none at its end.
 * @param readText a text by its hash; null if there is none.
 */
export const verifyRegistry = async (
  readAfter: (sequence: number) => Promise<readonly RegistryEvent[]>,
  readText: (hash: string) => Promise<string | null>,
): Promise<RegistryVerification> => {
  const faults: string[] = [];
  const note = (fault: string | null) => {
    if (fault !== null && faults.length < MOST_FAULTS) faults.push(fault);
  };
  const state = emptyState();
  const seen = new Set<string>();
  let head: Head = START;
  for (;;) {
    const events = await readAfter(head.sequence);
    if (events.length === 0) break;
    for (const event of events) {
      note(faultOfLink(head, event));
      const fault = applyEvent(state, event);
      if (fault !== null) note(`entry ${event.sequence}: ${fault}`);
      for (const hash of textsOf(event)) {
        if (seen.has(hash)) continue;
        seen.add(hash);
        const text = await readText(hash);
        if (text === null) note(`entry ${event.sequence}: its text ${hash} is missing`);
        else if (sha256(text) !== hash)
          note(`entry ${event.sequence}: its text ${hash} is another`);
      }
      head = { sequence: event.sequence, hash: event.hash };
    }
  }
  return { head, texts: seen.size, faults };
};
