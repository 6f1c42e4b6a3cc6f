import { z } from 'zod';

/** Every variable that is read, with its meaning; `.env.example` and the README follow it. */
export const VARIABLES = {
  PORT: 'the port to listen on, 0 to 65535; 0 takes a free one (4000)',
  HOST: 'the address to listen on (127.0.0.1)',
  DATA_DIR: 'the folder of the database files (./data)',
  DATABASE_URL:
    'postgres://user:password@host:port/database, for PostgreSQL in place of files (none)',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent (info)',
  BUILTIN_DATA: 'on or off: whether the first start loads the built-in data (on)',
} as const;

/** The one parameter of ours in an address of PostgreSQL; the driver reads the others. */
const PREFIX = /^[a-z_][a-z0-9_]{0,40}$/;

const isPostgresUrl = (text: string): boolean => {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, searchParams } = new URL(text);
  const prefix = searchParams.get('prefix');
  return hostname !== '' && pathname.length > 1 && (prefix === null || PREFIX.test(prefix));
};

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'it names no database of PostgreSQL').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  BUILTIN_DATA: z.enum(['on', 'off']).default('on'),
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

/** All that a start needs to know, by part. */
export interface Config {
  readonly http: { readonly port: number; readonly host: string };
  readonly dataDir: string;
  /** Where the databases are: a folder, or `postgres://…` with its password, so never to be logged. */
  readonly place: string;
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  readonly builtinData: boolean;
  readonly limits: Limits;
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
        // An address may hold a password.
        const value = name === 'DATABASE_URL' ? 'given' : JSON.stringify(env[name]);
        return `${name} is ${value}: ${message}. It is ${VARIABLES[name as keyof typeof VARIABLES]}.`;
      }),
    );
  }
  const { PORT, HOST, DATA_DIR, DATABASE_URL, LOG_LEVEL, BUILTIN_DATA } = read.data;
  return Object.freeze({
    http: Object.freeze({ port: PORT, host: HOST }),
    dataDir: DATA_DIR,
    place: DATABASE_URL ?? DATA_DIR,
    logLevel: LOG_LEVEL,
    builtinData: BUILTIN_DATA === 'on',
    limits: DEFAULT_LIMITS,
  });
};
