import { type Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../../gateway/config';
import type { Keys } from '../../gateway/access/keys';
import { tierOf, Visibility, visibilityOf } from '../../subgraphs/shared/viewer';
import { span } from './arguments';

const DAY_MS = 86_400_000;

/** A day or a time to come, as ISO 8601 in UTC. */
const moment = (text: string): string => {
  const at = Date.parse(text);
  if (Number.isNaN(at) || at <= Date.now())
    throw new InvalidArgumentError('It must be a day or time to come, like `2027-12-31`.');
  return new Date(at).toISOString();
};

const shown = (text: string): string =>
  `${text}\nIt is shown this once and kept nowhere. Send it as \`Authorization: Bearer …\`.\n`;

const noSuch = (id: string) =>
  new Error(`There is no key ${id} that stands; \`keys list\` has all.`);

/** `keys`: who may see more than the public. */
export const addKeys = (program: Command, env: NodeJS.ProcessEnv): void => {
  const keys = program.command('keys').description('API keys: who may see more than the public.');
  const withKeys = async (work: (keys: Keys) => Promise<string>): Promise<void> => {
    const { openKeys } = await import('../../gateway/access/open');
    const open = await openKeys(readConfig(env));
    try {
      process.stdout.write(await work(open));
    } finally {
      await open.close();
    }
  };

  keys
    .command('create')
    .description('Make a key, and show it once.')
    .requiredOption('--label <words>', 'for whom or what it is')
    .addOption(
      new Option('--tier <tier>', 'what it sees')
        .choices(Object.values(Visibility))
        .makeOptionMandatory(),
    )
    .option(
      '--expires <time>',
      'until when it counts, in UTC; default: until it is revoked',
      moment,
    )
    .option('--owner <id>', 'the canonical id of the body that holds it')
    .action(
      async ({
        label,
        tier,
        expires,
        owner,
      }: {
        label: string;
        tier: Visibility;
        expires?: string;
        owner?: string;
      }) =>
        withKeys(async ({ create }) => {
          const { text } = await create({
            label,
            tier: tierOf(tier),
            owner: owner ?? null,
            expiresAt: expires ?? null,
          });
          return shown(text);
        }),
    );

  keys
    .command('list')
    .description('Every key with its label and state; never the key itself.')
    .option('--json', 'print them for machines')
    .action(async ({ json }: { json?: boolean }) =>
      withKeys(async ({ list }) => {
        const now = new Date().toISOString();
        const all = (await list()).map(({ tier, ...key }) => ({
          ...key,
          tier: visibilityOf(tier),
          state:
            key.revokedAt !== null
              ? 'revoked'
              : key.expiresAt !== null && key.expiresAt <= now
                ? 'expired'
                : 'valid',
        }));
        if (json) return `${JSON.stringify(all, null, 2)}\n`;
        const lines = all.map(
          ({ id, tier, state, label, owner, partner, expiresAt }) =>
            `${id}  ${tier.padEnd(7)}  ${state.padEnd(7)}  ${expiresAt?.slice(0, 10) ?? 'no end    '}  ${label}${owner === null ? '' : ` (${owner})`}${partner === null ? '' : `, publishes ${partner}`}\n`,
        );
        return lines.join('') || 'There are no keys yet.\n';
      }),
    );

  keys
    .command('revoke')
    .description('End a key; servers that run notice within five seconds.')
    .argument('<id>', 'its id, as `keys list` shows it')
    .action(async (id: string) =>
      withKeys(async ({ revoke }) => {
        if (!(await revoke(id))) throw noSuch(id);
        return `${id} counts no longer.\n`;
      }),
    );

  keys
    .command('rotate')
    .description('Give a key a new secret, and show it once; the former one counts a while longer.')
    .argument('<id>', 'its id, as `keys list` shows it')
    .option('--overlap <span>', 'how much longer, `90m`, `24h` or `7d`', span, DAY_MS)
    .action(async (id: string, { overlap }: { overlap: number }) =>
      withKeys(async ({ rotate }) => {
        const text = await rotate(id, overlap);
        if (text === null) throw noSuch(id);
        return shown(text);
      }),
    );
};
