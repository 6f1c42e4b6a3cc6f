import { existsSync } from 'node:fs';
import path from 'node:path';

/** Real files to test against, beside the project; nothing of them is in it. */
const REAL_DATA =
  process.env.PEACEGRAPH_REAL_DATA ?? path.join(__dirname, '..', '..', '..', 'shared', 'data');

/** A path among the real files. */
export const realFile = (...parts: string[]): string => path.join(REAL_DATA, ...parts);

/** `describe` where the real files are; elsewhere it says loudly that these tests are left out. */
export const describeReal = (title: string, tests: () => void): void => {
  if (existsSync(REAL_DATA)) {
    describe(title, tests);
    return;
  }
  console.warn(
    `SKIPPED, for want of real files (set PEACEGRAPH_REAL_DATA to their folder): ${title}`,
  );
  describe.skip(title, tests);
};
