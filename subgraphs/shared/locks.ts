import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Database } from 'sqlite3';

const TRIED_EVERY_MS = 100;

const run = (lock: Database, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    lock.exec(sql, (error) => (error ? reject(error) : resolve()));
  });
const close = (lock: Database): Promise<void> =>
  new Promise((resolve) => {
    lock.close(() => resolve());
  });

/** Gives a lock back. */
export type Release = () => Promise<void>;

/**
 * Takes a lock that processes share by a file, which is an empty SQLite database: whoever dies lets it
 * go, on every system that SQLite runs on.
 * @param mode `shared`: several may hold it, but not beside one who has it `exclusive`.
 * @returns null if it cannot be had now.
 */
export const takeLock = async (
  file: string,
  mode: 'shared' | 'exclusive',
): Promise<Release | null> => {
  await mkdir(path.dirname(file), { recursive: true });
  const lock = await new Promise<Database>((resolve, reject) => {
    const opened = new Database(file, (error) => (error ? reject(error) : resolve(opened)));
  });
  lock.configure('busyTimeout', 0);
  try {
    await run(
      lock,
      mode === 'exclusive' ? 'begin exclusive' : 'begin; select 1 from sqlite_master',
    );
    return () => close(lock);
  } catch (error) {
    await close(lock);
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null;
    throw error;
  }
};

/** A lock that several processes can take; null: it cannot be had now. */
export type Lock = () => Promise<Release | null>;

/** Takes a lock, however long that takes. */
const awaitLock = async (lock: Lock, onWait: () => void): Promise<Release> => {
  for (let told = false; ; told = true) {
    const release = await lock();
    if (release) return release;
    if (!told) onWait();
    // The system tells nobody that a lock of another process is free again.
    await new Promise((resolve) => setTimeout(resolve, TRIED_EVERY_MS));
  }
};

/** Work that must not be done twice at a time. */
export interface Turn {
  /**
   * Does the work when nobody else is at it, in this process or another; at once inside work of the
   * same turn.
   * @param onWait called once if it has to wait for another process.
   */
  take<T>(work: () => Promise<T>, onWait?: () => void): Promise<T>;
  /** Does the work if nobody else is at it now, else nothing. */
  takeIfFree(work: () => Promise<void>): Promise<void>;
}

/** The turns that the code now running has taken. One for all: each storage slows every promise. */
const taken = new AsyncLocalStorage<readonly symbol[]>();

/** @param lock the lock that processes share; null: there is no other process. */
export const createTurn = (lock: Lock | null): Turn => {
  const me = Symbol('turn');
  const isMine = () => taken.getStore()?.includes(me) ?? false;
  let last: Promise<unknown> = Promise.resolve();
  const queue = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const nothing: Release = async () => undefined;
  const holding = async <T>(release: Release, work: () => Promise<T>): Promise<T> => {
    try {
      return await taken.run([...(taken.getStore() ?? []), me], work);
    } finally {
      await release();
    }
  };
  return {
    take: (work, onWait = () => undefined) =>
      isMine()
        ? work()
        : queue(async () => holding(lock === null ? nothing : await awaitLock(lock, onWait), work)),
    takeIfFree: (work) =>
      isMine()
        ? work()
        : queue(async () => {
            const release = lock === null ? nothing : await lock();
            if (release) await holding(release, work);
          }),
  };
};
