/**
 * Divides an amount by weights into whole parts that add up to it exactly: each gets its share rounded
 * down, and what is then left goes one by one to those that lost most by it, the first of equals first.
 * @param amount zero or more.
 * @param weights zero or more each; if all are zero, nobody gets anything.
 */
export const spread = (amount: bigint, weights: readonly bigint[]): bigint[] => {
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  if (all === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (amount * weight) / all);
  let left = amount - parts.reduce((sum, part) => sum + part, 0n);
  const byLoss = weights
    .map((weight, place) => ({ place, lost: (amount * weight) % all }))
    .sort((a, b) => (a.lost === b.lost ? a.place - b.place : a.lost > b.lost ? -1 : 1));
  for (const { place } of byLoss) {
    if (left === 0n) break;
    parts[place] = (parts[place] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
};
