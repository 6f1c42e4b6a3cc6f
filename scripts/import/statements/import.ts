import path from 'node:path';
import type { Graph } from '../../../gateway/graph';
import type { NewOrganisation } from '../../../subgraphs/organisations';
import { publishOnce } from '../../../subgraphs/shared/bodies';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { addCounts } from '../../../subgraphs/shared/records';
import { type Bounds, isOwn, NOT_ITS_OWN, withinBounds } from '../bounds';
import { BrokenFile } from '../broken-file';
import type { Input } from '../inputs';
import { createProblems } from '../problem';
import type { ImportOutcome } from '../run';
import { parseStatementsFolder } from './csv';
import { createStatementMapper, type MappedStatement } from './map';
import { parseStatements } from './parse';
import type { ParsedStatement, SourceRecord, StatementRecord } from './record';

const ROWS_AT_ONCE = 400;

/** What a file or folder of CSV files says, its source first. */
const parse = async (inputs: readonly Input[]): Promise<AsyncGenerator<ParsedStatement>> => {
  const [first] = inputs;
  if (!first) throw new BrokenFile('the folder', 'its files', 'there are none.');
  return path.extname(first.name).toLowerCase() === '.csv'
    ? parseStatementsFolder(inputs)
    : parseStatements(await first.open(), first.name);
};

/** The source of a file, which every import needs before it can begin. */
export const sourceOfStatements = async (inputs: readonly Input[]): Promise<SourceRecord> => {
  for await (const item of await parse(inputs)) {
    if (item.status === 'record' && item.record.kind === 'source') return item.record;
  }
  throw new BrokenFile(inputs[0]?.name ?? 'the folder', 'line 1', 'there is no source.');
};

/** What a file of statements is imported as, if it speaks for a partner alone. */
export interface StatementsOptions {
  bounds: Bounds;
  /** The source that it is, whatever it says itself. */
  sourceId: string;
  /** Who published it, if it names nobody under whose identifier the partner publishes. */
  publisherName: string;
  licence?: string | undefined;
}

/** The source of a partner's file: what it says of itself counts as far as it is the partner's to say. */
const boundSource = (
  { publisher, retrievedAt, ...said }: SourceRecord,
  { bounds, sourceId, publisherName, licence = said.licence }: StatementsOptions,
): SourceRecord => ({
  ...said,
  id: sourceId,
  licence,
  retrievedAt: new Date(retrievedAt) < new Date() ? retrievedAt : new Date().toISOString(),
  ...(publisher !== undefined && isOwn(bounds, publisher) ? { publisher } : { publisherName }),
});

/** A statement without what is not for its partner to say: that somebody checked it. */
const unchecked = ({ verification: _verification, ...said }: StatementRecord): StatementRecord =>
  said as StatementRecord;

/** Why a statement is not for a partner to make: what a body says of itself is its own; null if it is. */
const faultOfStatement = (record: StatementRecord, bounds: Bounds): string | null => {
  const speaks =
    record.kind === 'annual-figures' || (record.kind === 'self-statement' && record.selfMade);
  if (!speaks || isOwn(bounds, record.organisation)) return null;
  const speaker = record.organisation ?? record.organisationName ?? 'somebody';
  return `it has ${speaker} speak, and this feed speaks for ${bounds.publishers.join(' or ') || 'nobody'}.`;
};

/**
 * Imports one statements file, or one folder of CSV files, as an edition of its source into the three
 * subgraphs that it speaks to: all or nothing, the same file twice changing nothing.
 * @param options if it speaks for a partner alone.
 * @throws BrokenFile, after which nothing of the file is in the graph.
 */
export const importStatements = async (
  graph: Graph,
  inputs: readonly Input[],
  options?: StatementsOptions,
): Promise<ImportOutcome> => {
  const said = await sourceOfStatements(inputs);
  const source = options ? boundSource(said, options) : said;
  const bounds = options?.bounds;
  const retrievedAt = new Date(source.retrievedAt).toISOString();
  const edition = { sourceId: source.id, retrievedAt };
  const mapper = createStatementMapper(source);
  const problems = createProblems();
  const read: Record<string, number> = {};
  const seen = new Set<string>();
  const bound = (records: readonly NewOrganisation[]) =>
    bounds ? records.map((record) => withinBounds(bounds, record)) : records;

  const organisations = await graph.organisations.write.openEdition(edition, {
    id: source.id,
    title: source.title,
    publisher: source.publisher ?? null,
    publisherName: source.publisherName,
    licence: source.licence,
    attribution: source.attribution ?? null,
    url: source.url ?? null,
    fictional: source.fictional ?? false,
    visibility: source.visibility ?? Visibility.PUBLIC,
    retrievedAt,
  });
  const networks = await graph.networks.write.openEdition(edition);
  const policy = await graph.policy.write.openEdition(edition);
  try {
    const waiting = new Map<string, MappedStatement[]>();
    const write = async (rows: readonly MappedStatement[]) => {
      const [first] = rows;
      if (!first) return;
      const records = rows.map(({ record }) => record);
      if (first.subgraph === 'networks') await networks.put(first.table, records as never);
      else if (first.subgraph === 'policy') await policy.put(first.table, records as never);
      else if (first.table === 'organisations')
        await organisations.organisations(bound(records as NewOrganisation[]));
      else await organisations[first.table](records as never);
    };
    for await (const item of await parse(inputs)) {
      const { file, line } = item;
      const reject = (code: string, reason: string, record: string | null) =>
        problems.add({ file, line, status: 'REJECTED', code, record, reason });
      if (item.status === 'rejected') {
        reject(item.code, item.reason, null);
        continue;
      }
      const recordId = mapper.idOf(item.record);
      const fault = bounds ? faultOfStatement(item.record, bounds) : null;
      if (fault !== null) {
        reject(NOT_ITS_OWN, fault, recordId);
        continue;
      }
      if (seen.has(recordId)) {
        reject(
          'DUPLICATE_RECORD',
          'an earlier record of this source has the same id, or says exactly the same.',
          recordId,
        );
        continue;
      }
      seen.add(recordId);
      const row = mapper.map(bounds ? unchecked(item.record) : item.record, recordId);
      if (row === null) continue;
      read[item.record.kind] = (read[item.record.kind] ?? 0) + 1;
      const name = `${row.subgraph} ${row.table}`;
      const rows = [...(waiting.get(name) ?? []), row];
      waiting.set(name, rows);
      if (rows.length >= ROWS_AT_ONCE) {
        await write(rows);
        waiting.delete(name);
      }
    }
    for (const rows of waiting.values()) await write(rows);
    await organisations.organisations(bound(mapper.mentions()));
    bounds?.beforeStanding?.(Object.values(read).reduce((sum, count) => sum + count, 0));

    await organisations.finish();
    const counts = await graph.together(async () => {
      const bodyCounts = await organisations.commit();
      const publish = publishOnce(graph.organisations.write.publish);
      const memberCounts = await networks.commit(publish);
      const policyCounts = await policy.commit(publish);
      await graph.follow();
      return addCounts(bodyCounts, memberCounts, policyCounts);
    });
    return { read, counts, problems: problems.gathered };
  } catch (error) {
    await Promise.all([organisations.rollback(), networks.rollback(), policy.rollback()]);
    throw error;
  }
};
