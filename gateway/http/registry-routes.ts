import { z } from 'zod';
import { BadInput } from '../../subgraphs/shared/errors';

/** Who may use a route: everybody, the partner that it is about and stewards, or stewards alone. */
export type Who = 'ANYONE' | 'PARTNER' | 'STEWARD';

interface PublicationBody {
  url: string;
  sdl: string;
  licence: string | null;
  answerKey: string | null;
}

interface FeedBody {
  feed: string;
  kind: (typeof FEED_KINDS)[number];
  address: string;
  publishers: readonly string[];
  everyMs: number;
  licence: string | null;
}

/** What the routes need of the registry. */
export interface RegistryDoor {
  overview(): Promise<object>;
  partner(name: string): Promise<object>;
  version(name: string, version: number): Promise<object>;
  log(page: { after: number; first: number; partner?: string }): Promise<object>;
  text(hash: string): Promise<object>;
  usage(): Promise<object>;
  supergraphs(): Promise<object>;
  supergraph(number: number): Promise<object>;
  check(name: string, publication: PublicationBody): Promise<object>;
  publish(actor: string, name: string, publication: PublicationBody): Promise<object>;
  approve(actor: string, name: string, version: number): Promise<object>;
  refuse(actor: string, name: string, version: number, reason: string | null): Promise<object>;
  rollBack(actor: string, name: string, version: number | null): Promise<object>;
  rollBackAll(actor: string, supergraph: number): Promise<object>;
  addPartner(
    actor: string,
    partner: { name: string; trust: 'VERIFIED' | 'PROVISIONAL' },
  ): Promise<object>;
  setTrust(actor: string, name: string, trust: 'VERIFIED' | 'PROVISIONAL'): Promise<object>;
  retire(actor: string, name: string, reason: string | null): Promise<object>;
  quarantine(actor: string, name: string, reason: string): Promise<object>;
  readmit(actor: string, name: string): Promise<object>;
  keys(name: string): Promise<object>;
  makeKey(actor: string, name: string, label: string): Promise<object>;
  rotateKey(actor: string, name: string, id: string, overlapMs: number): Promise<object>;
  revokeKey(actor: string, name: string, id: string): Promise<object>;
  feeds(name: string): Promise<object>;
  addFeed(actor: string, name: string, feed: FeedBody): Promise<object>;
  removeFeed(actor: string, name: string, feed: string, reason: string | null): Promise<object>;
  fetchFeed(actor: string, name: string, feed: string): Promise<object>;
  acceptFeed(actor: string, name: string, feed: string): Promise<object>;
}

/** What a route is asked. */
export interface Asked {
  door: RegistryDoor;
  actor: string;
  /** The partner that the address names. */
  name: string;
  params: Record<string, string>;
  query: unknown;
  body: unknown;
}

/** One address of the registry. */
export interface Route {
  method: 'GET' | 'POST';
  url: string;
  who: Who;
  /** What it costs of a caller's points of the minute. */
  points: number;
  /** Whether it answers what became of a publication. */
  publishes?: true;
  run: (asked: Asked) => Promise<object>;
}

const READ = 1;
/** What is written is in the log for good, and checks compose the whole graph. */
const WRITE = 20;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_OVERLAP_MS = 90 * DAY_MS;

/** @throws BadInput that names what is wrong. */
const read = <T>(type: z.ZodType<T>, value: unknown): T => {
  const result = type.safeParse(value ?? {});
  if (result.success) return result.data;
  const said = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new BadInput(`It cannot be used: ${said.join('; ')}.`);
};

const words = z.string().trim().min(1).max(500);
const number = z.coerce.number().int().min(1).max(1e9);
const Trusted = z.object({ trust: z.enum(['VERIFIED', 'PROVISIONAL']) });
const isPlainUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
};
const Publication = z.object({
  url: z.string().max(2000).refine(isPlainUrl, 'must be an http address without a password'),
  sdl: z.string().min(1),
  licence: words.nullable().default(null),
  answerKey: z.string().min(1).max(5000).nullable().default(null),
});
const FEED_KINDS = ['statements', 'iati', '360giving'] as const;
const NewFeed = z.object({
  kind: z.enum(FEED_KINDS),
  feed: z
    .string()
    .regex(/^[a-z0-9]{1,20}$/, 'must be one word of small letters and digits')
    .optional(),
  address: z
    .string()
    .max(2000)
    .refine(
      (text) => isPlainUrl(text) && !text.includes('#'),
      'must be an http address without a password',
    ),
  publishers: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^\S+-\S+$/, 'must be an identifier such as XM-DAC-41114'),
    )
    .max(20)
    .default([]),
  everyMs: z
    .number()
    .int()
    .min(15 * MINUTE_MS)
    .max(30 * DAY_MS)
    .default(DAY_MS),
  licence: words.nullable().default(null),
});
const Page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  first: z.coerce.number().int().min(1).max(500).default(100),
});
const Versioned = z.object({ version: number });
const Reasoned = z.object({ reason: words.nullable().default(null) });

const get = (url: string, run: Route['run'], who: Who = 'ANYONE'): Route => ({
  method: 'GET',
  url: `/registry${url}`,
  who,
  points: READ,
  run,
});
const post = (url: string, who: Who, run: Route['run']): Route => ({
  method: 'POST',
  url: `/registry${url}`,
  who,
  points: WRITE,
  run,
});

const publishing = (url: string, who: Who, run: Route['run']): Route => ({
  ...post(url, who, run),
  publishes: true,
});

/** Every address of the registry but that of the gateway's own keys. */
export const ROUTES: readonly Route[] = [
  get('', ({ door }) => door.overview()),
  get('/log', ({ door, query }) => door.log(read(Page, query))),
  get('/texts/:hash', ({ door, params }) => door.text(params.hash ?? '')),
  get('/usage', ({ door }) => door.usage(), 'STEWARD'),
  get('/supergraphs', ({ door }) => door.supergraphs()),
  get('/supergraphs/:number', ({ door, params }) => door.supergraph(read(number, params.number))),
  get('/partners/:name', ({ door, name }) => door.partner(name)),
  get('/partners/:name/log', ({ door, name, query }) =>
    door.log({ ...read(Page, query), partner: name }),
  ),
  get('/partners/:name/versions/:version', ({ door, name, params }) =>
    door.version(name, read(number, params.version)),
  ),
  get('/partners/:name/keys', ({ door, name }) => door.keys(name), 'PARTNER'),

  post('/partners', 'STEWARD', ({ door, actor, body }) =>
    door.addPartner(actor, read(Trusted.extend({ name: z.string().max(100) }), body)),
  ),
  post('/partners/:name/trust', 'STEWARD', ({ door, actor, name, body }) =>
    door.setTrust(actor, name, read(Trusted, body).trust),
  ),
  post('/partners/:name/check', 'PARTNER', ({ door, name, body }) =>
    door.check(name, read(Publication, body)),
  ),
  publishing('/partners/:name/publish', 'PARTNER', ({ door, actor, name, body }) =>
    door.publish(actor, name, read(Publication, body)),
  ),
  publishing('/partners/:name/approve', 'STEWARD', ({ door, actor, name, body }) =>
    door.approve(actor, name, read(Versioned, body).version),
  ),
  post('/partners/:name/refuse', 'STEWARD', ({ door, actor, name, body }) => {
    const { version, reason } = read(Versioned.extend(Reasoned.shape), body);
    return door.refuse(actor, name, version, reason);
  }),
  post('/partners/:name/rollback', 'PARTNER', ({ door, actor, name, body }) =>
    door.rollBack(actor, name, read(Versioned.partial(), body).version ?? null),
  ),
  post('/supergraphs/:number/rollback', 'STEWARD', ({ door, actor, params }) =>
    door.rollBackAll(actor, read(number, params.number)),
  ),
  post('/partners/:name/retire', 'PARTNER', ({ door, actor, name, body }) =>
    door.retire(actor, name, read(Reasoned, body).reason),
  ),
  post('/partners/:name/quarantine', 'STEWARD', ({ door, actor, name, body }) =>
    door.quarantine(actor, name, read(z.object({ reason: words }), body).reason),
  ),
  post('/partners/:name/readmit', 'STEWARD', ({ door, actor, name }) => door.readmit(actor, name)),
  post('/partners/:name/keys', 'PARTNER', ({ door, actor, name, body }) =>
    door.makeKey(actor, name, read(z.object({ label: words }), body).label),
  ),
  post('/partners/:name/keys/:id/rotate', 'PARTNER', ({ door, actor, name, params, body }) => {
    const overlap = z.number().int().min(0).max(MOST_OVERLAP_MS).default(DAY_MS);
    const { overlapMs } = read(z.object({ overlapMs: overlap }), body);
    return door.rotateKey(actor, name, params.id ?? '', overlapMs);
  }),
  post('/partners/:name/keys/:id/revoke', 'PARTNER', ({ door, actor, name, params }) =>
    door.revokeKey(actor, name, params.id ?? ''),
  ),

  get('/partners/:name/feeds', ({ door, name }) => door.feeds(name), 'PARTNER'),
  // Whoever adds a feed says for whom it speaks.
  post('/partners/:name/feeds', 'STEWARD', ({ door, actor, name, body }) => {
    const { feed, ...rest } = read(NewFeed, body);
    return door.addFeed(actor, name, { ...rest, feed: feed ?? rest.kind });
  }),
  post('/partners/:name/feeds/:feed/remove', 'PARTNER', ({ door, actor, name, params, body }) =>
    door.removeFeed(actor, name, params.feed ?? '', read(Reasoned, body).reason),
  ),
  post('/partners/:name/feeds/:feed/fetch', 'PARTNER', ({ door, actor, name, params }) =>
    door.fetchFeed(actor, name, params.feed ?? ''),
  ),
  post('/partners/:name/feeds/:feed/accept', 'STEWARD', ({ door, actor, name, params }) =>
    door.acceptFeed(actor, name, params.feed ?? ''),
  ),
];
