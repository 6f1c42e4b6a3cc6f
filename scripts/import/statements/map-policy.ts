import { normaliseSymbol, type PolicyTable } from '../../../subgraphs/policy';
import type { Value } from '../../../subgraphs/shared/db';
import type { NewRecord } from '../../../subgraphs/shared/records';
import { distinct, flag, words } from './cells';
import type { PolicyRecord, SubmissionRecord } from './record';

/** Where a record of the policy subgraph belongs. */
export interface MappedPolicy {
  subgraph: 'policy';
  table: PolicyTable;
  record: NewRecord;
}

/** What one record is mapped with: its stamp is in `row`, whom it names goes through `body`. */
export interface Mapping {
  row: (values: Record<string, Value>, children?: NewRecord['children']) => NewRecord;
  body: (identifier: string | undefined, name: string | undefined) => string | null;
  bodies: (
    identifiers?: readonly string[],
    names?: readonly string[],
  ) => { position: number; body_key: string }[];
  span: (period: { from?: string; to?: string }) => {
    from_date: string | null;
    to_date: string | null;
  };
}

/** What a submission raises; a theme is raised once, by the strongest that is said of it. */
const stancesOf = ({ supports, opposes, themes }: SubmissionRecord) => {
  const stances = new Map<string, string>();
  const say = (stance: string, codes: readonly string[] = []) => {
    for (const theme of codes) if (!stances.has(theme)) stances.set(theme, stance);
  };
  const both = (supports ?? []).filter((theme) => opposes?.includes(theme));
  say('RAISES', both);
  say('SUPPORTS', supports);
  say('OPPOSES', opposes);
  say('RAISES', themes);
  return [...stances].map(([theme, stance]) => ({ theme, stance }));
};

/** Maps the records of policy to rows. */
export const mapPolicy = (
  record: PolicyRecord,
  { row, body, bodies, span }: Mapping,
): MappedPolicy => {
  const into = (table: PolicyTable, mapped: NewRecord): MappedPolicy => ({
    subgraph: 'policy',
    table,
    record: mapped,
  });
  switch (record.kind) {
    case 'policy-document':
      return into(
        'documents',
        row(
          {
            symbol: normaliseSymbol(record.symbol),
            title: record.title,
            organ: record.organ ?? null,
            adopted_on: record.adoptedOn ?? '',
            meeting: record.meeting ?? null,
            twin: record.twin === undefined ? null : normaliseSymbol(record.twin),
            library_url: record.libraryUrl ?? null,
          },
          {
            document_recalls: distinct(record.recalls?.map(normaliseSymbol)).map((symbol) => ({
              symbol,
            })),
            document_agendas: distinct(record.agenda).map((agenda) => ({ agenda })),
            document_words: words(record.title),
          },
        ),
      );
    case 'policy-process':
      return into(
        'processes',
        row(
          {
            process: record.process,
            title: record.title,
            process_kind: record.processKind ?? 'CONSULTATION',
            country: record.country ?? null,
            generation: record.generation ?? null,
            status: record.status ?? null,
            adopted_on: record.adoptedOn ?? '',
            ...span(record),
          },
          {
            process_agendas: distinct(record.agenda).map((agenda) => ({ agenda })),
            process_implements: distinct(record.implements?.map(normaliseSymbol)).map((symbol) => ({
              symbol,
            })),
            process_words: words(record.title),
            process_towards: distinct(record.towards).map((process) => ({ process })),
            process_leaders: bodies(record.ledBy, record.ledByNames),
          },
        ),
      );
    case 'participation':
      return into(
        'participations',
        row({
          process: record.process,
          organisation_key: body(record.organisation, record.organisationName),
          role: record.role ?? 'CONSULTED',
          capacity: record.capacity ?? null,
          for_network_key: body(record.forNetwork, record.forNetworkName),
          stage: record.stage ?? null,
          from_date: record.from ?? '',
          to_date: record.to ?? null,
          named_in_own_right: flag(record.namedInOwnRight),
        }),
      );
    case 'agreement':
      return into(
        'agreements',
        row({
          authority_key: body(record.authority, record.authorityName),
          organisation_key: body(record.organisation, record.organisationName),
          title: record.title,
          agreement_kind: record.agreementKind ?? 'OTHER',
          ...span(record),
        }),
      );
    case 'submission':
      return into(
        'submissions',
        row(
          {
            process: record.process,
            organisation_key: body(record.organisation, record.organisationName),
            for_network_key: body(record.forNetwork, record.forNetworkName),
            title: record.title,
            submission_kind: record.submissionKind ?? 'STATEMENT',
            from_date: record.from ?? '',
          },
          {
            submission_themes: stancesOf(record),
            submission_citations: bodies(record.cites, record.citesNames),
          },
        ),
      );
    case 'commitment':
      return into(
        'commitments',
        row({
          commitment: record.commitment,
          symbol: normaliseSymbol(record.symbol),
          title: record.title,
          paragraph: record.paragraph ?? null,
        }),
      );
    case 'implementation':
      return into(
        'implementations',
        row({
          commitment: record.commitment,
          title: record.title,
          organisation_key: body(record.organisation, record.organisationName),
          process: record.process ?? null,
          activity: record.activity ?? null,
          implementation_status: record.implementationStatus ?? null,
          ...span(record),
        }),
      );
  }
};
