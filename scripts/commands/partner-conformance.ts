import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { BUILTIN_KEYS } from '../../gateway/registry/conformance/default-keys';
import { readPartnerFolder } from '../partner/folder';
import { readKeysOption } from '../partner/keys-option';
import { freePort, startPartner } from '../partner/process';
import { isFolder, readTarget, type Target } from '../partner/target';

interface Options {
  name?: string;
  key?: string;
  keys: string[];
  out?: string;
  json?: boolean;
}

const openTarget = async (
  place: string,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<Target & { stop(): Promise<void> }> => {
  if (!(await isFolder(place)))
    return { ...(await readTarget(place, options, env)), stop: async () => undefined };
  const folder = await readPartnerFolder(place);
  return { ...folder, ...(await startPartner(folder, { port: await freePort() })) };
};

const collect = (one: string, all: string[]) => [...all, one];

/** `partner conformance`: a running subgraph, tested from outside. */
export const addPartnerConformance = (partner: Command, env: NodeJS.ProcessEnv): void => {
  partner
    .command('conformance')
    .description(
      'Test a subgraph from outside, as the gateway will meet it: entities, values, errors, signatures, 50 requests at once. Ends with 1 if it does not pass.',
    )
    .argument('<place>', 'its address, or its folder, whose program is then started for the test')
    .option('--name <name>', 'of the subgraph, for which requests are signed; a folder says it')
    .option(
      '--key <file>',
      'the private key that signs them; default: the gateway’s, or the folder’s',
    )
    .option(
      '--keys <Type:key,…>',
      'entities that it knows; several times for several types',
      collect,
      [],
    )
    .option('--out <file>', 'write the signed report there')
    .option('--json', 'print the signed report for machines')
    .action(async (place: string, options: Options) => {
      const [
        { PROBE_LIMITS, runConformance },
        { formatConformance },
        { createProbe },
        { ownHeaders },
      ] = await Promise.all([
        import('../../gateway/registry/conformance/run'),
        import('../../gateway/registry/conformance/report'),
        import('../../gateway/supergraph/probe'),
        import('../partner/own-headers'),
      ]);
      const given = readKeysOption(options.keys);
      const target = await openTarget(place, options, env);
      try {
        const { name, url, key } = target;
        const probe = createProbe(PROBE_LIMITS);
        const { passed, report } = await runConformance({
          name,
          url,
          key,
          probe,
          deadlineMs: PROBE_LIMITS.deadlineMs,
          keys: { ...BUILTIN_KEYS, ...given },
          headers: await ownHeaders({ name, url }, key, probe),
        });
        const text = `${JSON.stringify(report, null, 2)}\n`;
        if (options.out !== undefined) await writeFile(options.out, text);
        process.stdout.write(options.json ? text : formatConformance(report.report));
        if (!passed) process.exitCode = 1;
      } finally {
        await target.stop();
      }
    });
};
