import DataLoader from 'dataloader';
import { groupedByKey } from '../../shared/keyed';
import { bestFirst } from '../dispute';
import type { Commitment, CommitmentRow } from './commitment';
import type { CommitmentStore } from './commitment.store';

/** Several records of one commitment as one, shown as the best checked of them has it. */
const toCommitments = (rows: readonly CommitmentRow[]): Commitment[] => {
  const byId = new Map<string, CommitmentRow[]>();
  for (const row of rows) byId.set(row.commitment, [...(byId.get(row.commitment) ?? []), row]);
  return [...byId].flatMap(([id, records]) => {
    const ordered = [...records].sort(bestFirst);
    const [best] = ordered;
    if (!best) return [];
    return [
      {
        id,
        title: best.title,
        paragraph: ordered.find(({ paragraph }) => paragraph !== null)?.paragraph ?? null,
        rows: ordered,
      },
    ];
  });
};

export const createCommitmentLoader = (store: CommitmentStore) => ({
  bySymbol: new DataLoader(async (symbols: readonly string[]) =>
    groupedByKey(symbols, await store.bySymbols(symbols), ({ symbol }) => symbol).map(
      toCommitments,
    ),
  ),
  implementations: new DataLoader(async (commitments: readonly string[]) =>
    groupedByKey(
      commitments,
      await store.implementationsOf(commitments),
      ({ commitment }) => commitment,
    ),
  ),
});
export type CommitmentLoader = ReturnType<typeof createCommitmentLoader>;
