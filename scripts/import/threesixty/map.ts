import {
  flexibilityOfGrant,
  type GrantCodeList,
  PartyBasis,
  purposeOfGrant,
  withConvening,
  regrantTypeOf,
} from '../../../subgraphs/funding';
import type { Value } from '../../../subgraphs/shared/db';
import { normaliseIdentifier, wordsOf } from '../../../subgraphs/shared/ids';
import { type NewRecord, recordKey } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { equalShares } from '../equal-shares';
import type { Json, JsonObject } from '../json';
import type { Mention } from '../mentions';
import { createBodiesReader, type GrantSide } from './bodies';
import { createMoneyMapper, type GrantFault } from './map-money';
import { amountOf, dayOf, momentOf, objectsOf, textOf, textsOf, yesOf } from '../json-values';

/** ISO 4217's code for no currency: such an amount can be added to nothing. */
const NO_CURRENCY = 'XXX';

interface Listener {
  mention: (mention: Mention) => void;
  fault: (fault: GrantFault) => void;
}

/** A grant as rows of the funding tables. */
export interface MappedGrant {
  activity: NewRecord;
  flows: NewRecord[];
  funder: GrantSide;
}

const codesOf = (value: Json | undefined, list: GrantCodeList): Record<string, Value>[] =>
  objectsOf(value).map((entry) => ({
    list,
    vocabulary: textOf(entry.vocabulary),
    code: textOf(entry.code),
    title: textOf(entry.title),
    url: textOf(entry.url),
  }));

const wordsOfCodes = (value: Json | undefined): string[] =>
  objectsOf(value).flatMap(({ title, code }) => [...textsOf(title), ...textsOf(code)]);

const SHORTEST_NAME = 3;

/** A text without the names of persons in it. */
const nameless = (text: string | null, persons: readonly string[]): string | null =>
  persons
    .filter(({ length }) => length >= SHORTEST_NAME)
    .map((person) => person.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .map((plain) => new RegExp(`(?<!\\p{L})${plain}(?!\\p{L})`, 'giu'))
    .reduce((words, name) => words?.replace(name, 'an individual') ?? null, text);

const datesOf = (grant: JsonObject) => {
  const [planned] = objectsOf(grant.plannedDates);
  const [actual] = objectsOf(grant.actualDates);
  const plannedStart = dayOf(planned?.startDate);
  const plannedEnd = dayOf(planned?.endDate);
  const actualStart = dayOf(actual?.startDate);
  const actualEnd = dayOf(actual?.endDate);
  return {
    start_date: actualStart ?? plannedStart ?? '',
    end_date: actualEnd ?? plannedEnd,
    planned_start: plannedStart,
    planned_end: plannedEnd,
    actual_start: actualStart,
    actual_end: actualEnd,
    duration_months: amountOf(planned?.duration)?.amount ?? null,
  };
};

/**
 * Maps grants of 360Giving to rows of this graph: each is an activity, and its money is flows. Of a
 * person who received a grant nothing is read but the name, so that it can be taken out of the texts.
 */
export const createGrantMapper = (
  source: { id: string; licence: string },
  { mention, fault }: Listener,
) => {
  const bodies = createBodiesReader(source.id, mention);
  const mapMoney = createMoneyMapper(bodies, fault);
  const seen = new Set<string>();

  /** Null, after a fault, for a grant that cannot be taken. */
  return (grant: JsonObject): MappedGrant | null => {
    const note = (code: string, reason: string) => fault({ status: 'NOTED', code, reason });
    const reject = (code: string, reason: string) => {
      fault({ status: 'REJECTED', code, reason });
      return null;
    };
    const identifier = textOf(grant.id);
    const key = normaliseIdentifier(identifier ?? '');
    if (identifier === null || key === '')
      return reject('GRANT_WITHOUT_IDENTIFIER', 'it has no `id`, or an empty one.');
    if (seen.has(key))
      return reject('DUPLICATE_GRANT', 'an earlier grant of the file has the same `id`.');

    const funder = bodies.funders(grant);
    const publisher = funder.key ?? source.id;
    const recipient = bodies.recipients(grant, publisher);
    const currency = textOf(grant.currency)?.toUpperCase() ?? NO_CURRENCY;
    const regrantCode = textOf(grant.regrantType);
    const regrantType = regrantTypeOf(regrantCode);
    const terms = {
      regrantType,
      fundingTypes: wordsOfCodes(grant.fundingType),
      classifications: wordsOfCodes(grant.classifications),
    };
    const purpose = withConvening(purposeOfGrant(terms), [textOf(grant.title)]);
    const flexibility = flexibilityOfGrant(terms);
    const countries = objectsOf(grant.beneficiaryLocation)
      .map(({ countryCode }) => textOf(countryCode)?.toUpperCase() ?? '')
      .filter((code) => /^[A-Z]{2}$/.test(code));
    const stamp = {
      visibility: Visibility.PUBLIC,
      licence: source.licence,
      url: textOf(grant.url),
    };
    const flows = mapMoney(grant, {
      recordId: key,
      currency,
      funder,
      recipient,
      publisher,
      stamp,
      shares: equalShares(countries, true),
      columns: {
        activity_record: recordKey('activities', source.id, key),
        activity_key: key,
        reporter_key: funder.key,
        provider_activity_key: null,
        receiver_activity_key: null,
        aid_types: '[]',
        purpose: purpose.kind,
        purpose_basis: purpose.basis,
        flexibility: flexibility.kind,
        flexibility_basis: flexibility.basis,
        regrant_type: regrantType,
        superseded_from: 4,
      },
    });
    if (!flows) return null;
    seen.add(key);

    if (regrantCode !== null && regrantType === null)
      note('REGRANT_TYPE_UNKNOWN', `its regrantType is ${regrantCode}, which the codelist lacks.`);
    if (currency === NO_CURRENCY)
      note('GRANT_WITHOUT_CURRENCY', 'it names no currency, so it is in no sum.');
    if (funder.basis === PartyBasis.UNKNOWN) note('GRANT_WITHOUT_FUNDER', 'it names no funder.');
    if (recipient.basis === PartyBasis.UNKNOWN)
      note('GRANT_WITHOUT_RECIPIENT', 'it names neither an organisation nor an individual.');
    for (const [side, name] of [
      [funder, 'funders'],
      [recipient, 'recipients'],
    ] as const) {
      if (side.basis === PartyBasis.SEVERAL)
        note(
          `GRANT_OF_SEVERAL_${name.toUpperCase()}`,
          `it names ${side.bodies.length} ${name} and not whose part is how much, so its money is of none of them alone.`,
        );
    }

    const persons = objectsOf(grant.recipientIndividual).flatMap(({ name }) => textsOf(name));
    const title = nameless(textOf(grant.title), persons);
    const recipientRole = purpose.kind === 'REGRANT' ? 'EXTENDING' : 'IMPLEMENTING';
    const parties = [
      ...funder.bodies.map((body) => ({ role: 'FUNDING', body })),
      ...recipient.bodies.map((body) => ({ role: recipientRole, body })),
    ];
    const codes = [
      ...codesOf(grant.fundingType, 'FUNDING_TYPE'),
      ...codesOf(grant.classifications, 'CLASSIFICATION'),
      ...codesOf(grant.grantProgramme, 'PROGRAMME'),
    ];
    return {
      funder,
      flows,
      activity: {
        ...stamp,
        recordId: key,
        values: {
          key,
          identifier,
          title,
          description: nameless(textOf(grant.description), persons),
          reporter_key: funder.key,
          status: 'UNKNOWN',
          ...datesOf(grant),
          last_reported: momentOf(grant.dateModified),
          superseded_from: 4,
        },
        children: {
          activity_parties: parties.map(({ role, body }, position) => ({
            position,
            role,
            body_key: body.key,
            name: body.name,
          })),
          activity_shares: equalShares(countries),
          activity_relations: textsOf(grant.relatedActivity).map((other, position) => ({
            position,
            relation: 'UNSPECIFIED',
            activity_key: normaliseIdentifier(other),
          })),
          activity_words: wordsOf(title, identifier).map((word) => ({ word })),
          grants: [
            {
              regrant_type: regrantType,
              applied_for: amountOf(grant.amountAppliedFor)?.amount ?? null,
              currency,
              to_individual: recipient.basis === PartyBasis.INDIVIDUAL ? 1 : 0,
              open_call: yesOf(grant.fromOpenCall),
              location_scope: textOf(grant.locationScope),
              data_source: textOf(grant.dataSource),
            },
          ],
          grant_codes: codes.map((code, position) => ({ position, ...code })),
        },
      },
    };
  };
};
