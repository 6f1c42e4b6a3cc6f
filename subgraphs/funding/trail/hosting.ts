import { touches } from '../../shared/dates';
import type { Period } from '../classification/facts';
import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import { holdsMoney } from '../hosting/arrangement';

/** Whom each of some bodies hosts in a period, as far as the viewer may see both. */
export const hostedBy = async (
  facts: FactsStore,
  hosts: readonly string[],
  period: Period,
): Promise<Map<string, Set<string>>> => {
  const keys = await facts.keysOf(hosts);
  const hostOf = new Map(keys.map(({ key, id }) => [key, id]));
  const rows = (await facts.bySide('host', 'other_key', [...hostOf.keys()])).filter(
    (row) => holdsMoney(row) && touches({ from: row.from_date, to: row.to_date }, period),
  );
  const hosted = await facts.idsOf([...new Set(rows.map(({ subject_key }) => subject_key))]);
  const found = new Map<string, Set<string>>();
  for (const { subject_key, other_key } of rows) {
    const [host, body] = [hostOf.get(other_key ?? ''), hosted.get(subject_key)];
    if (present(host) && present(body)) found.set(host, (found.get(host) ?? new Set()).add(body));
  }
  return found;
};
