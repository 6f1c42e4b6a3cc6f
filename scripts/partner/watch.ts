import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PartnerFolder } from './folder';
import { type PartnerProcess, startPartner } from './process';

/** How often the folder is looked at. */
const LOOK_MS = 500;
/** Not what a person edits. */
const LEFT_OUT = new Set(['node_modules', '__pycache__', 'keys', '.git']);

/** A text that changes when a file of the folder does. */
const stateOf = async (folder: string): Promise<string> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const states = await Promise.all(
    entries
      .filter(({ name }) => !LEFT_OUT.has(name))
      .map(async (entry) => {
        const place = path.join(folder, entry.name);
        if (entry.isDirectory()) return stateOf(place);
        const { mtimeMs, size } = await stat(place).catch(() => ({ mtimeMs: 0, size: 0 }));
        return `${place} ${mtimeMs} ${size}`;
      }),
  );
  return states.join('\n');
};

/** Runs the subgraph of a folder, and again whenever a file there changes. */
export const watchPartner = (
  folder: PartnerFolder,
  say: (words: string) => void,
): { stop(): Promise<void> } => {
  let running: PartnerProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let seen = '';

  const begin = async () => {
    try {
      running = await startPartner(folder, { onWords: (words) => say(words.trimEnd()) });
    } catch (error) {
      running = undefined;
      say(
        `${error instanceof Error ? error.message : String(error)}\nIt is tried again when a file changes.`,
      );
    }
  };
  const look = async () => {
    const state = await stateOf(folder.folder);
    if (state !== seen) {
      if (seen !== '') say('A file changed; the subgraph is started again.');
      seen = state;
      await running?.stop();
      if (!stopped) await begin();
    }
    if (!stopped) timer = setTimeout(again, LOOK_MS);
  };
  const again = () => {
    looking = look();
  };
  let looking = look();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await running?.stop();
    },
  };
};
