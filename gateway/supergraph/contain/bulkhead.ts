import { UnusableAnswer } from '../bounded-answer';

/** How many requests a source gets at a time, and how many wait for their turn. */
export interface BulkheadLimits {
  readonly atOnce: number;
  readonly waiting: number;
}

/** Keeps a slow source from filling the gateway with requests that wait for it. */
export const createBulkhead = ({ atOnce, waiting }: BulkheadLimits) => {
  let running = 0;
  const queue: (() => void)[] = [];

  const enter = (signal: AbortSignal): Promise<void> | void => {
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (queue.length >= waiting)
      throw new UnusableAnswer('Too many requests wait for it.', 'unavailable');
    return new Promise<void>((resolve, reject) => {
      const leave = () => {
        queue.splice(queue.indexOf(begin), 1);
        reject(signal.reason as Error);
      };
      const begin = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(begin);
    });
  };

  /**
   * @throws UnusableAnswer if the queue is full, or the reason of the signal.
   */
  const run = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    await enter(signal);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      // Whoever waits takes over the place.
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
  return { run };
};
export type Bulkhead = ReturnType<typeof createBulkhead>;
