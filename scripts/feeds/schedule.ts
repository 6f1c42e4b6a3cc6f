import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { openFeedDesk } from './open';

const PROGRAM = path.join(__dirname, '..', 'peacegraph.js');
const POLL_MS = 5000;
/** After work that failed, as when a disk is full. */
const PATIENCE_MS = 30_000;
/** Longer than any feed that is taken takes; what is interrupted leaves nothing behind. */
const MOST_MS = 30 * 60_000;
const MOST_MEMORY = '--max-old-space-size=1024';

/** One kind of work on feeds, in a process of its own: what a feed holds must not slow who serves. */
const createWorker = (args: readonly string[], env: NodeJS.ProcessEnv) => {
  let child: ChildProcess | undefined;
  let notBefore = 0;
  return {
    begin: (): void => {
      if (child || Date.now() < notBefore) return;
      const begun = spawn(process.execPath, [MOST_MEMORY, PROGRAM, 'feeds', ...args], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
        timeout: MOST_MS,
      });
      child = begun;
      const ended = (code: number | null) => {
        child = undefined;
        if (code !== 0) notBefore = Date.now() + PATIENCE_MS;
      };
      begun.once('exit', ended);
      begun.once('error', () => ended(null));
    },
    stop: async (): Promise<void> => {
      if (child?.pid === undefined) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/**
 * Sees to it that feeds are looked at when they are due, and erased when they are removed: the two apart,
 * so that no slow feed delays an erasure.
 * @param place where the registry's database is.
 */
export const scheduleFeeds = async (
  place: string,
  env: NodeJS.ProcessEnv,
): Promise<{ close(): Promise<void> }> => {
  const opened = await openFeedDesk(place);
  const looking = createWorker(['--look'], env);
  const withdrawing = createWorker(['--withdraw'], env);
  let stopped = false;
  let timer: NodeJS.Timeout;
  let last: Promise<void> = Promise.resolve();
  let first = true;
  const see = async () => {
    const { due, removed, withdrawn } = await opened.desk.work();
    if (stopped) return;
    // A backup that was restored may have brought back what was erased.
    if (removed.length > 0 || (first && withdrawn.length > 0)) withdrawing.begin();
    first = false;
    if (due.length > 0) looking.begin();
  };
  const again = () => {
    timer = setTimeout(() => {
      last = see()
        .catch((error: unknown) => console.error('What feeds are due is not known:', error))
        .finally(() => stopped || again());
    }, POLL_MS);
  };
  again();
  return {
    close: async () => {
      stopped = true;
      clearTimeout(timer);
      await last;
      await Promise.all([looking.stop(), withdrawing.stop()]);
      await opened.close();
    },
  };
};
