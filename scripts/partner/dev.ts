import { pino } from 'pino';
import { type Config, PARTNER_LIMITS } from '../../gateway/config';
import { openGraph } from '../../gateway/graph';
import type { Partner, PublishedSubgraph } from '../../gateway/partners';
import { createPublicationChecks } from '../../gateway/registry/check/publication';
import { readPolicy } from '../../gateway/registry/ownership/policy';
import { createServer } from '../../gateway/server';
import { CompositionFailed } from '../../gateway/supergraph/compose';
import { createComposer } from '../../gateway/supergraph/compose-apart';
import { createPartnerSources } from '../../gateway/supergraph/partner-sources';
import { loadBuiltins } from '../builtin/load';
import { formatFindings } from '../registry/print';
import { followSchema } from './follow';
import type { Target } from './target';

/** A graph on this machine with a partner's subgraph in it. */
export interface DevGraph {
  readonly address: string;
  close(): Promise<void>;
}

const portOf = ({ protocol, port }: URL) => port || (protocol === 'https:' ? '443' : '80');

/** Asks the partner's subgraph as the gateway will: contained, wherever it is. */
const openSources = ({ name, url, key }: Target, { logLevel }: Config, say: Say) =>
  createPartnerSources({
    key,
    limits: PARTNER_LIMITS,
    addresses: { allowed: [`${new URL(url).hostname}:${portOf(new URL(url))}`] },
    onQuarantine: (_, reason) =>
      say(`The gateway asks ${name} no more until its schema changes: ${reason}`),
    log: pino({ level: logLevel, base: undefined }),
  });

type Say = (words: string) => void;

/**
 * Serves a graph of this machine, in memory, with our own subgraphs and a partner's. It has the partner's
 * schema as soon as that can be had, and again whenever it changes; one that does not fit is told, and
 * what served before goes on.
 * @param supergraphSdl of our own subgraphs, which serves until then.
 * @param others what other partners have published: the schema has to fit them too, and has their fields. They
 *   answer their own gateway and not this one, so those are empty here.
 */
export const startDev = async (
  config: Config,
  target: Target,
  {
    say,
    supergraphSdl,
    others = [],
  }: { say: Say; supergraphSdl: string; others?: readonly PublishedSubgraph[] },
): Promise<DevGraph> => {
  const { name, url } = target;
  const partner: Partner = { name, trust: 'PROVISIONAL' };
  const graph = await openGraph(null);
  if (config.builtinData) await loadBuiltins(graph, say);
  const partners = openSources(target, config, say);
  const checks = createPublicationChecks(readPolicy(), graph.subgraphs, createComposer());
  let version = 0;
  const server = await createServer({
    config,
    subgraphs: graph.subgraphs,
    // Everything in it is public, so there is nothing to keep from the partner.
    partners: { ...partners, ownerOf: () => undefined },
    viewerFor: (tier) => graph.viewerOf(tier),
    log: pino({ level: config.logLevel, base: undefined }),
    supergraphSdl,
  });
  const opened = [server, partners, graph];
  const close = async () => {
    for (const one of opened) await one.close();
  };
  const address = await server.listen().catch(async (error: unknown) => {
    // What is open would keep a process that has nothing left to do.
    await close();
    throw error;
  });
  const serve = async (sdl: string) => {
    const publication = { partner, sdl, current: null, others, usage: [] };
    const checked = await checks.checkPublication(publication);
    const wrong = checked.findings.filter(({ severity }) => severity === 'ERROR');
    if (checked.supergraphSdl === null || wrong.length > 0)
      throw new CompositionFailed([formatFindings(wrong).trim()]);
    const doubtful = checked.findings.filter(({ severity }) => severity === 'WARNING');
    if (doubtful.length > 0) say(formatFindings(doubtful).trimEnd());
    version += 1;
    const own = { ...partner, url, sdl, version, licence: null, answerKey: null };
    partners.set([...others, own]);
    partners.readmit(name);
    await server.update(checked.supergraphSdl);
  };
  const follower = followSchema(target, serve, say);
  return {
    address,
    close: async () => {
      await follower.stop();
      await close();
    },
  };
};
