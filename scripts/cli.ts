import 'reflect-metadata';
import { Command } from 'commander';
import { addImport } from './commands/import';
import { addKeys } from './commands/keys';
import { addRuns } from './commands/runs';
import { addServe } from './commands/serve';

const program = new Command('peacegraph')
  .description('One graph over peacebuilding organisations, networks, funding and policy.')
  .showHelpAfterError();
addServe(program, process.env);
addImport(program, process.env);
addRuns(program, process.env);
addKeys(program, process.env);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
