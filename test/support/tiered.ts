import { createRandom } from '../../scripts/builtin/fictional/random';
import { type Graph, openGraph } from '../../gateway/graph';
import { loadFictionalWorld } from '../../scripts/builtin/load';
import type { NetworkTable } from '../../subgraphs/networks';
import type { NewOrganisation, NewSource } from '../../subgraphs/organisations';
import { hashOf } from '../../subgraphs/shared/ids';
import type { NewRecord } from '../../subgraphs/shared/records';
import { tierOf, Visibility } from '../../subgraphs/shared/viewer';

const TABLES = {
  organisations: {
    organisation_records: [],
    self_statements: [],
    host_arrangements: [],
    annual_figures: [],
    un_accesses: [],
  },
  networks: {
    memberships: [],
    member_counts: [],
    governing_bodies: [],
    seats: [],
    convenings: ['convening_parties', 'convening_processes', 'convening_words'],
  },
  policy: {
    documents: ['document_recalls', 'document_agendas', 'document_words'],
    processes: ['process_agendas', 'process_implements', 'process_words'],
    participations: [],
  },
  funding: {
    activities: ['activity_parties', 'activity_shares', 'activity_relations', 'activity_words'],
    flows: ['flow_shares'],
    budgets: [],
  },
} as const;
type Subject = keyof typeof TABLES;

const STAMP = [
  'id source_id record_id tier licence url citation note verification asserted_on',
  'retrieved_at updated_at withdrawn_at hash',
]
  .join(' ')
  .split(' ');

type Row = Record<string, string | number | null> & {
  id: string;
  source_id: string;
  record_id: string;
};

/** A record of the made-up world, of whatever subject. */
interface Piece {
  subject: Subject;
  table: string;
  sourceId: string;
  record: NewRecord;
  /** Two numbers that follow from the record: by which editions and visibility are dealt out. */
  lot: number;
  other: number;
}

const lotOf = (text: string) => createRandom(parseInt(hashOf(text).slice(0, 6), 36)).between(0, 99);

/** Every record of the made-up world, with a visibility of its own, half of them for all. */
const readPieces = async (): Promise<Piece[]> => {
  const graph = await openGraph(null);
  await loadFictionalWorld(graph);
  const pieces: Piece[] = [];
  for (const [subject, tables] of Object.entries(TABLES)) {
    const { db } = graph[subject as Subject];
    for (const [table, children] of Object.entries(tables)) {
      const childRows = new Map<string, Record<string, Row[]>>();
      for (const child of children as readonly string[]) {
        for (const { parent_id, ...row } of (await db(child)) as (Row & { parent_id: string })[]) {
          const all = childRows.get(parent_id) ?? {};
          childRows.set(parent_id, { ...all, [child]: [...(all[child] ?? []), row as Row] });
        }
      }
      for (const row of (await db(table)) as Row[]) {
        const lot = lotOf(`${row.id} lot`);
        pieces.push({
          subject: subject as Subject,
          table,
          sourceId: row.source_id,
          lot,
          other: lotOf(`${row.id} other`),
          record: {
            recordId: row.record_id,
            visibility:
              lot < 50
                ? Visibility.PUBLIC
                : lot < 68
                  ? Visibility.PARTNER
                  : lot < 85
                    ? Visibility.DONOR
                    : Visibility.STEWARD,
            licence: 'CC0',
            note: `A note on ${row.record_id}.`,
            values: Object.fromEntries(
              Object.entries(row).filter(([column]) => !STAMP.includes(column)),
            ),
            children: childRows.get(row.id) ?? {},
          },
        });
      }
    }
  }
  await graph.close();
  return pieces;
};

const toOrganisation = ({ values, children: _children, ...stamp }: NewRecord): NewOrganisation => {
  const texts = (column: string) => JSON.parse(String(values[column])) as string[];
  const text = (column: string) => values[column] as string | null;
  return {
    ...stamp,
    key: String(values.key),
    name: text('name'),
    aliases: texts('aliases'),
    identifiers: (JSON.parse(String(values.identifiers)) as { raw: string }[]).map(
      ({ raw }) => raw,
    ),
    kind: String(values.kind),
    legalForm: String(values.legal_form),
    country: text('country'),
    city: text('city'),
    founded: text('founded'),
    dissolved: text('dissolved'),
    themes: texts('themes'),
    constituencies: texts('constituencies'),
    authority: Number(values.authority),
  };
};

const NETWORK_TABLES: Record<string, NetworkTable> = {
  memberships: 'memberships',
  member_counts: 'memberCounts',
  governing_bodies: 'governingBodies',
  seats: 'seats',
  convenings: 'convenings',
};

/** Writes some pieces as an edition of each of their sources. */
const writeEdition = async (
  graph: Graph,
  source: NewSource,
  pieces: readonly Piece[],
): Promise<void> => {
  const edition = { sourceId: source.id, retrievedAt: source.retrievedAt };
  const of = (subject: Subject, table: string) =>
    pieces
      .filter((piece) => piece.subject === subject && piece.table === table)
      .map(({ record }) => record);
  const organisations = await graph.organisations.write.openEdition(edition, source);
  await organisations.organisations(
    of('organisations', 'organisation_records').map(toOrganisation),
  );
  await organisations.statements(of('organisations', 'self_statements'));
  await organisations.hosts(of('organisations', 'host_arrangements'));
  await organisations.figures(of('organisations', 'annual_figures'));
  await organisations.accesses(of('organisations', 'un_accesses'));
  await organisations.commit();
  const networks = await graph.networks.write.openEdition(edition);
  for (const [table, name] of Object.entries(NETWORK_TABLES))
    await networks.put(name, of('networks', table));
  await networks.commit(graph.organisations.write.publish);
  const policy = await graph.policy.write.openEdition(edition);
  for (const table of ['documents', 'processes', 'participations'] as const)
    await policy.put(table, of('policy', table));
  await policy.commit(graph.organisations.write.publish);
  const funding = await graph.funding.write.openEdition(edition);
  await funding.activities(of('funding', 'activities'));
  await funding.flows(of('funding', 'flows'));
  await funding.budgets(of('funding', 'budgets'));
  await funding.commit(graph.organisations.write.publish);
  await graph.follow();
};

/** A record as a later edition of its source has it: some of its words are others. */
const revised = (piece: Piece): Piece => ({
  ...piece,
  record: { ...piece.record, note: `Another note on ${piece.record.recordId}.` },
});

/** Another source's record of the same, as it would outrank the first, were it seen. */
const rival = (piece: Piece): Piece => {
  const { values } = piece.record;
  return {
    ...piece,
    sourceId: 'rival',
    record: {
      ...piece.record,
      recordId: `${piece.sourceId} ${piece.record.recordId}`,
      visibility:
        [Visibility.PARTNER, Visibility.DONOR, Visibility.STEWARD][piece.other % 3] ??
        Visibility.STEWARD,
      verification: 'VERIFIED',
      values: {
        ...values,
        ...('name' in values && { name: `Rival ${values.name ?? ''}`, authority: 1 }),
        ...('title' in values && { title: `Rival ${values.title ?? ''}` }),
        ...('last_reported' in values && { last_reported: '2030-01-01' }),
      },
    },
  };
};

/** A step of a history: when, and which source says what. */
interface Step {
  at: string;
  sourceId: string;
  pieces: Piece[];
}

const history = (pieces: readonly Piece[]): Step[] => {
  const sources = [...new Set(pieces.map(({ sourceId }) => sourceId))].sort();
  const steps: Step[] = [];
  const add = (day: number, sourceId: string, of: Piece[]) =>
    steps.push({ at: `2025-0${day}-01T00:00:00.000Z`, sourceId, pieces: of });
  const rivals = pieces.filter(({ other }) => other < 30).map(rival);
  add(
    1,
    'rival',
    rivals.filter(({ lot }) => lot % 2 === 0),
  );
  for (const source of sources) {
    const own = pieces.filter(({ sourceId }) => sourceId === source);
    add(
      2,
      source,
      own.filter(({ other }) => other % 5 !== 0),
    );
    // Only hidden records change: nobody else may notice.
    add(
      3,
      source,
      own
        .filter(({ other }) => other % 5 !== 0)
        .map((piece) => (piece.lot >= 50 && piece.lot % 2 === 0 ? revised(piece) : piece)),
    );
    add(
      4,
      source,
      own.map((piece) => (piece.other % 7 === 0 ? revised(piece) : piece)),
    );
    add(
      6,
      source,
      own.filter(({ other }) => other % 11 !== 0),
    );
  }
  add(5, 'rival', rivals);
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

/**
 * A graph with a history of several sources and editions, but of its records only those that a tier
 * sees. Its clock is the history's, so that graphs of different tiers tell the same times.
 * @param setClock sets the time that writes bear.
 */
export const createTieredWorld = async (setClock: (time: string) => void) => {
  const steps = history(await readPieces());
  return async (upTo: number): Promise<Graph> => {
    const graph = await openGraph(null);
    for (const { at, sourceId, pieces } of steps) {
      setClock(at);
      const source: NewSource = {
        id: sourceId,
        title: `The source ${sourceId}`,
        licence: 'CC0',
        publisher: 'PG-FICTIONAL-0010',
        publisherName: 'A publisher',
        visibility: sourceId === 'rival' ? Visibility.PARTNER : Visibility.PUBLIC,
        retrievedAt: at,
      };
      // A source that a tier may not see is a row of its own.
      if (tierOf(source.visibility) > upTo) continue;
      await writeEdition(
        graph,
        source,
        pieces.filter(({ record }) => tierOf(record.visibility) <= upTo),
      );
    }
    return graph;
  };
};
