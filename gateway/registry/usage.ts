import type { Logger } from 'pino';
import type { CountedOperation } from './operation';
import { type FieldUsage, USAGE_DAYS } from './check/usage';
import type { UsageCount, UsageStore } from './usage.store';

const DAY_MS = 86_400_000;
/** So many different operations are counted a day; all others together are one. */
const MOST_OPERATIONS = 500;
const FLUSHED_EVERY_MS = 10_000;

const OTHERS = { id: 'others', name: 'others' };

type Count = Omit<UsageCount, 'coordinates'> & { coordinates: Set<string> };

/** Counts what clients ask for, in memory, and writes it now and then. */
export const createUsage = (
  store: UsageStore,
  log: Logger,
  { clock = Date.now, most = MOST_OPERATIONS }: { clock?: () => number; most?: number } = {},
) => {
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
  let counts = new Map<string, Count>();
  /** What is counted on the day that was last written. */
  let known = { day: '', operations: new Set<string>() };

  const count = ({ id, name, coordinates }: CountedOperation): void => {
    const day = dayOf(clock());
    let found = counts.get(`${day} ${id}`);
    if (!found) {
      const isOther = counts.size >= most;
      const operation = isOther ? OTHERS.id : id;
      found = counts.get(`${day} ${operation}`);
      if (!found) {
        const fresh = { day, operation, count: 0, coordinates: new Set<string>() };
        found = { ...fresh, name: isOther ? OTHERS.name : name };
        counts.set(`${day} ${operation}`, found);
      }
      for (const coordinate of coordinates) found.coordinates.add(coordinate);
    }
    found.count += 1;
  };

  /** Makes operations beyond what a day has room for part of the others. */
  const withinRoom = async (given: readonly Count[]): Promise<Count[]> => {
    const written = new Map<string, Count>();
    for (const one of given) {
      if (known.day !== one.day) {
        known = { day: one.day, operations: new Set(await store.operationsOf(one.day)) };
        await store.forget(dayOf(clock() - USAGE_DAYS * DAY_MS));
      }
      const { operations } = known;
      const fits = operations.has(one.operation) || operations.size < most;
      const operation = fits ? one.operation : OTHERS.id;
      operations.add(operation);
      const there = written.get(`${one.day} ${operation}`);
      if (!there) {
        written.set(`${one.day} ${operation}`, {
          ...one,
          operation,
          name: fits ? one.name : OTHERS.name,
        });
        continue;
      }
      there.count += one.count;
      for (const coordinate of one.coordinates) there.coordinates.add(coordinate);
    }
    return [...written.values()];
  };

  const flushNow = async (): Promise<void> => {
    if (counts.size === 0) return;
    const taken = [...counts.values()];
    counts = new Map();
    const rows = await withinRoom(taken);
    await store.add(rows.map((row) => ({ ...row, coordinates: [...row.coordinates] })));
  };
  let last: Promise<void> = Promise.resolve();
  /** Writes what was counted since the last time; what cannot be written is lost, and said. */
  const flush = (): Promise<void> =>
    (last = last
      .then(flushNow)
      .catch((error: unknown) => log.error({ err: error }, 'what clients ask for is not counted')));
  const timer = setInterval(() => void flush(), FLUSHED_EVERY_MS);
  timer.unref();

  return {
    count,
    flush,
    /** What was asked for in the last 30 days, by all processes; of others up to what they wrote last. */
    read: async (): Promise<FieldUsage[]> => {
      await flush();
      return store.since(dayOf(clock() - USAGE_DAYS * DAY_MS));
    },
    close: async (): Promise<void> => {
      clearInterval(timer);
      await flush();
    },
  };
};
export type Usage = ReturnType<typeof createUsage>;
