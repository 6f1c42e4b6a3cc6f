import 'reflect-metadata';
import { Command } from 'commander';
import { addBackup, addRestore } from './commands/backup';
import { addDb } from './commands/db';
import { addDistributed } from './commands/distributed';
import { addExplain } from './commands/explain';
import { addImport } from './commands/import';
import { addLoad } from './commands/load';
import { addKeys } from './commands/keys';
import { addRuns } from './commands/runs';
import { addServe } from './commands/serve';
import { addVerify } from './commands/verify';
import { addSigningKey } from './commands/signing-key';
import { addSubgraph } from './commands/subgraph';

const program = new Command('peacegraph')
  .description('One graph over peacebuilding organisations, networks, funding and policy.')
  .showHelpAfterError();
addServe(program, process.env);
addSubgraph(program, process.env);
addDistributed(program, process.env);
addLoad(program, process.env);
addSigningKey(program);
addImport(program, process.env);
addExplain(program, process.env);
addRuns(program, process.env);
addVerify(program, process.env);
addBackup(program, process.env);
addRestore(program, process.env);
addDb(program);
addKeys(program, process.env);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
