import { z } from 'zod';

/** Every variable that is read, with its meaning; `.env.example` and the README follow it. */
export const VARIABLES = {
  PORT: 'the port to listen on, 0 to 65535; 0 takes a free one (4000)',
  HOST: 'the address to listen on (127.0.0.1)',
  DATA_DIR: 'the folder of the database files (./data)',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent (info)',
  BUILTIN_DATA: 'on or off: whether the first start loads the built-in data (on)',
  KEY_SECRET:
    'the secret with which keys are hashed, 32 characters or more (made once, and kept in DATA_DIR)',
  COST_LIMITS:
    'the most points of one query for PUBLIC, PARTNER, DONOR and STEWARD, with commas (100000,200000,400000,1000000)',
  RATE_LIMITS:
    'the points of a minute for PUBLIC (by address), PARTNER, DONOR and STEWARD (by key), with commas; or off (3000000,6000000,12000000,30000000)',
  TRUST_PROXY:
    'the addresses or networks of proxies whose X-Forwarded-For is believed, with commas; or off (off)',
} as const;

/** Four numbers of points, one for each tier. */
const points = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9}){3}$/, 'It must be four whole numbers with commas')
  .transform((text) => text.split(',').map(Number));
const ADDRESS = /^[\da-f.:]+(\/\d{1,3})?$/i;

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  BUILTIN_DATA: z.enum(['on', 'off']).default('on'),
  KEY_SECRET: z.string().min(32).optional(),
  COST_LIMITS: points.default([100_000, 200_000, 400_000, 1_000_000]),
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

/** Who may ask for how much. */
export interface Access {
  /** The most points of one query, by tier. */
  readonly costLimits: readonly number[];
  /** The points of a minute, by tier; null: no limit. */
  readonly rateLimits: readonly number[] | null;
  /** Proxies whose word on a client's address is believed. */
  readonly trustedProxies: readonly string[];
}

/** All that a start needs to know, by part. */
export interface Config {
  readonly http: { readonly port: number; readonly host: string };
  readonly dataDir: string;
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  readonly builtinData: boolean;
  readonly limits: Limits;
  readonly access: Access;
  /** Never logged. */
  readonly secrets: { readonly key: string | null };
}

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
        // A secret that is no good is still a secret.
        const value = name === 'KEY_SECRET' ? 'unusable' : JSON.stringify(env[name]);
        return `${name} is ${value}: ${message}. It is ${VARIABLES[name as keyof typeof VARIABLES]}.`;
      }),
    );
  }
  const { PORT, HOST, DATA_DIR, LOG_LEVEL, BUILTIN_DATA } = read.data;
  const { KEY_SECRET, COST_LIMITS, RATE_LIMITS, TRUST_PROXY } = read.data;
  return Object.freeze({
    http: Object.freeze({ port: PORT, host: HOST }),
    dataDir: DATA_DIR,
    logLevel: LOG_LEVEL,
    builtinData: BUILTIN_DATA === 'on',
    limits: DEFAULT_LIMITS,
    access: Object.freeze({
      costLimits: COST_LIMITS,
      rateLimits: RATE_LIMITS === 'off' ? null : RATE_LIMITS,
      trustedProxies: TRUST_PROXY === 'off' ? [] : TRUST_PROXY,
    }),
    secrets: Object.freeze({ key: KEY_SECRET ?? null }),
  });
};
