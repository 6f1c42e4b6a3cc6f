import { type Command, Option } from 'commander';
import { FEED_KINDS } from '../../gateway/registry/feed';
import { resultOf } from '../registry/ask';
import { type RegistryOptions, withRegistry, withRegistryOptions } from '../registry/options';
import { type FeedView, formatFeeds } from '../registry/print-feeds';
import { span } from './arguments';

interface AddOptions extends RegistryOptions {
  kind: string;
  name?: string;
  publisher: string[];
  every: number;
  licence?: string;
}

const DAY_MS = 86_400_000;
const gather = (text: string, before: readonly string[]) => [...before, text];

/** The verbs by which a partner publishes without a server. */
export const addPartnerFeeds = (partner: Command, env: NodeJS.ProcessEnv): void => {
  const verb = (name: string, description: string) =>
    withRegistryOptions(partner.command(name).description(description)).argument(
      '<partner>',
      'its name',
    );
  const pathOf = (name: string, more = '') => `/partners/${encodeURIComponent(name)}/feeds${more}`;
  const ask = async (options: RegistryOptions, path: string, body?: object) =>
    resultOf<{ feeds: FeedView[] }>(
      await withRegistry(options, env, (registry) =>
        registry.ask(body ? 'POST' : 'GET', path, body),
      ),
    ).feeds;
  const show = ({ json }: RegistryOptions, feeds: readonly FeedView[]) =>
    void process.stdout.write(json ? `${JSON.stringify(feeds, null, 2)}\n` : formatFeeds(feeds));
  /** Whoever works on the databases of this machine need not wait for a server to do what is asked. */
  const doHere = async (
    { registry }: RegistryOptions,
    kinds: { look: boolean; withdraw: boolean },
  ) => {
    if (registry === undefined) await (await import('../feeds/open')).workOnFeeds(env, kinds);
  };

  verb(
    'add-feed',
    'Take the records at an address in as a partner’s own, and look there regularly.',
  )
    .argument('<address>', 'where it is, by https')
    .addOption(
      new Option('--kind <kind>', 'in what it is written')
        .choices(FEED_KINDS)
        .makeOptionMandatory(),
    )
    .option('--name <word>', 'what to call it; default: its kind')
    .option(
      '--publisher <identifier>',
      'under which the partner reports, such as XM-DAC-41114 or a 360Giving prefix; once for each',
      gather,
      [],
    )
    .option('--every <span>', 'how often to look, `90m`, `24h` or `7d`', span, DAY_MS)
    .option('--licence <words>', 'the licence of its data, if the file does not say')
    .action(
      async (
        name: string,
        address: string,
        { kind, name: feed, publisher, every, licence, ...options }: AddOptions,
      ) => {
        const body = {
          ...{ kind, address, publishers: publisher, everyMs: every },
          ...(feed !== undefined && { feed }),
          ...(licence !== undefined && { licence }),
        };
        show(options, await ask(options, pathOf(name), body));
      },
    );

  verb('feeds', 'The feeds of a partner, what was found at the last look, and receipts.').action(
    async (name: string, options: RegistryOptions) =>
      show(options, await ask(options, pathOf(name))),
  );

  verb('fetch-feed', 'Look at a feed now.')
    .argument('<feed>', 'which')
    .option('--accept', 'as a steward: take it in though it lost more than half of its records')
    .action(
      async (
        name: string,
        feed: string,
        { accept, ...options }: RegistryOptions & { accept?: boolean },
      ) => {
        const path = pathOf(name, `/${encodeURIComponent(feed)}/${accept ? 'accept' : 'fetch'}`);
        const asked = await ask(options, path, {});
        await doHere(options, { look: true, withdraw: false });
        show(options, options.registry === undefined ? await ask(options, pathOf(name)) : asked);
      },
    );

  verb('remove-feed', 'Take a feed out of the graph with all its records, against a receipt.')
    .argument('<feed>', 'which')
    .option('--reason <words>', 'why')
    .action(
      async (
        name: string,
        feed: string,
        { reason, ...options }: RegistryOptions & { reason?: string },
      ) => {
        const path = pathOf(name, `/${encodeURIComponent(feed)}/remove`);
        const asked = await ask(options, path, reason === undefined ? {} : { reason });
        await doHere(options, { look: false, withdraw: true });
        show(options, options.registry === undefined ? await ask(options, pathOf(name)) : asked);
      },
    );
};
