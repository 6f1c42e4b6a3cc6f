import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'last-good-supergraph.graphql';

/** Keeps the supergraph that serves, whole or not at all, for a start that finds no better one. */
export const keepLastGood = async (directory: string, supergraphSdl: string): Promise<void> => {
  // With PostgreSQL, nothing else has made the folder.
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, FILE);
  await mkdir(directory, { recursive: true });
  await writeFile(`${file}.new`, supergraphSdl);
  await rename(`${file}.new`, file);
};

/** The supergraph that served last, or null. */
export const readLastGood = (directory: string): Promise<string | null> =>
  readFile(path.join(directory, FILE), 'utf8').catch(() => null);
