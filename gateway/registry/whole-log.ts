import { faultOfLink, type Head, sha256, START } from './chain';
import { textsOf } from './event';
import type { RegistryStore, WholeEntry } from './registry.store';

const READ_AT_ONCE = 200;

/** The whole log with its texts, while others append: what comes later is only longer. */
export async function* readWholeLog({
  after,
  text,
}: Pick<RegistryStore, 'after' | 'text'>): AsyncGenerator<WholeEntry> {
  const seen = new Set<string>();
  for (let last = 0; ;) {
    const events = await after(last, READ_AT_ONCE);
    for (const event of events) {
      const texts: string[] = [];
      for (const hash of textsOf(event)) {
        if (seen.has(hash)) continue;
        seen.add(hash);
        const found = await text(hash);
        if (found === null) throw new Error(`The registry lacks a text: ${hash}.`);
        texts.push(found);
      }
      yield { event, texts };
      last = event.sequence;
    }
    if (events.length < READ_AT_ONCE) return;
  }
}

/**
 * The same entries, each of which follows from the one before.
 * @throws Error at the first that does not, or lacks a text.
 */
export async function* checkedLog(entries: AsyncIterable<WholeEntry>): AsyncGenerator<WholeEntry> {
  const seen = new Set<string>();
  let head: Head = START;
  for await (const entry of entries) {
    const { event, texts } = entry;
    const fault = faultOfLink(head, event);
    if (fault !== null) throw new Error(`The log of the registry is not sound: ${fault}.`);
    for (const text of texts) seen.add(sha256(text));
    const missing = textsOf(event).find((hash) => !seen.has(hash));
    if (missing !== undefined) throw new Error(`The log of the registry lacks a text: ${missing}.`);
    head = event;
    yield entry;
  }
}
