import { UnusableAnswer } from '../bounded-answer';
import { Abandoned } from '../in-flight';

/** So many of the last answers are looked at. */
const WINDOW = 20;
/** Fewer say nothing. */
const LEAST = 5;
/** The first rest, in milliseconds; each failed trial doubles it, up to the longest. */
const REST_MS = 2000;
const LONGEST_REST_MS = 60_000;

/**
 * Leaves a source alone for a while when half of its last answers failed, then tries one request. Whoever
 * asks meanwhile hears at once what they would hear after a wait.
 * @param clock milliseconds since 1970.
 */
export const createBreaker = (clock: () => number = Date.now) => {
  let last: boolean[] = [];
  let rest = REST_MS;
  let openUntil: number | null = null;
  let trying = false;

  const open = () => {
    openUntil = clock() + rest;
    rest = Math.min(rest * 2, LONGEST_REST_MS);
    last = [];
  };
  const note = (good: boolean) => {
    if (openUntil !== null) {
      if (!good) return open();
      openUntil = null;
      rest = REST_MS;
    }
    last = [...last, good].slice(-WINDOW);
    if (last.length >= LEAST && last.filter((one) => !one).length * 2 >= last.length) open();
  };

  return {
    isOpen: () => openUntil !== null && clock() < openUntil,
    /**
     * Does the work if the source is not left alone.
     * @throws UnusableAnswer if it is.
     */
    run: async <T>(work: () => Promise<T>): Promise<T> => {
      const trial = openUntil !== null;
      if (trial && (trying || clock() < (openUntil ?? 0)))
        throw new UnusableAnswer(
          'It failed too often; it is left alone for a while.',
          'unavailable',
        );
      trying = trial;
      try {
        const done = await work();
        note(true);
        return done;
      } catch (error) {
        // That nobody waits any longer is not the source's fault.
        if (!(error instanceof Abandoned)) note(false);
        throw error;
      } finally {
        if (trial) trying = false;
      }
    },
  };
};
export type Breaker = ReturnType<typeof createBreaker>;
