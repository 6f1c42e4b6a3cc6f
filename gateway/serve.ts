import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { SigningKey } from '../subgraphs/shared/http/keys';
import type { Subgraph } from '../subgraphs/shared/subgraph';
import type { Keys } from './access/keys';
import type { Config } from './config';
import { createPartnerParts, openContainedSources, readOwn, readOwners } from './partner-parts';
import { type OpenSources, openPartnership } from './partnership';
import { createServer, type Server } from './server';
import { apiSdlOf, composeSupergraph } from './supergraph/compose';
import { keepLastGood, readLastGood } from './supergraph/last-good';

/** A supergraph, and what clients see of it. */
interface Composed {
  supergraphSdl: string;
  apiSdl: string;
}

type Candidate = () => Promise<Composed>;

/** Does what can be done with the first supergraph with which it can. */
const withFirst = async <T>(
  candidates: readonly Candidate[],
  use: (composed: Composed) => Promise<T>,
  log: Logger,
): Promise<T> => {
  const [first, ...others] = candidates;
  if (!first) throw new Error('No supergraph can be served.');
  try {
    return await use(await first());
  } catch (error) {
    if (others.length === 0) throw error;
    log.error({ err: error }, 'a supergraph cannot be served; the next best is tried');
    return withFirst(others, use, log);
  }
};

const readComposed = (supergraphSdl: string | null): Composed => {
  if (supergraphSdl === null) throw new Error('There is none.');
  return { supergraphSdl, apiSdl: apiSdlOf(supergraphSdl) };
};

/** What can be served without partners: as it is written, else as it served last, else as it composes. */
const candidatesOf = (
  { dataDir }: Config,
  file: string,
  subgraphs: readonly Subgraph[],
): Candidate[] => [
  async () => readComposed(await readFile(file, 'utf8')),
  async () => readComposed(await readLastGood(dataDir)),
  async () => composeSupergraph(subgraphs),
];

type Parts = Omit<Parameters<typeof createServer>[0], 'supergraphSdl' | 'apiSdl' | 'config'> & {
  config: Config;
  keys: Keys;
};

/**
 * Serves what is in force, and without partners where that cannot be.
 * @param file the composed supergraph of our own subgraphs.
 * @param key with which partners are asked.
 * @param openSources makes the sources of partners; default: contained ones.
 */
export const serve = async (
  parts: Parts,
  file: string,
  key: SigningKey,
  openSources?: OpenSources,
): Promise<Server> => {
  const { config, keys, log } = parts;
  const candidates = candidatesOf(config, file, parts.subgraphs);
  const base = await withFirst(candidates, async (composed) => composed, log);
  const own = readOwn();
  const asking = { config, key, log };
  const partnership = await openPartnership(
    {
      ...createPartnerParts({ ...asking, own }),
      ...{ place: config.place, keys, own, base, signingKey: key, log },
    },
    openSources ?? openContainedSources(asking),
  );
  const { sources, registry, plugin } = partnership;
  const partners = { ...sources, ownerOf: readOwners() };
  const all = { ...parts, partners, registry, plugins: [plugin] };
  try {
    const server = await withFirst(
      [partnership.first, async () => base, ...candidates],
      (composed) => createServer({ ...all, ...composed }),
      log,
    );
    await keepLastGood(config.dataDir, base.supergraphSdl);
    partnership.follow((sdl, apiSdl) => server.update(sdl, apiSdl));
    return {
      ...server,
      close: async () => {
        await partnership.stop();
        await server.close();
        await partnership.close();
      },
    };
  } catch (error) {
    await partnership.close();
    throw error;
  }
};
