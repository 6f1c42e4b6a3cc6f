import path from 'node:path';
import type { Compose, Composition } from '../composition';
import { runInWorker, type WorkerLimits } from '../worker';
import { CompositionFailed, composeSupergraph } from './compose';

/** With a hundred partners composition takes 8 s of a processor; much more than this is somebody's trick. */
const LIMITS: WorkerLimits = { ms: 60_000, heapMb: 768 };

/** {@link composeSupergraph}, with what does not fit together as a value. Runs in a thread of its own. */
export const composeHere = (
  subgraphs: readonly { readonly name: string; readonly sdl: string }[],
): Composition => {
  try {
    return { status: 'composed', ...composeSupergraph(subgraphs) };
  } catch (error) {
    if (error instanceof CompositionFailed) return { status: 'refused', reasons: error.reasons };
    throw error;
  }
};

/** Composes in a thread, within limits of time and memory, for schemas that others wrote. */
export const createComposer =
  (limits: WorkerLimits = LIMITS): Compose =>
  async (subgraphs) => {
    const job = { module: path.join(__dirname, 'compose-apart'), name: 'composeHere' };
    // Only what composition needs is handed over, whatever else the caller's objects have.
    const args = [subgraphs.map(({ name, sdl }) => ({ name, sdl }))];
    const outcome = await runInWorker<Composition>({ ...job, args }, limits);
    return outcome.status === 'done' ? outcome.value : outcome;
  };
