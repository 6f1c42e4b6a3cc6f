import type { Command } from 'commander';
import { readConfig } from '../../gateway/config';
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

/** `backup <folder>`: a copy of everything, made while others work. */
export const addBackup = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('backup')
    .description('Copy all databases into a new folder, as of one moment, while others work.')
    .argument('<folder>', 'a folder that is empty or not there yet')
    .action(async (folder: string) => {
      const { backUp } = await import('../installation/backup');
      say(`backed up into ${folder}`, await withGraph(env, (graph) => backUp(graph, folder)));
    });
};

/** `restore <folder>`: a backup becomes the installation. */
export const addRestore = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('restore')
    .description('Bring a backup into the data folder, checked, and whole or not at all.')
    .argument('<folder>', 'what `backup` made')
    .option('--verify-only', 'check the backup and change nothing')
    .option('--replace', 'give up what the data folder holds')
    .action(async (folder: string, options: { verifyOnly?: boolean; replace?: boolean }) => {
      const { restore, verifyBackup } = await import('../installation/restore');
      if (options.verifyOnly) {
        say(`${folder} is sound`, await verifyBackup(folder));
        return;
      }
      const { place, dataDir } = readConfig(env);
      say(
        `restored into ${place === dataDir ? dataDir : 'PostgreSQL'}`,
        await restore(folder, place, { replace: options.replace ?? false }),
      );
    });
};
