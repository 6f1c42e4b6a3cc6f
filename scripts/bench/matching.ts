import { openGraph } from '../../gateway/graph';
import { FlowKind, PartyBasis } from '../../subgraphs/funding';
import { Authority } from '../../subgraphs/organisations';
import { chunksOf } from '../../subgraphs/shared/db';
import type { NewRecord } from '../../subgraphs/shared/records';
import { Visibility } from '../../subgraphs/shared/viewer';
import { LegalForm, OrganisationKind } from '../../subgraphs/shared/vocabulary';
import { line, peakMemory, timed, withFolder } from './measure';

const MOST_TIMES = 1.5;
const ROWS_AT_ONCE = 5000;
/** Transfers between one donor and one receiver. */
const TRANSFERS_OF_A_PAIR = 50;
const DONORS = 20;
const SINCE = Date.UTC(2010, 0, 1);
const DAY_MS = 86_400_000;

const publicly = { visibility: Visibility.PUBLIC, licence: 'CC0' };

/** One report of a transfer, as an importer gives it. */
const aReport = (transfer: number, side: 'provider' | 'receiver'): NewRecord => {
  const pair = Math.floor(transfer / TRANSFERS_OF_A_PAIR);
  const [provider, receiver] = [`XX-DONOR-${pair % DONORS}`, `XX-RECEIVER-${pair}`];
  const own = side === 'provider' ? `${provider}-A` : `${receiver}-B`;
  const late = side === 'provider' ? 0 : 9;
  const day = SINCE + ((transfer % TRANSFERS_OF_A_PAIR) * 30 + late) * DAY_MS;
  const units = 1000 + ((transfer * 37) % 5000);
  return {
    ...publicly,
    recordId: `${side} ${transfer}`,
    values: {
      kind: side === 'provider' ? FlowKind.DISBURSEMENT : FlowKind.INCOMING_FUNDS,
      date: new Date(day).toISOString().slice(0, 10),
      value_date: null,
      units,
      nanos: 0,
      amount: String(units),
      currency: 'USD',
      activity_record: own,
      activity_key: own,
      reporter_key: side === 'provider' ? provider : receiver,
      provider_key: provider,
      provider_basis: PartyBasis.IDENTIFIER,
      provider_named_key: provider,
      provider_activity_key: null,
      receiver_key: receiver,
      receiver_basis: PartyBasis.IDENTIFIER,
      receiver_named_key: receiver,
      receiver_activity_key: null,
      description: null,
      aid_types: '[]',
      purpose: 'UNKNOWN',
      purpose_basis: 'UNKNOWN',
      flexibility: 'UNKNOWN',
      flexibility_basis: 'UNKNOWN',
      superseded_from: 4,
    },
  };
};

/** What matching a number of reports took. */
export interface MatchingFigures {
  reports: number;
  matched: number;
  /** Milliseconds for matching all of them anew. */
  ms: number;
  /** Megabytes at the most, of the whole process. */
  memory: number;
}

/** Matches so many reports, of both sides of half as many transfers, from nothing. */
export const measureMatching = (reports: number): Promise<MatchingFigures> =>
  withFolder(async (folder) => {
    const graph = await openGraph(folder);
    const transfers = Array.from({ length: reports / 2 }, (_, index) => index);
    const pairs = Math.ceil(transfers.length / TRANSFERS_OF_A_PAIR);
    const keys = [
      ...Array.from({ length: DONORS }, (_, index) => `XX-DONOR-${index}`),
      ...Array.from({ length: pairs }, (_, index) => `XX-RECEIVER-${index}`),
    ];
    const edition = { sourceId: 'bench', retrievedAt: new Date(SINCE).toISOString() };
    const bodies = await graph.organisations.write.openEdition(edition, {
      id: 'bench',
      title: 'Bench',
      licence: 'CC0',
      visibility: Visibility.PUBLIC,
      retrievedAt: edition.retrievedAt,
    });
    for (const some of chunksOf(keys, ROWS_AT_ONCE))
      await bodies.organisations(
        some.map((key) => ({
          ...publicly,
          recordId: key,
          key,
          name: key,
          kind: OrganisationKind.OTHER,
          legalForm: LegalForm.UNKNOWN,
          authority: Authority.MENTION,
        })),
      );
    await bodies.commit();
    const { write, db } = graph.funding;
    const { publish } = graph.organisations.write;
    const money = await write.openEdition(edition);
    for (const some of chunksOf(transfers, ROWS_AT_ONCE))
      await money.flows(
        some.flatMap((transfer) => [aReport(transfer, 'provider'), aReport(transfer, 'receiver')]),
      );
    await money.commit(publish);

    // As after a change of the rule: everything is matched anew, from nothing.
    await db('flow_members').delete();
    await db('flows').update({ absorbed: 0 });
    await db('matching_state').update({ rule_version: 0 });
    const { ms } = await timed(() => write.follow(publish));
    const [row] = (await db('flow_members').count({ n: '*' })) as { n: number }[];
    await graph.close();
    return { reports, matched: Number(row?.n ?? 0), ms, memory: peakMemory() };
  });

/** The report over two sizes, the second ten times the first. */
export const reportMatching = (few: MatchingFigures, many: MatchingFigures): string => {
  const each = ({ reports, ms }: MatchingFigures) => ms / reports;
  return [
    'matching: both sides of transfers, all matched from nothing\n',
    ...[few, many].map(({ reports, matched, ms, memory }) =>
      line(
        `${reports.toLocaleString('en')} reports, ${matched.toLocaleString('en')} flows matched`,
        `${Math.round((matched / ms) * 1000).toLocaleString('en')} flows/s, ${memory.toFixed(0)} MB`,
      ),
    ),
    line('times the time a report, at ten times the reports', (each(many) / each(few)).toFixed(2), {
      holds: each(many) / each(few) <= MOST_TIMES,
      words: `${MOST_TIMES} times`,
    }),
  ].join('');
};
