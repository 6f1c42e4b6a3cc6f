import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import type { ReceiverKey, TermsQuestion, TermsRow, TermsStore } from './terms.store';

const FLOWS_AT_ONCE = 20_000;
const KEYS_AT_ONCE = 5000;

/** A body as flows name it; of an empty id, all whom nobody names or the viewer may not see. */
interface Receiver {
  id: string;
  keys: string[];
  flows: number;
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Bodies with their keys, in the order of ids; keys of unseen bodies each by itself, under the empty id. */
const receiversOf = (
  named: readonly ReceiverKey[],
  ids: ReadonlyMap<string, string>,
): Receiver[] => {
  const found: Receiver[] = [];
  const known = new Map<string, Receiver>();
  for (const { key, flows } of named) {
    if (key === null) continue;
    const id = ids.get(key) ?? '';
    const before = id === '' ? undefined : known.get(id);
    if (before) {
      before.keys.push(key);
      before.flows += flows;
      continue;
    }
    const receiver = { id, keys: [key], flows };
    if (id !== '') known.set(id, receiver);
    found.push(receiver);
  }
  return found.sort((a, b) => compare(a.id, b.id));
};

/** Receivers together as long as they have few flows; those with many alone. */
const together = (receivers: readonly Receiver[]): Receiver[][] => {
  const parts: Receiver[][] = [];
  let [flows, keys] = [Infinity, 0];
  for (const receiver of receivers) {
    flows += receiver.flows;
    keys += receiver.keys.length;
    if (flows > FLOWS_AT_ONCE || keys > KEYS_AT_ONCE) {
      parts.push([]);
      [flows, keys] = [receiver.flows, receiver.keys.length];
    }
    parts.at(-1)?.push(receiver);
  }
  return parts;
};

/**
 * Reads flows in batches of bounded size, in time linear in them: receiver by receiver in the order of
 * ids, a receiver's from the oldest on; those of the empty id first, in any order.
 */
export async function* batchesOf(
  store: TermsStore,
  facts: Pick<FactsStore, 'idsOf'>,
  question: TermsQuestion,
  named: readonly ReceiverKey[],
): AsyncGenerator<{ receiver: string; row: TermsRow }[]> {
  const ids = await facts.idsOf(named.map(({ key }) => key).filter(present));
  const of = (rows: readonly TermsRow[]) =>
    rows.map((row) => ({ receiver: ids.get(row.receiver_key ?? '') ?? '', row }));
  if (named.some(({ key }) => key === null))
    for await (const rows of store.inOrder(question, null, FLOWS_AT_ONCE)) yield of(rows);
  for (const part of together(receiversOf(named, ids))) {
    const keys = part.flatMap((receiver) => receiver.keys);
    const [only, second] = part;
    if (only && second === undefined && only.flows > FLOWS_AT_ONCE)
      for await (const rows of store.inOrder(question, keys, FLOWS_AT_ONCE)) yield of(rows);
    else
      yield of(await store.under(question, keys)).sort(
        (a, b) =>
          compare(a.receiver, b.receiver) ||
          compare(a.row.date, b.row.date) ||
          compare(a.row.id, b.row.id),
      );
  }
}
