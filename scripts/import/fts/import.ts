import path from 'node:path';
import type { Graph } from '../../../gateway/graph';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { BrokenFile } from '../broken-file';
import { type Input, takenAt } from '../inputs';
import { textOf } from '../json-values';
import { createMentions } from '../mentions';
import { addressOf, type MoneyOptions, NO_LICENCE, writeMoney } from '../money-edition';
import { ownText } from '../own-text';
import { createProblems } from '../problem';
import type { ImportOutcome } from '../run';
import { describeOrganisation } from './codes';
import { createFtsMapper, type FlowFault } from './map';
import { createPlaces } from './places';
import { readFlows } from './read';

const PUBLISHER = 'OCHA Financial Tracking Service';

const isTable = ({ name }: Input): boolean => path.extname(name).toLowerCase() === '.csv';

/**
 * Imports the pages of one FTS search, JSON or HDX's tables of it, as one edition of a source:
 * streaming, all or nothing, the same pages twice changing nothing. FTS grows while it is paged, so
 * that a flow may be on two pages: the first counts. JSON says more than a table and is read first.
 * @throws BrokenFile, after which nothing of any page is in the graph.
 */
export const importFts = async (
  graph: Graph,
  inputs: readonly Input[],
  { sourceId, title, licence = NO_LICENCE, fictional = false, ...options }: MoneyOptions,
): Promise<ImportOutcome> => {
  const pages = [...inputs.filter((input) => !isTable(input)), ...inputs.filter(isTable)];
  const [first] = pages;
  if (!first) throw new BrokenFile('the search', 'its pages', 'there are none.');
  const retrievedAt =
    options.retrievedAt ?? (await Promise.all(pages.map(takenAt))).sort().at(-1) ?? '';
  const problems = createProblems();
  const read = { pages: 0, flows: 0, repeated: 0 };
  const at = { file: first.name, line: 1, record: null as string | null };
  const fault = (problem: FlowFault) => problems.add({ ...at, ...problem });
  const mentions = createMentions(describeOrganisation);
  const places = createPlaces(await graph.organisations.write.countries());
  const map = createFtsMapper({ licence }, places, { mention: mentions.add, fault });
  const amounts = new Map<string, string>();
  let searched = 0;

  const counts = await writeMoney(graph, { sourceId, retrievedAt }, async (rows) => {
    for (const page of pages) {
      read.pages += 1;
      for await (const item of readFlows(page)) {
        if (item.kind === 'search') {
          searched = Math.max(searched, item.flows);
          continue;
        }
        Object.assign(at, { file: page.name, line: item.line, record: null });
        if (item.kind === 'not-a-flow') {
          fault({ status: 'REJECTED', code: 'NOT_A_FLOW', reason: 'it is no JSON object.' });
          continue;
        }
        at.record = textOf(item.flow.id);
        const id = at.record ?? '';
        const amount = `${textOf(item.flow.status)} ${textOf(item.flow.amountUSD)}`;
        const before = amounts.get(id);
        if (before !== undefined) {
          read.repeated += 1;
          if (before !== amount)
            fault({
              status: 'NOTED',
              code: 'FLOW_GIVEN_TWICE',
              reason: `it was ${before} dollars on an earlier page, and is ${amount} here; the first is taken.`,
            });
          continue;
        }
        read.flows += 1;
        const flow = map(item.flow);
        if (!flow) continue;
        amounts.set(ownText(id), ownText(amount));
        rows.flows.push(flow);
        await rows.flush();
      }
    }
    // Were a search without an answer taken for an edition, it would withdraw all of the last one.
    if (read.flows === 0) throw new BrokenFile(first.name, 'its pages', 'there are no flows.');
    if (read.flows < searched)
      problems.add({
        file: first.name,
        line: 1,
        status: 'NOTED',
        code: 'PAGES_MISSING',
        record: null,
        reason: `the search found ${searched} flows, and these pages have ${read.flows} of them.`,
      });
    return {
      source: {
        id: sourceId,
        title: title ?? `FTS: ${path.basename(first.name)}`,
        // What is made up nobody has published.
        publisherName: fictional ? null : PUBLISHER,
        licence,
        url: addressOf(first),
        fictional,
        visibility: Visibility.PUBLIC,
        retrievedAt,
      },
      bodies: mentions.records(licence),
    };
  });
  return { read, counts, problems: problems.gathered };
};
