import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** How long a job may take, and how much memory. */
export interface WorkerLimits {
  readonly ms: number;
  readonly heapMb: number;
}

/** What became of a job: its value, or why there is none. */
export type WorkerOutcome<Value> =
  | { readonly status: 'done'; readonly value: Value }
  | {
      readonly status: 'failed';
      readonly because: 'TIME' | 'MEMORY' | 'CRASH';
      readonly message: string;
    };

/** Lets a thread run the TypeScript sources as the process does. */
const REGISTER = path.join(__dirname, '..', 'scripts', 'register.js');
const RUN = `
const { parentPort, workerData } = require('node:worker_threads');
require(workerData.register);
Promise.resolve(require(workerData.module)[workerData.name](...workerData.args))
  .then((value) => parentPort.postMessage(value));
`;

const isOutOfMemory = (error: Error): boolean =>
  'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * Runs an exported function in a thread of its own, for work on what others wrote: however long it takes
 * and whatever it does to memory, requests are served meanwhile, and the outcome is a value. Each job has
 * a new thread, so that none can leave anything behind for the next; a thread sees no environment.
 * @param job the absolute path of a module without its ending, what it exports, and its arguments.
 */
export const runInWorker = <Value>(
  job: { module: string; name: string; args: readonly unknown[] },
  limits: WorkerLimits,
): Promise<WorkerOutcome<Value>> =>
  new Promise((resolve) => {
    const worker = new Worker(RUN, {
      eval: true,
      workerData: { ...job, register: REGISTER },
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 32 },
    });
    const end = (outcome: WorkerOutcome<Value>) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(outcome);
    };
    const fail = (because: 'TIME' | 'MEMORY' | 'CRASH', message: string) =>
      end({ status: 'failed', because, message });
    const timer = setTimeout(() => fail('TIME', `It took longer than ${limits.ms} ms.`), limits.ms);
    worker.once('message', (value: Value) => end({ status: 'done', value }));
    worker.once('error', (error: Error) =>
      isOutOfMemory(error)
        ? fail('MEMORY', `It took more than ${limits.heapMb} MB of memory.`)
        : fail('CRASH', error.message),
    );
    worker.once('exit', (code) => fail('CRASH', `The thread ended with code ${code}.`));
  });
