import type { FeedState } from '../../gateway/registry/feed';
import type { FeedMemory } from '../../gateway/registry/feeds.store';
import { formatReport } from '../commands/print';
import type { RunReport } from '../import/run';

/** A feed as the registry shows it. */
export type FeedView = FeedState &
  Omit<FeedMemory, 'report'> & { source: string; report: RunReport | null };

const countsOf = (records: Readonly<Record<string, number>>): string =>
  Object.entries(records)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ') || 'no records';

const lookOf = ({ result, failure, lookedAt, records }: FeedView): string =>
  result === null
    ? '  not looked at yet\n'
    : `  ${result} at ${lookedAt ?? ''}: ${records} records in the graph\n${failure === null ? '' : `  ${failure}\n`}`;

const formatFeed = (view: FeedView): string => {
  const { feed, kind, address, publishers, status, receipt, report, source } = view;
  const head = `${feed} (${kind}): ${address}\n`;
  if (receipt)
    return `${head}  erased at ${receipt.at}: ${countsOf(receipt.records)}; SHA-256 ${receipt.hash}\n`;
  if (status === 'REMOVED') return `${head}  removed; its records are being erased\n`;
  return [
    head,
    `  source ${source}, for ${publishers.join(', ') || 'nobody else'}\n`,
    lookOf(view),
    report ? `  The last import:\n${formatReport(report)}` : '',
  ].join('');
};

/** The feeds of a partner, for people. */
export const formatFeeds = (feeds: readonly FeedView[]): string =>
  feeds.map(formatFeed).join('') || 'There are no feeds.\n';
