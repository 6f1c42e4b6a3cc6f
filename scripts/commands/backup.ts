import type { Command } from 'commander';
import type { KeyPlace } from '../../gateway/access/open';
import { type Config, readConfig } from '../../gateway/config';
import { isPostgres } from '../../subgraphs/shared/db';
import type { KeysRestored } from '../installation/keys';
import type { Manifest } from '../installation/manifest';
import { withGraph } from './with-graph';

const say = (words: string, { hash, madeAt, databases, unfinished }: Manifest): void => {
  const megabytes = databases.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  process.stdout.write(
    [
      `${words}: ${databases.length} databases of ${madeAt}, ${megabytes.toFixed(1)} MB, hash ${hash}\n`,
      ...unfinished.map((sourceId) => `  the import of ${sourceId} was unfinished; run it again\n`),
    ].join(''),
  );
};

const sayKeys = (restored: KeysRestored): string => {
  if (restored.status === 'none') return 'The backup has no keys.';
  if (restored.status === 'kept')
    return 'The keys that were there stay; those of the backup are left out.';
  const { count, secret } = restored;
  const words = `Its keys were restored, ${count} of them. Revoke again what was revoked since the backup.`;
  if (secret === 'same') return words;
  const found =
    secret === 'missing'
      ? 'There is no secret here with which keys are hashed'
      : 'The secret here is not the one with which they were hashed';
  return `${words}\n${found}: they count once KEY_SECRET or the file key-secret is that of the former installation.`;
};

interface KeysOption {
  keys?: string;
}
/** The keys of a gateway that has a data folder of its own are there. */
const keyPlaceOf = ({ place, dataDir, secrets }: Config, folder: string | undefined): KeyPlace => ({
  place: isPostgres(place) ? place : (folder ?? dataDir),
  dataDir: folder ?? dataDir,
  secrets,
});
const KEYS_OPTION = [
  '--keys <folder>',
  'the DATA_DIR of a gateway that runs apart and has one of its own, where its keys and partners are',
] as const;

/** `backup <folder>`: a copy of everything, made while others work. */
export const addBackup = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('backup')
    .description('Copy all databases into a new folder, as of one moment, while others work.')
    .argument('<folder>', 'a folder that is empty or not there yet')
    .option(...KEYS_OPTION)
    .action(async (folder: string, { keys: keysFolder }: KeysOption) => {
      const config = readConfig(env);
      const { backUp } = await import('../installation/backup');
      const manifest = await withGraph(env, (graph) =>
        backUp(graph, folder, keyPlaceOf(config, keysFolder)),
      );
      say(`backed up into ${folder}`, manifest);
      process.stdout.write(
        `  ${manifest.registry?.entries ?? 0} entries of the log of partners\n  ${manifest.keys?.count ?? 0} keys, without the secret that makes them count: keep KEY_SECRET or the file key-secret elsewhere\n`,
      );
    });
};

/** `restore <folder>`: a backup becomes the installation. */
export const addRestore = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('restore')
    .description('Bring a backup into the data folder, checked, and whole or not at all.')
    .argument('<folder>', 'what `backup` made')
    .option('--verify-only', 'check the backup and change nothing')
    .option(
      '--replace',
      'give up what the data folder holds, but for its keys and its log of partners',
    )
    .option(...KEYS_OPTION)
    .action(
      async (folder: string, options: KeysOption & { verifyOnly?: boolean; replace?: boolean }) => {
        const { restore, verifyBackup } = await import('../installation/restore');
        const { restoreKeys } = await import('../installation/keys');
        const { restoreRegistry } = await import('../installation/registry');
        if (options.verifyOnly) {
          say(`${folder} is sound`, await verifyBackup(folder));
          return;
        }
        const config = readConfig(env);
        const { place, dataDir } = config;
        const manifest = await restore(folder, place, { replace: options.replace ?? false });
        say(`restored into ${isPostgres(place) ? 'PostgreSQL' : dataDir}`, manifest);
        const gateway = keyPlaceOf(config, options.keys);
        process.stdout.write(`${sayKeys(await restoreKeys(folder, manifest, gateway))}\n`);
        const entries = await restoreRegistry(folder, manifest, gateway.place);
        process.stdout.write(
          entries === null
            ? 'The log of partners that was there stays; that of the backup is left out.\n'
            : `Its log of partners has ${entries} entries.\n`,
        );
      },
    );
};
