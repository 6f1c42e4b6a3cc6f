import { createReadStream } from 'node:fs';
import type { Graph } from '../../gateway/graph';
import { sourceOfFeed } from '../../gateway/registry/feed';
import type { FeedDesk, PartnerFeed } from '../../gateway/registry/feeds';
import type { FeedMemory } from '../../gateway/registry/feeds.store';
import type { Bounds } from '../import/bounds';
import { BrokenFile } from '../import/broken-file';
import type { Input } from '../import/inputs';
import { type ImportOutcome, runImport, type RunReport } from '../import/run';

/** Of the records that a feed had, at least so many of a hundred must be there again. */
const LEAST_KEPT = 50;
const PROBLEMS_KEPT = 100;

/** The feed is gone: nothing of it may come into the graph any more. */
class FeedGone extends BrokenFile {}

/** A feed lost so much that it may be by mistake. */
class FeedHeld extends BrokenFile {}

/** What came of importing the contents of a feed. */
export type ImportedFeed =
  | { status: 'imported'; report: RunReport; records: number }
  | { status: 'failed' | 'held' | 'gone'; reason: string };

const importAs = async (
  graph: Graph,
  input: Input,
  { partner, feed, kind, licence }: PartnerFeed,
  bounds: Bounds,
): Promise<ImportOutcome> => {
  const sourceId = sourceOfFeed(partner, feed);
  const options = { sourceId, bounds, ...(licence !== null && { licence }) };
  switch (kind) {
    case 'iati':
      return (await import('../import/iati/import')).importIati(graph, input, options);
    case '360giving':
      return (await import('../import/threesixty/import')).importThreeSixty(graph, input, options);
    case 'statements': {
      const { importStatements } = await import('../import/statements/import');
      return importStatements(graph, [input], { ...options, publisherName: partner });
    }
  }
};

/**
 * Imports what was fetched of a feed as an edition of its source: all or nothing, only the partner's own
 * records, and none if the feed was removed meanwhile or has lost more than half of what it had.
 * @param file where the contents are.
 */
export const importFeed = async (
  graph: Graph,
  desk: Pick<FeedDesk, 'stands'>,
  feed: PartnerFeed,
  file: string,
  before: Pick<FeedMemory, 'records' | 'accepted'>,
): Promise<ImportedFeed> => {
  const { address, kind, publishers } = feed;
  let records = 0;
  let refused: FeedGone | FeedHeld | undefined;
  const refuse = (fault: FeedGone | FeedHeld): never => {
    refused = fault;
    throw fault;
  };
  const beforeStanding = (taken: number) => {
    records = taken;
    if (before.accepted || taken * 100 >= before.records * LEAST_KEPT) return;
    const lost = `of ${before.records} records it had there are ${taken}; a steward has to accept that.`;
    refuse(new FeedHeld(address, 'its records', lost));
  };
  const input: Input = { name: address, size: null, open: async () => createReadStream(file) };
  const report = await runImport(graph, {
    kind,
    file: address,
    sourceId: sourceOfFeed(feed.partner, feed.feed),
    work: async () => {
      // Whoever erases it waits for its turn, as this did.
      if (!(await desk.stands(feed)))
        refuse(new FeedGone(address, 'the feed', 'it was removed meanwhile.'));
      return importAs(graph, input, feed, { publishers, beforeStanding });
    },
  });
  if (report.status === 'imported')
    return {
      status: 'imported',
      records,
      report: { ...report, problems: report.problems.slice(0, PROBLEMS_KEPT) },
    };
  const reason = report.failure ?? 'it could not be imported.';
  if (refused instanceof FeedGone) return { status: 'gone', reason };
  return { status: refused instanceof FeedHeld ? 'held' : 'failed', reason };
};
