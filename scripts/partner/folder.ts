import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readSigningKey, type SigningKey } from '../../subgraphs/shared/http/keys';
import { DEVELOPMENT_KEY } from './make-folder';

const Manifest = z.object({
  name: z.string(),
  start: z.array(z.string()).min(1),
  port: z.number().int().min(1).max(65535),
});

/** A partner's folder, as its `partner.json` describes it. */
export interface PartnerFolder {
  readonly folder: string;
  readonly name: string;
  /** The program that serves the subgraph, and its arguments. */
  readonly start: readonly string[];
  readonly port: number;
  /** The key of the partner's own machine, with which a gateway there signs. */
  readonly key: SigningKey;
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * Reads a partner's folder.
 * @throws Error that says what it lacks.
 */
export const readPartnerFolder = async (folder: string): Promise<PartnerFolder> => {
  const read = async (name: string) =>
    readFile(path.join(folder, name), 'utf8').catch(() => {
      throw new Error(
        `${folder} is no partner’s folder: it has no ${name}. \`partner init\` makes one.`,
      );
    });
  const manifest = Manifest.safeParse(jsonOf(await read('partner.json')));
  if (!manifest.success)
    throw new Error(`${folder}/partner.json has to have a \`name\`, a \`start\` and a \`port\`.`);
  return { folder, ...manifest.data, key: readSigningKey(await read(DEVELOPMENT_KEY)) };
};
