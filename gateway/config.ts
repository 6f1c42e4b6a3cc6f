import { z } from 'zod';
import { DEFAULT_PAGE, MOST_AT_ONCE } from '../subgraphs/shared/page-size';

/** Every variable that is read, with its meaning; `.env.example` and the README follow it. */
export const VARIABLES = {
  PORT: 'the port to listen on, 0 to 65535; 0 takes a free one (4000)',
  HOST: 'the address to listen on (127.0.0.1)',
  DATA_DIR: 'the folder of the database files (./data)',
  DATABASE_URL:
    'postgres://user:password@host:port/database, for PostgreSQL in place of files (none)',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent (info)',
  BUILTIN_DATA: 'on or off: whether the first start loads the built-in data (on)',
  SUBGRAPHS:
    'where subgraphs of other processes are, as name=address,name=address; empty for all in this one',
  GATEWAY_SIGNING_KEY: 'the Ed25519 key that signs requests to subgraphs, in PEM or as a JWK',
  GATEWAY_SIGNING_KEY_FILE: 'a file with that key',
  GATEWAY_PUBLIC_KEYS: 'the keys by which a subgraph knows its gateway: PEM, a JWK or a JWK set',
  GATEWAY_PUBLIC_KEYS_FILE: 'a file with those keys',
  KEY_SECRET:
    'the secret with which keys are hashed, 32 characters or more (made once, and kept in DATA_DIR)',
  COST_LIMITS:
    'the most points of one query for PUBLIC, PARTNER, DONOR and STEWARD, with commas (100000,200000,400000,1000000)',
  PAGE_LIMITS:
    'the largest `first` that PUBLIC, PARTNER, DONOR and STEWARD may ask for, 50 to 500 each, with commas (500,500,500,500)',
  RATE_LIMITS:
    'the points of a minute for PUBLIC (by address), PARTNER, DONOR and STEWARD (by key), with commas; or off (3000000,6000000,12000000,30000000)',
  TRUST_PROXY:
    'the addresses or networks of proxies whose X-Forwarded-For is believed, with commas; or off (off)',
  PARTNER_PRIVATE_ADDRESSES:
    'for development: where partners may be though it is not the public internet, as host:port, addresses or networks with commas (none)',
} as const;

/** The one parameter of ours in an address of PostgreSQL; the driver reads the others. */
const PREFIX = /^[a-z_][a-z0-9_]{0,40}$/;

const isPostgresUrl = (text: string): boolean => {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, searchParams } = new URL(text);
  const prefix = searchParams.get('prefix');
  return hostname !== '' && pathname.length > 1 && (prefix === null || PREFIX.test(prefix));
};

/** The subgraphs that the supergraph is made of. */
export const SUBGRAPH_NAMES = ['organisations', 'networks', 'funding', 'policy'] as const;
export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

/** Where a subgraph of another process answers. */
export interface SubgraphAddress {
  readonly name: SubgraphName;
  readonly url: string;
}

const isAddress = (url: string): boolean => {
  const read = URL.canParse(url) ? new URL(url) : null;
  return (
    read !== null &&
    /^https?:$/.test(read.protocol) &&
    `${read.username}${read.password}${read.search}${read.hash}` === ''
  );
};

/** All subgraphs are named or none, so that a forgotten one is seen at the start. */
const readAddresses = (text: string, context: z.RefinementCtx): SubgraphAddress[] => {
  const given = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(part) ?? [part, part.trim(), '']);
  const addresses: SubgraphAddress[] = [];
  const problem = (message: string) => context.addIssue({ code: 'custom', message });
  for (const [, name = '', url = ''] of given) {
    const known = SUBGRAPH_NAMES.find((one) => one === name);
    if (!known) problem(`there is no subgraph \`${name}\``);
    else if (addresses.some((address) => address.name === name)) problem(`${name} is there twice`);
    else if (!isAddress(url)) problem(`${name} has no http address`);
    else addresses.push({ name: known, url });
  }
  const lacking = SUBGRAPH_NAMES.filter((name) => !given.some((part) => part[1] === name));
  if (given.length > 0 && lacking.length > 0) problem(`it lacks ${lacking.join(', ')}`);
  return addresses;
};

/** Four numbers of points, one for each tier. */
const points = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9}){3}$/, 'It must be four whole numbers with commas')
  .transform((text) => text.split(',').map(Number));
const HOST_PORT = /^(\[[\da-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
const ADDRESS = /^[\da-f.:]+(\/\d{1,3})?$/i;

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'it names no database of PostgreSQL').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  BUILTIN_DATA: z.enum(['on', 'off']).default('on'),
  SUBGRAPHS: z.string().default('').transform(readAddresses),
  KEY_SECRET: z.string().min(32).optional(),
  COST_LIMITS: points.default([100_000, 200_000, 400_000, 1_000_000]),
  PAGE_LIMITS: points
    .refine(
      (limits) => limits.every((most) => most >= DEFAULT_PAGE && most <= MOST_AT_ONCE),
      `Each must be ${DEFAULT_PAGE} to ${MOST_AT_ONCE}`,
    )
    .default([MOST_AT_ONCE, MOST_AT_ONCE, MOST_AT_ONCE, MOST_AT_ONCE]),
  RATE_LIMITS: z.literal('off').or(points).default([3_000_000, 6_000_000, 12_000_000, 30_000_000]),
  TRUST_PROXY: z
    .literal('off')
    .or(
      z
        .string()
        .transform((text) => text.split(',').map((address) => address.trim()))
        .refine((addresses) => addresses.every((address) => ADDRESS.test(address)), 'No addresses'),
    )
    .default('off'),
  PARTNER_PRIVATE_ADDRESSES: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((entry) => entry.trim() || []))
    .refine((entries) => entries.every((entry) => HOST_PORT.test(entry) || ADDRESS.test(entry)), {
      message: 'it has what is no host:port, address or network',
    }),
});

/** What one request may ask for. */
export const DEFAULT_LIMITS = {
  /** Bytes of a request body. */
  body: 256 * 1024,
  /** Tokens of a query text. */
  tokens: 2000,
  /** Levels of fields within fields. */
  depth: 14,
  aliases: 100,
  /** Fields of a query with all its fragments spread. */
  fields: 2000,
  /** How long an answer may take, in milliseconds. */
  deadlineMs: 20_000,
} as const;
export type Limits = Readonly<Record<keyof typeof DEFAULT_LIMITS, number>>;

/** What one answer of a subgraph of ours over HTTP may take. */
export const SOURCE_LIMITS = {
  /** How long a subgraph may take for one sub-query, in milliseconds. */
  deadlineMs: 10_000,
  /** Bytes of an answer as they come over the network. */
  bytes: 64 * 1024 * 1024,
  /** Bytes of an answer after unpacking. */
  unpackedBytes: 64 * 1024 * 1024,
  /** Levels of objects and lists within each other. */
  depth: 256,
  values: Infinity,
  list: Infinity,
  text: Infinity,
} as const;

/** What one answer of a partner may take, and how many requests it gets: enough for a page of 500. */
const OF_PARTNERS = {
  bytes: 2 * 1024 * 1024,
  unpackedBytes: 2 * 1024 * 1024,
  depth: 32,
  values: 50_000,
  list: 2000,
  text: 20_000,
  /** Requests at a time. */
  atOnce: 16,
  /** Requests that wait for their turn. */
  waiting: 32,
} as const;
export const PARTNER_LIMITS = {
  VERIFIED: { ...OF_PARTNERS, deadlineMs: 5000 },
  PROVISIONAL: { ...OF_PARTNERS, deadlineMs: 3000 },
} as const;

/** Who may ask for how much. */
export interface Access {
  /** The most points of one query, by tier. */
  readonly costLimits: readonly number[];
  /** The largest page that may be asked for, by tier. */
  readonly pageLimits: readonly number[];
  /** The points of a minute, by tier; null: no limit. */
  readonly rateLimits: readonly number[] | null;
  /** Proxies whose word on a client's address is believed. */
  readonly trustedProxies: readonly string[];
}

/** All that a start needs to know, by part. */
export interface Config {
  readonly http: { readonly port: number; readonly host: string };
  readonly dataDir: string;
  /** Where the databases are: a folder, or `postgres://…` with its password, so never to be logged. */
  readonly place: string;
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  readonly builtinData: boolean;
  readonly limits: Limits;
  /** Subgraphs of other processes; empty where all are in this one. */
  readonly subgraphs: readonly SubgraphAddress[];
  readonly access: Access;
  readonly partners: {
    /** Where partners may be besides the public internet; empty but in development. */
    readonly privateAddresses: readonly string[];
  };
  /** Never logged. */
  readonly secrets: { readonly key: string | null };
}

/** Variables whose values are shown to nobody. */
const SECRET = new Set(['DATABASE_URL', 'KEY_SECRET']);

/** The environment has values that cannot be used: all of them, each with its variable. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The environment cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/**
 * Reads the configuration. An empty variable counts as absent.
 * @throws ConfigError that names every problem at once.
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(
    Object.keys(VARIABLES).map((name) => [name, env[name] || undefined]),
  );
  const read = Environment.safeParse(given);
  if (!read.success) {
    throw new ConfigError(
      read.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        // A secret that is no good is still a secret, and an address may hold a password.
        const value = SECRET.has(name) ? 'unusable' : JSON.stringify(env[name]);
        return `${name} is ${value}: ${message}. It is ${VARIABLES[name as keyof typeof VARIABLES]}.`;
      }),
    );
  }
  const { PORT, HOST, DATA_DIR, DATABASE_URL, LOG_LEVEL, BUILTIN_DATA, SUBGRAPHS } = read.data;
  const { KEY_SECRET, COST_LIMITS, PAGE_LIMITS, RATE_LIMITS, TRUST_PROXY } = read.data;
  const { PARTNER_PRIVATE_ADDRESSES } = read.data;
  // Whoever others can reach must not be led into its own house by a partner.
  if (
    PARTNER_PRIVATE_ADDRESSES.length > 0 &&
    (env.NODE_ENV === 'production' || !LOOPBACK.test(HOST))
  )
    throw new ConfigError([
      'PARTNER_PRIVATE_ADDRESSES is for development: it is refused with NODE_ENV=production, and where HOST is no loopback address.',
    ]);
  return Object.freeze({
    http: Object.freeze({ port: PORT, host: HOST }),
    dataDir: DATA_DIR,
    place: DATABASE_URL ?? DATA_DIR,
    logLevel: LOG_LEVEL,
    builtinData: BUILTIN_DATA === 'on',
    limits: DEFAULT_LIMITS,
    subgraphs: Object.freeze(SUBGRAPHS),
    access: Object.freeze({
      costLimits: COST_LIMITS,
      pageLimits: PAGE_LIMITS,
      rateLimits: RATE_LIMITS === 'off' ? null : RATE_LIMITS,
      trustedProxies: TRUST_PROXY === 'off' ? [] : TRUST_PROXY,
    }),
    partners: Object.freeze({ privateAddresses: Object.freeze(PARTNER_PRIVATE_ADDRESSES) }),
    secrets: Object.freeze({ key: KEY_SECRET ?? null }),
  });
};
