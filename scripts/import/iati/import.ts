import path from 'node:path';
import type { Graph } from '../../../gateway/graph';
import {
  Authority,
  type NewOrganisation,
  type NewSource,
  type OrganisationsEdition,
} from '../../../subgraphs/organisations';
import { publishOnce } from '../../../subgraphs/shared/bodies';
import { chunksOf } from '../../../subgraphs/shared/db';
import { addCounts, type NewRecord } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { kindOfCode, LegalForm } from '../../../subgraphs/shared/vocabulary';
import { decode, type Input, takenAt } from '../inputs';
import { createProblems } from '../problem';
import type { ImportOutcome } from '../run';
import { attributeOf, childOf, ownText, wordsIn } from './element';
import { createIatiMapper } from './map';
import type { Mention } from './map-parts';
import { readIati } from './read';

/** What a person may say about a file beside its path. */
export interface IatiOptions {
  sourceId: string;
  licence?: string | undefined;
  title?: string | undefined;
  /** When the file was taken, ISO 8601. Default: the file's own time; now, for an address. */
  retrievedAt?: string;
  /** Everything in it is made up, and is marked so. */
  fictional?: boolean;
}

const ROWS_AT_ONCE = 500;
const TABLES = ['activities', 'flows', 'budgets'] as const;
const NAMES_KEPT = 20;
const NO_LICENCE = 'not stated';

/** The source that a file is an edition of, where nobody says: its name without folder and ending. */
export const sourceIdOf = (name: string): string =>
  `iati-${path
    .basename(name)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')}`;

interface Named {
  raws: Set<string>;
  names: Set<string>;
  type: string | null;
  reports: boolean;
}

/** All that a file says of the bodies it names: one record per body. */
const createMentions = () => {
  const bodies = new Map<string, Named>();
  return {
    add: ({ key, raw, name, type, reports }: Mention) => {
      const body = bodies.get(key) ?? {
        raws: new Set(),
        names: new Set(),
        type: null,
        reports: false,
      };
      if (raw !== null && !body.raws.has(raw)) body.raws.add(ownText(raw));
      if (name !== null && body.names.size < NAMES_KEPT && !body.names.has(name))
        body.names.add(ownText(name));
      body.type ??= type === null ? null : ownText(type);
      body.reports ||= reports;
      bodies.set(key, body);
    },
    records: (licence: string): NewOrganisation[] =>
      [...bodies].map(([key, { raws, names, type, reports }]) => {
        const [name = null, ...aliases] = names;
        return {
          recordId: `organisation ${key}`,
          visibility: Visibility.PUBLIC,
          licence,
          key,
          name,
          aliases,
          identifiers: [...raws],
          kind: kindOfCode(type),
          legalForm: LegalForm.UNKNOWN,
          authority: reports ? Authority.REPORTER : Authority.MENTION,
        };
      }),
  };
};

/**
 * Imports one IATI activity or organisation file as an edition of a source: streaming, all or
 * nothing, the same file twice changing nothing. Bodies are committed before the money that names
 * them, so that no reader ever meets a flow of a body that is not there.
 * @throws BrokenFile, after which nothing of the file is in the graph.
 */
export const importIati = async (
  graph: Graph,
  input: Input,
  { sourceId, licence = NO_LICENCE, title, fictional = false, ...options }: IatiOptions,
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

  const funding = await graph.funding.write.openEdition({ sourceId, retrievedAt });
  let bodies: OrganisationsEdition | undefined;
  try {
    const waiting: Record<(typeof TABLES)[number], NewRecord[]> = {
      activities: [],
      flows: [],
      budgets: [],
    };
    // One write is under way while the next records are read.
    let writing: Promise<void> = Promise.resolve();
    const write = (name: keyof typeof waiting) => {
      const rows = waiting[name];
      waiting[name] = [];
      writing = writing.then(() => funding[name](rows));
      // Whoever awaits it next hears of a failure; it must not count as unheard until then.
      writing.catch(() => undefined);
    };
    const flush = async () => {
      for (const name of TABLES) {
        if (waiting[name].length < ROWS_AT_ONCE) continue;
        await writing;
        write(name);
      }
    };
    const text = decode(await input.open(), input.name);
    for await (const { element } of readIati(text, input.name)) {
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
        waiting.budgets.push(...budgets);
      } else {
        read.activities += 1;
        read.transactions += element.children.filter(({ name }) => name === 'transaction').length;
        const mapped = mapper.activity(element);
        if (mapped) {
          read.budgets += mapped.budgets.length;
          waiting.activities.push(mapped.activity);
          waiting.flows.push(...mapped.flows);
          waiting.budgets.push(...mapped.budgets);
        }
      }
      await flush();
    }
    for (const name of TABLES) if (waiting[name].length > 0) write(name);

    const source: NewSource = {
      id: sourceId,
      title:
        title ??
        `IATI: ${publisher?.name ?? publisher?.ref ?? path.basename(input.name)}, ${path.basename(input.name)}`,
      publisher: publisher?.ref ?? null,
      publisherName: publisher?.name ?? null,
      licence,
      url: /^https?:/.test(input.name) ? input.name : null,
      fictional,
      visibility: Visibility.PUBLIC,
      retrievedAt,
    };
    const edition = await graph.organisations.write.openEdition({ sourceId, retrievedAt }, source);
    bodies = edition;
    for (const some of chunksOf(mentions.records(licence), ROWS_AT_ONCE))
      await edition.organisations(some);
    const finished = writing.then(() => funding.finish());
    finished.catch(() => undefined);
    await edition.finish();
    await finished;
    const publish = publishOnce(graph.organisations.write.publish);
    const counts = await graph.together(async () => {
      const bodyCounts = await edition.commit();
      const [moneyCounts] = await Promise.all([
        funding.commit(publish),
        graph.networks.write.follow(publish),
        graph.policy.write.follow(publish),
      ]);
      return addCounts(bodyCounts, moneyCounts);
    });
    return { read, counts, problems: problems.gathered };
  } catch (error) {
    await Promise.all([funding.rollback(), bodies?.rollback()]);
    throw error;
  }
};
