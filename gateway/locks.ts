import path from 'node:path';
import { isPostgres } from '../subgraphs/shared/db';
import { type Lock, takeLock } from '../subgraphs/shared/locks';

export type LockName = 'open' | 'migration' | 'import' | 'commit';

/** The locks by which processes on one data folder know of each other. */
export const lockFile = (directory: string, name: LockName): string =>
  path.join(directory, 'locks', name);

/** The same for processes on one place, whatever kind of database it is. */
export const lockOf = (place: string, name: LockName): Lock =>
  isPostgres(place)
    ? async () =>
        (await import('../subgraphs/shared/db/postgres-lock')).takeAdvisoryLock(place, name)
    : () => takeLock(lockFile(place, name), 'exclusive');
