import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { CheckOutcome, PublishOutcome } from '../../gateway/registry/publishing';
import type { PartnerView } from '../../gateway/registry/views';
import { type RegistryAnswer, resultOf } from '../registry/ask';
import { type RegistryOptions, withRegistry, withRegistryOptions } from '../registry/options';
import { formatOutcome, formatPartner } from '../registry/print';
import { aVersion } from './arguments';

type Reasoned = RegistryOptions & { reason?: string };

type ListedPartner = Pick<PartnerView, 'name' | 'trust' | 'status' | 'version'>;

type Ask = (path: string, body?: object) => Promise<RegistryAnswer>;

interface PublicationOptions extends RegistryOptions {
  url: string;
  sdl: string;
  licence?: string;
  answerKey?: string;
}

const print = (text: string): void => void process.stdout.write(text);
const trustOption = () =>
  new Option('--trust <trust>', 'how far it is trusted').choices(['VERIFIED', 'PROVISIONAL']);

const readPublication = async ({ url, sdl, licence, answerKey }: PublicationOptions) => ({
  url,
  sdl: await readFile(sdl, 'utf8'),
  ...(licence !== undefined && { licence }),
  ...(answerKey !== undefined && { answerKey: await readFile(answerKey, 'utf8') }),
});

/** The verbs by which a partner comes into the graph, changes there and leaves it. */
export const addPartnerRegistry = (partner: Command, env: NodeJS.ProcessEnv): void => {
  /** Posts to a partner's address, or to that of all. */
  const using = <T>(options: RegistryOptions, work: (post: Ask, get: Ask) => Promise<T>) =>
    withRegistry(options, env, ({ ask }) =>
      work(
        (path, body = {}) => ask('POST', path, body),
        (path) => ask('GET', path),
      ),
    );
  const at = (name: string, path = '') => `/partners/${encodeURIComponent(name)}${path}`;
  const verb = (name: string, description: string) =>
    withRegistryOptions(partner.command(name).description(description)).argument(
      '<partner>',
      'its name',
    );
  const publicationVerb = (name: string, description: string) =>
    verb(name, description)
      .requiredOption('--url <address>', 'where it answers GraphQL over POST')
      .requiredOption('--sdl <file>', 'its schema, as it answers `_service { sdl }`')
      .option('--licence <words>', 'the licence of its data')
      .option('--answer-key <file>', 'the public key with which it signs its answers');
  const say = (json: boolean | undefined, result: object, words: string) =>
    print(json ? `${JSON.stringify(result, null, 2)}\n` : words);
  const sayOutcome = (json: boolean | undefined, outcome: CheckOutcome | PublishOutcome) => {
    say(json, outcome, formatOutcome(outcome));
    if (outcome.status === 'FAILED' || outcome.status === 'REFUSED') process.exitCode = 1;
  };
  /** Does something to a partner and shows how it stands then. */
  const change = async (name: string, path: string, body: object, options: RegistryOptions) => {
    const view = resultOf<PartnerView>(await using(options, (post) => post(at(name, path), body)));
    say(options.json, view, formatPartner(view));
  };

  verb('add', 'Take a partner in, and show its first key once.')
    .addOption(trustOption().default('PROVISIONAL'))
    .action(async (name: string, { trust, ...options }: RegistryOptions & { trust: string }) => {
      const added = resultOf<{ partner: PartnerView; key: string }>(
        await using(options, (post) => post('/partners', { name, trust })),
      );
      say(
        options.json,
        added,
        `${formatPartner(added.partner)}Its key, which is shown this once and kept nowhere:\n${added.key}\n`,
      );
    });

  verb('trust', 'Change how far a partner is trusted.')
    .addOption(trustOption().makeOptionMandatory())
    .action((name: string, { trust, ...options }: RegistryOptions & { trust: string }) =>
      change(name, '/trust', { trust }, options),
    );

  publicationVerb('check', 'Check a schema and publish nothing. Ends with 1 if it fails.').action(
    async (name: string, options: PublicationOptions) => {
      const publication = await readPublication(options);
      const answer = await using(options, (post) => post(at(name, '/check'), publication));
      sayOutcome(options.json, resultOf<CheckOutcome>(answer));
    },
  );

  publicationVerb(
    'publish',
    'Publish a schema: checked, tried at its endpoint, and served. Ends with 1 if it is refused.',
  ).action(async (name: string, options: PublicationOptions) => {
    const publication = await readPublication(options);
    const answer = await using(options, (post) => post(at(name, '/publish'), publication));
    sayOutcome(options.json, resultOf<PublishOutcome>(answer));
  });

  verb('approve', 'Let a version pass that waits for a steward.')
    .argument('<version>', 'which', aVersion)
    .action(async (name: string, version: number, options: RegistryOptions) => {
      const answer = await using(options, (post) => post(at(name, '/approve'), { version }));
      sayOutcome(options.json, resultOf<PublishOutcome>(answer));
    });

  verb('refuse', 'Refuse a version that waits for a steward.')
    .argument('<version>', 'which', aVersion)
    .option('--reason <words>', 'why')
    .action((name: string, version: number, { reason, ...options }: Reasoned) =>
      change(name, '/refuse', { version, ...(reason !== undefined && { reason }) }, options),
    );

  withRegistryOptions(partner.command('list').description('Every partner there ever was.')).action(
    async (options: RegistryOptions) => {
      const { partners } = resultOf<{ partners: ListedPartner[] }>(
        await using(options, (_post, get) => get('')),
      );
      const lines = partners.map(
        ({ name, trust, status, version }) =>
          `${name.padEnd(30)}  ${status.padEnd(12)}  ${trust.padEnd(11)}  ${version ?? '-'}\n`,
      );
      say(options.json, partners, lines.join('') || 'There are no partners yet.\n');
    },
  );

  verb('status', 'How a partner stands, with its versions.').action(
    async (name: string, options: RegistryOptions) => {
      const view = resultOf<PartnerView>(await using(options, (_post, get) => get(at(name))));
      say(options.json, view, formatPartner(view));
    },
  );

  verb('rollback', 'Put an earlier version of a partner in force again.')
    .option('--to <version>', 'which; default: the one before', aVersion)
    .action(async (name: string, { to, ...options }: RegistryOptions & { to?: number }) => {
      const body = to === undefined ? {} : { version: to };
      const done = resultOf<{ version: number }>(
        await using(options, (post) => post(at(name, '/rollback'), body)),
      );
      say(options.json, done, `Version ${done.version} of ${name} is in force.\n`);
    });

  verb('retire', 'Take a partner out of the graph, with the records of its feeds.')
    .option('--reason <words>', 'why')
    .action(async (name: string, { reason, ...options }: Reasoned) => {
      await change(name, '/retire', reason === undefined ? {} : { reason }, options);
      // A server does it where one is asked.
      if (options.registry === undefined)
        await (await import('../feeds/open')).workOnFeeds(env, { look: false, withdraw: true });
    });

  verb('quarantine', 'Keep a partner from being asked; its fields stand and are empty.')
    .requiredOption('--reason <words>', 'why')
    .action((name: string, { reason, ...options }: Reasoned) =>
      change(name, '/quarantine', { reason }, options),
    );

  verb('readmit', 'End a quarantine, and try again what did not compose.').action(
    (name: string, options: RegistryOptions) => change(name, '/readmit', {}, options),
  );
};
