/** Answers up to so many bytes are read at once: they take less than a millisecond. */
const SMALL = 64 * 1024;

let last: Promise<unknown> = Promise.resolve();

/**
 * Waits for a turn of the event loop of one's own before a large piece of work. Callers who share an answer
 * would otherwise read it one straight after the other, and nobody else would be served meanwhile.
 */
export const ownTurn = async (bytes: number): Promise<void> => {
  if (bytes <= SMALL) return;
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
  await last;
};
