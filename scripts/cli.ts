import 'reflect-metadata';
import { Command } from 'commander';

type Add = (program: Command, env: NodeJS.ProcessEnv) => void;

/** Every verb, in the order of the help. */
const VERBS: Readonly<Record<string, () => Promise<Add>>> = {
  serve: async () => (await import('./commands/serve')).addServe,
  subgraph: async () => (await import('./commands/subgraph')).addSubgraph,
  distributed: async () => (await import('./commands/distributed')).addDistributed,
  load: async () => (await import('./commands/load')).addLoad,
  'signing-key': async () => (await import('./commands/signing-key')).addSigningKey,
  import: async () => (await import('./commands/import')).addImport,
  explain: async () => (await import('./commands/explain')).addExplain,
  sensitivity: async () => (await import('./commands/sensitivity')).addSensitivity,
  runs: async () => (await import('./commands/runs')).addRuns,
  verify: async () => (await import('./commands/verify')).addVerify,
  backup: async () => (await import('./commands/backup')).addBackup,
  restore: async () => (await import('./commands/backup')).addRestore,
  db: async () => (await import('./commands/db')).addDb,
  keys: async () => (await import('./commands/keys')).addKeys,
  partner: async () => (await import('./commands/partner')).addPartner,
  feeds: async () => (await import('./commands/feeds')).addFeeds,
  registry: async () => (await import('./commands/registry')).addRegistry,
};

const main = async (verb = ''): Promise<void> => {
  const program = new Command('peacegraph')
    .description('One graph over peacebuilding organisations, networks, funding and policy.')
    .showHelpAfterError();
  // One verb starts sooner without the others.
  const named = Object.hasOwn(VERBS, verb) ? [VERBS[verb]] : Object.values(VERBS);
  for (const load of named) (await load?.())?.(program, process.env);
  await program.parseAsync();
};

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
