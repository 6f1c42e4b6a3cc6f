import path from 'node:path';
import type { Graph } from '../../../gateway/graph';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { faultOfReport, NOT_ITS_OWN } from '../bounds';
import { type Input, takenAt } from '../inputs';
import { createMentions } from '../mentions';
import {
  addressOf,
  type MoneyOptions,
  type MoneyRows,
  NO_LICENCE,
  writeMoney,
} from '../money-edition';
import { createProblems } from '../problem';
import type { ImportOutcome } from '../run';
import type { GrantSide } from './bodies';
import { createGrantMapper } from './map';
import { readGrants } from './read';
import { objectsOf, textOf } from '../json-values';

/**
 * Imports one 360Giving file, JSON or the flat form as CSV, as an edition of a source: streaming, all
 * or nothing, the same file twice changing nothing. The licence is what the file says at its top,
 * unless the caller knows better.
 * @throws BrokenFile, after which nothing of the file is in the graph.
 */
export const importThreeSixty = async (
  graph: Graph,
  input: Input,
  { sourceId, title, fictional = false, bounds, ...options }: MoneyOptions,
): Promise<ImportOutcome> => {
  const retrievedAt = options.retrievedAt ?? (await takenAt(input));
  const problems = createProblems();
  const read = { grants: 0, flows: 0 };
  const at = { line: 1, record: null as string | null };
  const source = { id: sourceId, licence: options.licence ?? NO_LICENCE };
  const mentions = createMentions();
  const fault = (problem: { status: 'REJECTED' | 'NOTED'; code: string; reason: string }) =>
    problems.add({ file: input.name, ...at, ...problem });
  const map = createGrantMapper(source, { mention: mentions.add, fault });
  /** Whoever funds every grant of the file; null: there are several. */
  let publisher: GrantSide | null | undefined;

  let taken = 0;

  const fill = async (rows: MoneyRows) => {
    for await (const item of readGrants(input)) {
      if (item.kind === 'licence') {
        if (options.licence === undefined && read.grants === 0) source.licence = item.licence;
        continue;
      }
      read.grants += 1;
      at.line = item.line;
      at.record = item.kind === 'grant' ? textOf(item.grant.id) : null;
      if (item.kind === 'not-a-grant') {
        fault({ status: 'REJECTED', code: 'NOT_A_GRANT', reason: 'it is no JSON object.' });
        continue;
      }
      const funders = objectsOf(item.grant.fundingOrganization).map(({ id }) => textOf(id));
      const reason = bounds ? faultOfReport(bounds, funders, at.record) : null;
      if (reason !== null) {
        fault({ status: 'REJECTED', code: NOT_ITS_OWN, reason });
        continue;
      }
      const mapped = map(item.grant);
      if (!mapped) continue;
      taken += 1;
      if (publisher === undefined) publisher = mapped.funder;
      else if (publisher?.key !== mapped.funder.key) publisher = null;
      read.flows += mapped.flows.length;
      rows.activities.push(mapped.activity);
      rows.flows.push(...mapped.flows);
      await rows.flush();
    }
    bounds?.beforeStanding?.(taken);
    const { key = null, bodies = [] } = publisher ?? {};
    const name = bodies[0]?.name ?? null;
    const base = path.basename(input.name);
    return {
      source: {
        id: sourceId,
        title: title ?? `360Giving: ${key !== null && name !== null ? `${name}, ` : ''}${base}`,
        publisher: key,
        publisherName: key === null ? null : name,
        licence: source.licence,
        url: addressOf(input),
        fictional,
        visibility: Visibility.PUBLIC,
        retrievedAt,
      },
      bodies: mentions.records(source.licence),
    };
  };
  const counts = await writeMoney(graph, { sourceId, retrievedAt }, fill, bounds);
  return { read, counts, problems: problems.gathered };
};
