import path from 'node:path';
import type { Graph } from '../../../gateway/graph';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { NOT_ITS_OWN } from '../bounds';
import { decode, type Input, takenAt } from '../inputs';
import { createMentions } from '../mentions';
import {
  addressOf,
  type MoneyOptions,
  type MoneyRows,
  NO_LICENCE,
  writeMoney,
} from '../money-edition';
import { isJson, peek } from '../peek';
import { createProblems } from '../problem';
import type { ImportOutcome } from '../run';
import { attributeOf, childOf, wordsIn } from './element';
import type { Fault } from './fault';
import { createIatiMapper } from './map';
import { faultOfOwner } from './owner';
import { readIati } from './read';
import { readIatiJson } from './read-json';

/**
 * Imports one IATI activity or organisation file, XML or JSON, as an edition of a source: streaming,
 * all or nothing, the same file twice changing nothing.
 * @throws BrokenFile, after which nothing of the file is in the graph.
 */
export const importIati = async (
  graph: Graph,
  input: Input,
  { sourceId, licence = NO_LICENCE, title, fictional = false, bounds, ...options }: MoneyOptions,
): Promise<ImportOutcome> => {
  const retrievedAt = options.retrievedAt ?? (await takenAt(input));
  const problems = createProblems();
  const read = { activities: 0, transactions: 0, organisations: 0, budgets: 0 };
  let recordName: string | null = null;
  let taken = 0;
  /** Whoever reports everything in the file; null: several do. */
  let publisher: { ref: string | null; name: string | null } | null | undefined;
  const mentions = createMentions();
  const fault = ({ element, ...rest }: Fault) =>
    problems.add({ file: input.name, line: element.line, record: recordName, ...rest });
  const mapper = createIatiMapper({ id: sourceId, licence }, { mention: mentions.add, fault });

  const fill = async (rows: MoneyRows) => {
    const { head, text } = await peek(decode(await input.open(), input.name));
    const elements = isJson(head) ? readIatiJson(text, input.name) : readIati(text, input.name);
    for await (const { element } of elements) {
      recordName = wordsIn(
        childOf(element, 'iati-identifier') ?? childOf(element, 'organisation-identifier'),
      );
      const reporter = childOf(element, 'reporting-org');
      const reports = { ref: attributeOf(reporter, 'ref'), name: wordsIn(reporter) };
      const reason = bounds ? faultOfOwner(element, bounds) : null;
      if (reason !== null) {
        fault({ element, status: 'REJECTED', code: NOT_ITS_OWN, reason });
        continue;
      }
      if (publisher === undefined) publisher = reports;
      else if (publisher?.ref !== reports.ref) publisher = null;
      if (element.name === 'iati-organisation') {
        read.organisations += 1;
        const budgets = mapper.organisation(element) ?? [];
        taken += 1;
        read.budgets += budgets.length;
        rows.budgets.push(...budgets);
      } else {
        read.activities += 1;
        read.transactions += element.children.filter(({ name }) => name === 'transaction').length;
        const mapped = mapper.activity(element);
        if (mapped) {
          taken += 1;
          read.budgets += mapped.budgets.length;
          rows.activities.push(mapped.activity);
          rows.flows.push(...mapped.flows);
          rows.budgets.push(...mapped.budgets);
        }
      }
      await rows.flush();
    }
    bounds?.beforeStanding?.(taken);
    return {
      source: {
        id: sourceId,
        title:
          title ??
          `IATI: ${publisher?.name ?? publisher?.ref ?? path.basename(input.name)}, ${path.basename(input.name)}`,
        publisher: publisher?.ref ?? null,
        publisherName: publisher?.name ?? null,
        licence,
        url: addressOf(input),
        fictional,
        visibility: Visibility.PUBLIC,
        retrievedAt,
      },
      bodies: mentions.records(licence),
    };
  };
  const counts = await writeMoney(graph, { sourceId, retrievedAt }, fill, bounds);
  return { read, counts, problems: problems.gathered };
};
