import type { Command } from 'commander';
import type { PartnerKey } from '../../gateway/registry/credentials';
import { resultOf } from '../registry/ask';
import { type RegistryOptions, withRegistry, withRegistryOptions } from '../registry/options';
import { span } from './arguments';

const DAY_MS = 86_400_000;

const shown = ({ id, key }: { id: string; key: string }): string =>
  `${key}\nThe key ${id} is shown this once and kept nowhere. It is PEACEGRAPH_KEY for the verbs of \`partner\`.\n`;

const stateOf = ({ revokedAt, expiresAt }: PartnerKey): string => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= new Date().toISOString() ? 'expired' : 'valid';
};

/** `partner key`: with which a partner publishes. */
export const addPartnerKeys = (partner: Command, env: NodeJS.ProcessEnv): void => {
  const keys = partner.command('key').description('Keys with which a partner publishes.');
  const verb = (name: string, description: string) =>
    withRegistryOptions(keys.command(name).description(description)).argument(
      '<partner>',
      'its name',
    );
  const ask = async <T>(
    options: RegistryOptions,
    name: string,
    path: string,
    body?: object,
  ): Promise<T> =>
    resultOf<T>(
      await withRegistry(options, env, (registry) =>
        registry.ask(
          body ? 'POST' : 'GET',
          `/partners/${encodeURIComponent(name)}/keys${path}`,
          body,
        ),
      ),
    );
  const say = <T extends object>({ json }: RegistryOptions, result: T, words: (of: T) => string) =>
    void process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : words(result));
  const list = ({ keys: all }: { keys: PartnerKey[] }) =>
    all.map((key) => `${key.id}  ${stateOf(key).padEnd(7)}  ${key.label}\n`).join('') ||
    'There are no keys.\n';

  verb('list', 'The keys of a partner; never the keys themselves.').action(
    async (name: string, options: RegistryOptions) =>
      say(options, await ask<{ keys: PartnerKey[] }>(options, name, ''), list),
  );

  verb('create', 'Make another key, and show it once.')
    .requiredOption('--label <words>', 'for what it is')
    .action(async (name: string, { label, ...options }: RegistryOptions & { label: string }) =>
      say(options, await ask<{ id: string; key: string }>(options, name, '', { label }), shown),
    );

  verb('rotate', 'Give a key a new secret, shown once; the former one counts a while longer.')
    .argument('<id>', 'its id, as `partner key list` shows it')
    .option('--overlap <span>', 'how much longer, `90m`, `24h` or `7d`', span, DAY_MS)
    .action(
      async (
        name: string,
        id: string,
        { overlap, ...options }: RegistryOptions & { overlap: number },
      ) => {
        const path = `/${encodeURIComponent(id)}/rotate`;
        say(
          options,
          await ask<{ id: string; key: string }>(options, name, path, { overlapMs: overlap }),
          shown,
        );
      },
    );

  verb('revoke', 'End a key; servers that run notice within five seconds.')
    .argument('<id>', 'its id, as `partner key list` shows it')
    .action(async (name: string, id: string, options: RegistryOptions) => {
      const path = `/${encodeURIComponent(id)}/revoke`;
      say(options, await ask<{ keys: PartnerKey[] }>(options, name, path, {}), list);
    });
};
