import path from 'node:path';
import type { Graph } from '../../../gateway/graph';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { decode, type Input, takenAt } from '../inputs';
import { createMentions } from '../mentions';
import { addressOf, type MoneyOptions, NO_LICENCE, writeMoney } from '../money-edition';
import { isJson, peek } from '../peek';
import { createProblems } from '../problem';
import type { ImportOutcome } from '../run';
import { attributeOf, childOf, wordsIn } from './element';
import { createIatiMapper } from './map';
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
  { sourceId, licence = NO_LICENCE, title, fictional = false, ...options }: MoneyOptions,
): Promise<ImportOutcome> => {
  const retrievedAt = options.retrievedAt ?? (await takenAt(input));
  const problems = createProblems();
  const read = { activities: 0, transactions: 0, organisations: 0, budgets: 0 };
  let recordName: string | null = null;
  /** Whoever reports everything in the file; null: several do. */
  let publisher: { ref: string | null; name: string | null } | null | undefined;
  const mentions = createMentions();
  const mapper = createIatiMapper(
    { id: sourceId, licence },
    {
      mention: mentions.add,
      fault: ({ element, ...fault }) =>
        problems.add({ file: input.name, line: element.line, record: recordName, ...fault }),
    },
  );

  const counts = await writeMoney(graph, { sourceId, retrievedAt }, async (rows) => {
    const { head, text } = await peek(decode(await input.open(), input.name));
    const elements = isJson(head) ? readIatiJson(text, input.name) : readIati(text, input.name);
    for await (const { element } of elements) {
      recordName = wordsIn(
        childOf(element, 'iati-identifier') ?? childOf(element, 'organisation-identifier'),
      );
      const reporter = childOf(element, 'reporting-org');
      const reports = { ref: attributeOf(reporter, 'ref'), name: wordsIn(reporter) };
      if (publisher === undefined) publisher = reports;
      else if (publisher?.ref !== reports.ref) publisher = null;
      if (element.name === 'iati-organisation') {
        read.organisations += 1;
        const budgets = mapper.organisation(element) ?? [];
        read.budgets += budgets.length;
        rows.budgets.push(...budgets);
      } else {
        read.activities += 1;
        read.transactions += element.children.filter(({ name }) => name === 'transaction').length;
        const mapped = mapper.activity(element);
        if (mapped) {
          read.budgets += mapped.budgets.length;
          rows.activities.push(mapped.activity);
          rows.flows.push(...mapped.flows);
          rows.budgets.push(...mapped.budgets);
        }
      }
      await rows.flush();
    }
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
  });
  return { read, counts, problems: problems.gathered };
};
