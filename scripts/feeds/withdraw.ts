import { createHash } from 'node:crypto';
import type { Graph } from '../../gateway/graph';
import { type FeedPayloads, sourceOfFeed } from '../../gateway/registry/feed';
import type { FeedDesk, PartnerFeed } from '../../gateway/registry/feeds';
import { publishOnce } from '../../subgraphs/shared/bodies';
import { now } from '../../subgraphs/shared/dates';
import { Visibility } from '../../subgraphs/shared/viewer';

type Receipt = FeedPayloads['FEED_WITHDRAWN'];

/** Organisations last: as long as they have the source, not all of it is erased. */
const writesOf = ({ organisations, networks, funding, policy }: Graph) =>
  [networks, funding, policy, organisations].map(({ write }) => write);

/** What the graph holds of a feed, as its receipt will say. */
const receiptOf = async (graph: Graph, feed: string, source: string): Promise<Receipt> => {
  const holdings = (
    await Promise.all(writesOf(graph).map(({ holdings }) => holdings(source)))
  ).flat();
  const sum = createHash('sha256');
  for (const { table, records, hash } of holdings) sum.update(`${table} ${records} ${hash}\n`);
  return {
    feed,
    source,
    records: Object.fromEntries(holdings.map(({ table, records }) => [table, records])),
    hash: sum.digest('hex'),
  };
};

/** An edition without records: all that stood of the source is withdrawn, for those too who follow. */
const withdraw = async (graph: Graph, sourceId: string): Promise<void> => {
  const edition = { sourceId, retrievedAt: now() };
  const title = 'A feed that is being erased';
  const source = { id: sourceId, title, licence: '', visibility: Visibility.PUBLIC };
  const editions: { rollback(): Promise<void> }[] = [];
  const open = async <T extends { rollback(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const opened = await opening;
    editions.push(opened);
    return opened;
  };
  const { retrievedAt } = edition;
  try {
    const { write } = graph.organisations;
    const organisations = await open(write.openEdition(edition, { ...source, retrievedAt }));
    const networks = await open(graph.networks.write.openEdition(edition));
    const funding = await open(graph.funding.write.openEdition(edition));
    const policy = await open(graph.policy.write.openEdition(edition));
    await organisations.finish();
    await funding.finish();
    await graph.together(async () => {
      await organisations.commit();
      const publish = publishOnce(write.publish);
      await networks.commit(publish);
      await funding.commit(publish);
      await policy.commit(publish);
    });
    await graph.follow();
  } catch (error) {
    await Promise.all(editions.map((opened) => opened.rollback()));
    throw error;
  }
};

const erase = async (graph: Graph, source: string): Promise<void> => {
  await withdraw(graph, source);
  for (const write of writesOf(graph)) await write.erase(source);
  await graph.follow();
};

/** Erases the records of a feed again that were erased before, where an older backup has brought them back. */
export const withdrawAgain = (graph: Graph, desk: FeedDesk, feed: PartnerFeed): Promise<void> =>
  graph.exclusively(async () => {
    const source = sourceOfFeed(feed.partner, feed.feed);
    if ((await desk.stands(feed)) && (await graph.organisations.write.hasSource(source)))
      await erase(graph, source);
  });

/**
 * Erases the records of a feed that was removed, from every answer and from the databases, and leaves the
 * receipt. Where it was interrupted it goes on, and the receipt says the same.
 * @returns the receipt; null if another process was faster.
 */
export const withdrawFeed = (
  graph: Graph,
  desk: FeedDesk,
  feed: PartnerFeed,
): Promise<Receipt | null> =>
  graph.exclusively(async () => {
    if (!(await desk.stands(feed))) return null;
    const source = sourceOfFeed(feed.partner, feed.feed);
    const receipt = (await desk.read(feed)).receipt ?? (await receiptOf(graph, feed.feed, source));
    await desk.keepReceipt(feed, receipt);
    if (Object.keys(receipt.records).length > 0) await erase(graph, source);
    await desk.withdrawn(feed, receipt);
    return receipt;
  });
