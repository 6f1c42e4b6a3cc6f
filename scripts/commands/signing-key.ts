import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { createSigningKey, publicText, secretText } from '../../subgraphs/shared/http/keys';

/** Readable by its owner alone. */
const SECRET = 0o600;

/** `signing-key`: a new key pair for the gateway and its subgraphs. */
export const addSigningKey = (program: Command): void => {
  program
    .command('signing-key')
    .description('Make a key with which a gateway signs and by which its subgraphs know it.')
    .argument('<file>', 'for the private key; the public one goes beside it, with .pub at the end')
    .action(async (file: string) => {
      const key = createSigningKey();
      // What is there may be in use.
      await writeFile(file, secretText(key), { mode: SECRET, flag: 'wx' });
      await writeFile(`${file}.pub`, publicText(key), { flag: 'wx' });
      process.stdout.write(
        `The key ${key.id}\n  for the gateway:    GATEWAY_SIGNING_KEY_FILE=${file}\n  for the subgraphs:  GATEWAY_PUBLIC_KEYS_FILE=${file}.pub\n`,
      );
    });
};
