import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SUBGRAPH_NAMES } from '../../gateway/config';
import { checkPartnerName, namespaceOf, prefixOf } from '../../gateway/registry/ownership/names';
import { readPolicy } from '../../gateway/registry/ownership/policy';
import {
  createSigningKey,
  publicJwks,
  secretText,
  type SigningKey,
} from '../../subgraphs/shared/http/keys';

/** In which languages there is an example. */
export type Language = 'node' | 'python';

const TEMPLATES = path.join(__dirname, 'templates');
/** Readable by its owner alone. */
const SECRET = 0o600;
/** What running the templates where they are leaves behind. */
const LEFT_BEHIND = /(^|\/)(node_modules|__pycache__)(\/|$)/;

/** Where the keys of a partner's own machine are, in its folder. */
export const DEVELOPMENT_KEY = path.join('keys', 'development.key');
export const DEVELOPMENT_KEYS = path.join('keys', 'development.json');

const refuseName = (name: string) => {
  const [found] = checkPartnerName(readPolicy(), name, SUBGRAPH_NAMES);
  if (found)
    throw new Error(`“${name}” cannot be a partner’s name: ${found.message} ${found.advice}`);
};

const refuseFull = async (folder: string) => {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (found.length > 0)
    throw new Error(`${folder} is not empty, and nothing there is written over.`);
};

/** Puts the key with which `partner dev` and `partner conformance` sign as a gateway would. */
const putKeys = async (folder: string, key: SigningKey) => {
  await mkdir(path.join(folder, 'keys'), { recursive: true });
  await writeFile(path.join(folder, DEVELOPMENT_KEY), secretText(key), { mode: SECRET });
  await writeFile(path.join(folder, DEVELOPMENT_KEYS), `${JSON.stringify(publicJwks([key]))}\n`);
};

/**
 * Writes a small working subgraph, named after the partner, into a folder that is not there or empty.
 * @throws Error if the name cannot be a partner's, or there is something in the folder.
 */
export const makePartnerFolder = async (
  name: string,
  folder: string,
  language: Language,
): Promise<void> => {
  refuseName(name);
  await refuseFull(folder);
  const template = path.join(TEMPLATES, language);
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const file = path.relative(template, path.join(entry.parentPath, entry.name));
    if (!entry.isFile() || LEFT_BEHIND.test(file)) continue;
    const text = await readFile(path.join(template, file), 'utf8');
    // Under its own name, it would be heard in the template too.
    const target = path.join(folder, file === 'gitignore' ? '.gitignore' : file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(
      target,
      text
        .replaceAll('example-partner', name)
        .replaceAll('examplePartner', prefixOf(name))
        .replaceAll('ExamplePartner', namespaceOf(name)),
    );
  }
  await putKeys(folder, createSigningKey());
};
