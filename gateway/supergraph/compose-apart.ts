import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** What composition came to: a supergraph with what clients see of it, or why there is none. */
export type Composition =
  | { status: 'composed'; supergraphSdl: string; apiSdl: string }
  | { status: 'failed'; reasons: string[] };

const WORKER = path.join(__dirname, 'compose-worker.js');
const DEADLINE_MS = 30_000;
const RESOURCES = { maxOldGenerationSizeMb: 512, stackSizeMb: 4 };

/**
 * Composes subgraphs in a thread of its own, within limits on time and memory.
 * @throws Error if the thread dies or takes too long.
 */
export const composeApart = (
  subgraphs: readonly { name: string; sdl: string }[],
): Promise<Composition> =>
  new Promise((resolve, reject) => {
    const workerData = subgraphs.map(({ name, sdl }) => ({ name, sdl }));
    // What this process was started with is for its own code.
    const worker = new Worker(WORKER, { workerData, resourceLimits: RESOURCES, execArgv: [] });
    const late = () => reject(new Error(`Composition took longer than ${DEADLINE_MS} ms.`));
    const timer = setTimeout(late, DEADLINE_MS);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The composing thread ended with ${code}.`)));
    const end = () => {
      clearTimeout(timer);
      void worker.terminate();
    };
    worker.once('message', end).once('error', end).once('exit', end);
    timer.unref();
  });
