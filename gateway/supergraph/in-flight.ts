/** The reason with which work is abandoned that nobody waits for any longer. */
export class Abandoned extends Error {
  constructor(reason: unknown) {
    super('Nobody waits for this answer any longer.', { cause: reason });
    this.name = 'Abandoned';
  }
}

interface Running<T> {
  answer: Promise<T>;
  waiting: number;
  stop: AbortController;
}

/** The promise, or a rejection with the signal's reason as soon as it is aborted. */
const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason as Error);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });

/**
 * Work that is done once for all who ask for the same while it runs; nothing is kept afterwards.
 * One who leaves does not stop it for the others; when the last one leaves it is stopped.
 */
export const createInFlight = <T>() => {
  const running = new Map<string, Running<T>>();

  const begin = (key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> => {
    const stop = new AbortController();
    const entry = { answer: work(stop.signal), waiting: 0, stop };
    const forget = () => {
      if (running.get(key) === entry) running.delete(key);
    };
    entry.answer.then(forget, forget);
    running.set(key, entry);
    return entry;
  };

  /**
   * @param key equal for work that gives the same.
   * @param signal with which this caller leaves.
   */
  const share = async (
    key: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const entry = running.get(key) ?? begin(key, work);
    entry.waiting += 1;
    try {
      return await unlessAborted(entry.answer, signal);
    } finally {
      entry.waiting -= 1;
      if (entry.waiting === 0) {
        // Whoever comes next must not join what is being stopped.
        if (running.get(key) === entry) running.delete(key);
        entry.stop.abort(new Abandoned(signal.reason));
      }
    }
  };
  return { share };
};
