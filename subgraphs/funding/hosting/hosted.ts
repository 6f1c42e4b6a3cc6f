import { touches } from '../../shared/dates';
import type { Period } from '../classification/facts';
import type { FactRow, FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import { holdsMoney } from './arrangement';

/** Whom hosts host in a period, by what some arrangements say, as far as the viewer may see both. */
const read = async (
  facts: FactsStore,
  arrangements: readonly FactRow[],
  period: Period,
): Promise<Map<string, Set<string>>> => {
  const rows = arrangements.filter(
    (row) => holdsMoney(row) && touches({ from: row.from_date, to: row.to_date }, period),
  );
  const ids = await facts.idsOf([
    ...new Set(rows.flatMap((row) => [row.subject_key, row.other_key].filter(present))),
  ]);
  const found = new Map<string, Set<string>>();
  for (const { subject_key, other_key } of rows) {
    const [host, body] = [ids.get(other_key ?? ''), ids.get(subject_key)];
    if (present(host) && present(body)) found.set(host, (found.get(host) ?? new Set()).add(body));
  }
  return found;
};

/** Whom all hosts host in a period: there are few. */
export const hostedIn = async (facts: FactsStore, period: Period) =>
  read(facts, await facts.ofKind('host'), period);

/** Whom each of some bodies hosts in a period. */
export const hostedBy = async (facts: FactsStore, hosts: readonly string[], period: Period) => {
  const keys = (await facts.keysOf(hosts)).map(({ key }) => key);
  return read(facts, await facts.bySide('host', 'other_key', keys), period);
};
