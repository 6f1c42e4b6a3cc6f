/** Neither null nor undefined. */
export const present = <T>(value: T | null | undefined): value is T =>
  value !== null && value !== undefined;

/** Rows under their keys, in order. */
export const groupBy = <T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
};
