import { Authority, type NewOrganisation } from '../../../subgraphs/organisations';
import type { Value } from '../../../subgraphs/shared/db';
import { hashOf } from '../../../subgraphs/shared/ids';
import { parseAmount } from '../../../subgraphs/shared/money';
import { type NewRecord, recordKey } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { LegalForm, OrganisationKind } from '../../../subgraphs/shared/vocabulary';
import { distinct, flag, words } from './cells';
import { type MappedPolicy, mapPolicy } from './map-policy';
import { createNaming } from './naming';
import type { SourceRecord, StatementRecord } from './record';

/** Where the row of a record belongs. */
export type MappedStatement =
  | { subgraph: 'organisations'; table: 'organisations'; record: NewOrganisation }
  | {
      subgraph: 'organisations';
      table: 'statements' | 'hosts' | 'figures' | 'accesses';
      record: NewRecord;
    }
  | {
      subgraph: 'networks';
      table: 'memberships' | 'memberCounts' | 'governingBodies' | 'seats' | 'convenings';
      record: NewRecord;
    }
  | MappedPolicy;

/** An amount of JSON as the API gives amounts. */
const amount = (value: number | undefined): string | null =>
  value === undefined ? null : (parseAmount(String(value))?.amount ?? null);

/** Maps the records of one statements file to rows, and remembers every body that they name. */
export const createStatementMapper = (source: SourceRecord) => {
  const { nameBody, describe, mentions } = createNaming(source);
  const stampOf = (record: StatementRecord) => ({
    visibility: record.visibility ?? Visibility.PUBLIC,
    licence: record.licence ?? source.licence,
    url: record.url ?? null,
    citation: record.citation ?? null,
    note: record.note ?? null,
    verification: record.verification ?? null,
    assertedOn: record.assertedOn ?? null,
  });

  return {
    /** The record's id in its source: its own, else one that follows from its content. */
    idOf: (record: StatementRecord): string => `${record.kind} ${record.id ?? hashOf(record)}`,

    /** The row of a record; null for the source, which is no row of a table. */
    map: (record: StatementRecord, recordId: string): MappedStatement | null => {
      const stamp = stampOf(record);
      const body = (identifier: string | undefined, name: string | undefined) =>
        nameBody(identifier, name, stamp.visibility);
      /** The keys of several bodies, each once and in order. */
      const bodies = (identifiers: readonly string[] = [], names: readonly string[] = []) =>
        distinct([
          ...identifiers.map((identifier) => body(identifier, undefined)),
          ...names.map((name) => body(undefined, name)),
        ]).flatMap((key, position) => (key === null ? [] : [{ position, body_key: key }]));
      const row = (values: Record<string, Value>, children?: NewRecord['children']): NewRecord => ({
        ...stamp,
        recordId,
        values,
        ...(children && { children }),
      });
      const span = ({ from, to }: { from?: string; to?: string }) => ({
        from_date: from ?? null,
        to_date: to ?? null,
      });

      switch (record.kind) {
        case 'source':
          return null;
        case 'organisation': {
          const key = body(record.organisation, record.organisationName) ?? '';
          describe(key, stamp.visibility);
          return {
            subgraph: 'organisations',
            table: 'organisations',
            record: {
              ...stamp,
              recordId,
              key,
              name: record.organisationName ?? null,
              aliases: distinct(record.aliases),
              identifiers: distinct([
                ...(record.organisation === undefined ? [] : [record.organisation]),
                ...(record.identifiers ?? []),
              ]),
              kind: record.organisationKind ?? OrganisationKind.UNKNOWN,
              legalForm: record.legalForm ?? LegalForm.UNKNOWN,
              country: record.country ?? null,
              city: record.city ?? null,
              founded: record.founded ?? null,
              dissolved: record.dissolved ?? null,
              themes: distinct(record.themes),
              constituencies: distinct(record.constituencies),
              languages: distinct(record.languages),
              // A body that publishes the file speaks of itself.
              authority:
                record.organisation !== undefined && record.organisation === source.publisher
                  ? Authority.OWN_WORDS
                  : Authority.ABOUT_IT,
            },
          };
        }
        case 'annual-figures':
          return {
            subgraph: 'organisations',
            table: 'figures',
            record: row({
              key: body(record.organisation, record.organisationName),
              year: record.year,
              currency: record.currency ?? null,
              income: amount(record.income),
              secretariat_budget: amount(record.secretariatBudget),
              requests: record.requests ?? null,
              requests_met: record.requestsMet ?? null,
            }),
          };
        case 'un-access':
          return {
            subgraph: 'organisations',
            table: 'accesses',
            record: row({
              key: body(record.organisation, record.organisationName),
              place: record.place,
              form: record.form ?? 'OTHER',
              ...span(record),
            }),
          };
        case 'self-statement':
          return {
            subgraph: 'organisations',
            table: 'statements',
            record: row({
              key: body(record.organisation, record.organisationName),
              topic: record.topic,
              declared_modality: record.declaredModality ?? null,
              text: record.text,
              lang: record.lang ?? null,
              stated_on: record.statedOn ?? null,
              self_made: record.selfMade ? 1 : 0,
            }),
          };
        case 'host-arrangement':
          return {
            subgraph: 'organisations',
            table: 'hosts',
            record: row({
              host_key: body(record.host, record.hostName),
              hosted_key: body(record.hosted, record.hostedName),
              form: record.form ?? 'FISCAL_HOST',
              fee_percent: record.feePercent === undefined ? null : String(record.feePercent),
              ...span(record),
            }),
          };
        case 'membership':
          return {
            subgraph: 'networks',
            table: 'memberships',
            record: row({
              member_key: body(record.member, record.memberName),
              network_key: body(record.network, record.networkName),
              role: record.role ?? 'MEMBER',
              ...span(record),
            }),
          };
        case 'member-count':
          return {
            subgraph: 'networks',
            table: 'memberCounts',
            record: row({
              network_key: body(record.network, record.networkName),
              organisations: record.organisations ?? null,
              individuals: record.individuals ?? null,
              counted_on: record.countedOn ?? null,
            }),
          };
        case 'governing-body':
          return {
            subgraph: 'networks',
            table: 'governingBodies',
            record: row({
              network_key: body(record.network, record.networkName),
              title: record.title,
              body_kind: record.bodyKind ?? null,
              seat_count: record.seatCount ?? null,
              rule: record.rule ?? null,
              composed_by_members: flag(record.composedByMembers),
              ...span(record),
            }),
          };
        case 'seat':
          return {
            subgraph: 'networks',
            table: 'seats',
            record: row({
              governing_body: recordKey(
                'governing_bodies',
                source.id,
                `governing-body ${record.governingBody}`,
              ),
              title: record.title ?? null,
              holder_key: body(record.holder, record.holderName),
              nominated_by_key: body(record.nominatedBy, record.nominatedByName),
              held_for: record.heldFor ?? null,
              ...span(record),
            }),
          };
        case 'convening': {
          const parties = (
            role: string,
            identifiers?: readonly string[],
            names?: readonly string[],
          ) => bodies(identifiers, names).map((party) => ({ role, ...party }));
          return {
            subgraph: 'networks',
            table: 'convenings',
            record: row(
              {
                title: record.title,
                convening_kind: record.conveningKind ?? 'MEETING',
                country: record.country ?? null,
                city: record.city ?? null,
                from_date: record.from ?? '',
                to_date: record.to ?? null,
                themes: JSON.stringify(distinct(record.themes)),
              },
              {
                convening_parties: [
                  ...parties('ORGANISER', record.organisers, record.organiserNames),
                  ...parties('PARTICIPANT', record.participants, record.participantNames),
                  ...parties('SPEAKER', record.speakers, record.speakerNames),
                ],
                convening_processes: distinct(record.processes).map((process) => ({ process })),
                convening_activities: distinct(record.fundedBy).map((identifier, position) => ({
                  position,
                  identifier,
                })),
                convening_words: words(record.title),
              },
            ),
          };
        }
        case 'policy-document':
        case 'policy-process':
        case 'participation':
        case 'agreement':
        case 'submission':
        case 'commitment':
        case 'implementation':
          return mapPolicy(record, { row, body, bodies, span });
      }
    },

    mentions,
  };
};
