import type { Command } from 'commander';

/** `feeds`: what `serve` and `distributed` have done when it is due. */
export const addFeeds = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('feeds')
    .description(
      'Fetch the feeds of partners that are due, erase those that were removed, and end; `serve` does it by itself.',
    )
    .option('--look', 'only fetch what is due')
    .option('--withdraw', 'only erase what was removed')
    .action(async ({ look = false, withdraw = false }: { look?: boolean; withdraw?: boolean }) => {
      const { workOnFeeds } = await import('../feeds/open');
      const all = !look && !withdraw;
      await workOnFeeds(env, { look: all || look, withdraw: all || withdraw });
    });
};
