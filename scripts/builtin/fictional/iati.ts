import { OrganisationKind } from '../../../subgraphs/shared/vocabulary';
import type { Body, Cast } from './cast';
import type { FictionalActivity, Payment } from './money';

/** The code that ISO 4217 keeps for tests: made-up money is in no sum of real money. */
export const CURRENCY = 'XTS';

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0) ?? 0};`);
const narrative = (text: string) => `<narrative>${escape(text)}</narrative>`;

/** The OrganisationType of IATI's codelist for a kind. */
const TYPES: Partial<Record<Body['kind'], string>> = {
  [OrganisationKind.GOVERNMENT]: '10',
  [OrganisationKind.INTERNATIONAL_NGO]: '21',
  [OrganisationKind.NATIONAL_NGO]: '22',
  [OrganisationKind.REGIONAL_NGO]: '23',
  [OrganisationKind.MULTILATERAL]: '40',
  [OrganisationKind.FOUNDATION]: '60',
  [OrganisationKind.PRIVATE_SECTOR]: '70',
  [OrganisationKind.ACADEMIC]: '80',
};
const bodyElement = (tag: string, body: Body, attributes = '') =>
  `<${tag} ref="${body.id}" type="${TYPES[body.kind] ?? '90'}"${attributes}>${narrative(body.name)}</${tag}>`;
const optional = (name: string, value: string | undefined) => (value ? ` ${name}="${value}"` : '');

const WORDS: Record<Payment['type'], string> = {
  1: 'Received for imagined work',
  2: 'Promised for imagined work',
  3: 'Paid for imagined work',
  4: 'Spent on imagined work',
  12: 'Pledged for imagined work',
};

const transaction = (payment: Payment): string =>
  [
    '<transaction>',
    `<transaction-type code="${payment.type}"/>`,
    `<transaction-date iso-date="${payment.date}"/>`,
    `<value value-date="${payment.date}">${payment.value}</value>`,
    `<description>${narrative(WORDS[payment.type])}</description>`,
    payment.provider
      ? bodyElement(
          'provider-org',
          payment.provider,
          optional('provider-activity-id', payment.providerActivity),
        )
      : '',
    payment.receiver
      ? bodyElement(
          'receiver-org',
          payment.receiver,
          optional('receiver-activity-id', payment.receiverActivity),
        )
      : '',
    payment.type === 3 ? '<disbursement-channel code="2"/>' : '',
    '</transaction>',
  ].join('');

const budget = (tag: string, from: string, to: string, value: number, whom = ''): string =>
  `<${tag}>${whom}<period-start iso-date="${from}"/><period-end iso-date="${to}"/><value currency="${CURRENCY}" value-date="${from}">${value}</value></${tag}>`;

const activityElement = (activity: FictionalActivity): string => {
  const { id, reporter, title, start, end, payments } = activity;
  return [
    `<iati-activity default-currency="${CURRENCY}" last-updated-datetime="2026-06-30T00:00:00Z" humanitarian="0" hierarchy="${activity.parent ? 2 : 1}">`,
    `<iati-identifier>${id}</iati-identifier>`,
    bodyElement('reporting-org', reporter),
    `<title>${narrative(title)}</title>`,
    `<description>${narrative('Nothing of this ever happened.')}</description>`,
    ...activity.parties.map((party) =>
      bodyElement(
        'participating-org',
        party.body,
        ` role="${party.role}"${optional('activity-id', party.activity)}${optional('crs-channel-code', party.channel)}`,
      ),
    ),
    `<activity-status code="2"/>`,
    `<activity-date type="1" iso-date="${start}"/><activity-date type="3" iso-date="${end}"/>`,
    ...activity.countries.map(
      ([code, percentage]) => `<recipient-country code="${code}" percentage="${percentage}"/>`,
    ),
    ...activity.sectors.map(
      ([code, percentage]) => `<sector vocabulary="1" code="${code}" percentage="${percentage}"/>`,
    ),
    `<collaboration-type code="${activity.aidType === 'B01' ? 3 : 1}"/>`,
    '<default-flow-type code="30"/><default-finance-type code="110"/>',
    `<default-aid-type code="${activity.aidType}"/><default-aid-type vocabulary="2" code="${activity.earmarking}"/>`,
    '<default-tied-status code="5"/>',
    budget('budget', start, end, activity.budget),
    budget('planned-disbursement', start, end, activity.budget),
    ...payments.map(transaction),
    activity.parent ? `<related-activity ref="${activity.parent}" type="1"/>` : '',
    ...activity.children.map((child) => `<related-activity ref="${child}" type="2"/>`),
    '</iati-activity>\n',
  ].join('');
};

/** The money of the made-up world as an IATI 2.03 activity file, in parts. */
export function* fictionalActivityFile(activities: readonly FictionalActivity[]) {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n';
  for (const activity of activities) yield activityElement(activity);
  yield '</iati-activities>\n';
}

/** The budgets of the made-up ministries, and of some networks, as an IATI 2.03 organisation file, in parts. */
export function* fictionalOrganisationFile({ donors, neighbourhoods }: Cast) {
  const year = ['2026-01-01', '2026-12-31'] as const;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<iati-organisations version="2.03">\n';
  for (const body of donors.ministries) {
    yield [
      `<iati-organisation default-currency="${CURRENCY}">`,
      `<organisation-identifier>${body.id}</organisation-identifier>`,
      `<name>${narrative(body.name)}</name>`,
      bodyElement('reporting-org', body),
      budget('total-budget', ...year, 4_000_000),
      ...neighbourhoods.map(({ weave }) =>
        budget('recipient-org-budget', ...year, 180_000, bodyElement('recipient-org', weave)),
      ),
      budget('recipient-country-budget', ...year, 500_000, '<recipient-country code="QM"/>'),
      budget('recipient-region-budget', ...year, 800_000, '<recipient-region code="298"/>'),
      '</iati-organisation>\n',
    ].join('');
  }
  // Old enough that commitments follow it.
  for (const { weave } of neighbourhoods)
    yield [
      `<iati-organisation default-currency="${CURRENCY}">`,
      `<organisation-identifier>${weave.id}</organisation-identifier>`,
      `<name>${narrative(weave.name)}</name>`,
      bodyElement('reporting-org', weave),
      budget('total-budget', '2020-01-01', '2020-12-31', 120_000),
      '</iati-organisation>\n',
    ].join('');
  yield '</iati-organisations>\n';
}
