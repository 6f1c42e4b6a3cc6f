const fold = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');

/** How many letters must be put in, left out or changed to make one word of the other. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
};

const LONGEST_WORD = 60;

/** The known word that somebody most likely meant, ignoring case and punctuation, or null if none is near. */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const wanted = fold(word.slice(0, LONGEST_WORD));
  if (wanted === '') return null;
  let best: { candidate: string; far: number } | null = null;
  for (const candidate of known) {
    const far = distance(wanted, fold(candidate));
    if (best === null || far < best.far) best = { candidate, far };
  }
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  return best !== null && best.far <= allowed ? best.candidate : null;
};
