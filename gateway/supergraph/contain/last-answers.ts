/** All that one source's kept answers take in memory at the most. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_ANSWERS = 500;

/** An answer that was good when it came. */
export interface KeptAnswer {
  readonly json: Buffer;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

/** The last good answers of one source, by what was asked; those that were kept longest go first. */
export const createLastAnswers = (mostAgeMs: number, clock: () => number = Date.now) => {
  const kept = new Map<string, KeptAnswer>();
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= (kept.get(key)?.json.length ?? 0) + key.length;
    kept.delete(key);
  };
  return {
    /** The answer to the same question, unless it is too old. */
    get: (key: string): KeptAnswer | null => {
      const found = kept.get(key);
      return found && clock() - found.at <= mostAgeMs ? found : null;
    },
    keep: (key: string, json: Buffer): void => {
      if (mostAgeMs <= 0) return;
      if (kept.has(key)) drop(key);
      const size = json.length + key.length;
      if (size > MOST_BYTES) return;
      for (const oldest of kept.keys()) {
        if (bytes + size <= MOST_BYTES && kept.size < MOST_ANSWERS) break;
        drop(oldest);
      }
      kept.set(key, { json, at: clock() });
      bytes += size;
    },
  };
};
export type LastAnswers = ReturnType<typeof createLastAnswers>;
