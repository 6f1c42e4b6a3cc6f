import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '..', '..', 'schema', 'operations');

/** The files of the note's questions, `qNN-….graphql`, in order. */
export const questionFiles = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => /^q\d\d-.*\.graphql$/.test(name))
    .sort();

/** The operation of a question: `q05` is schema/operations/q05-….graphql. */
export const operationOf = (question: string): string => {
  const file = questionFiles().find((name) => name.startsWith(`${question}-`));
  if (file === undefined) throw new Error(`There is no operation for ${question}.`);
  return readFileSync(path.join(FOLDER, file), 'utf8');
};
