import { registerEnumType } from 'type-graphql';

/** By what sums can be told apart. */
export enum FlowDimension {
  YEAR = 'YEAR',
  QUARTER = 'QUARTER',
  PROVIDER = 'PROVIDER',
  RECEIVER = 'RECEIVER',
  LEGAL_RECEIVER = 'LEGAL_RECEIVER',
  FIRST_RECIPIENT = 'FIRST_RECIPIENT',
  FINAL_RECIPIENT = 'FINAL_RECIPIENT',
  PROVIDER_OUTCOME = 'PROVIDER_OUTCOME',
  RECEIVER_OUTCOME = 'RECEIVER_OUTCOME',
  RECEIVER_STANDING = 'RECEIVER_STANDING',
  LOCALITY = 'LOCALITY',
  LOCALITY_BY_TYPE = 'LOCALITY_BY_TYPE',
  ROUTE = 'ROUTE',
  HOPS = 'HOPS',
  PURPOSE = 'PURPOSE',
  PURPOSE_BASIS = 'PURPOSE_BASIS',
  FLEXIBILITY = 'FLEXIBILITY',
  AID_TYPE = 'AID_TYPE',
  SECTOR = 'SECTOR',
  COUNTRY = 'COUNTRY',
  REGION = 'REGION',
  CONSTITUENCY = 'CONSTITUENCY',
  SOURCE = 'SOURCE',
}
/** What each dimension tells apart, in words. */
export const DIMENSIONS: Record<FlowDimension, string> = {
  YEAR: 'The calendar year of the flow’s date.',
  QUARTER: 'The quarter of the flow’s date, `2020-Q3`.',
  PROVIDER: 'The body that gave; where money is followed along its ways: its source.',
  RECEIVER: 'The body that got it; where money is followed: the body with which it stayed.',
  LEGAL_RECEIVER:
    'The body that got it in law: the receiver, or the host that got it in the receiver’s name, as a record says.',
  FIRST_RECIPIENT:
    'The body that got the money first from its source, followed along the flows; attributed in proportion where money mixes.',
  FINAL_RECIPIENT:
    'The body with which the money stayed, followed along the flows; attributed in proportion where money mixes.',
  PROVIDER_OUTCOME:
    'What the provider is by the default rule on the as-of date: network, intermediary and so on.',
  RECEIVER_OUTCOME: 'What the receiver is by the default rule on the as-of date.',
  RECEIVER_STANDING:
    'NETWORK: the receiver is a network or a hybrid. INTERMEDIARY: it is an intermediary. MEMBER: it is neither, or it is not known whether it is, and it belongs to a network. OTHER: it is neither, and belongs to none on record.',
  LOCALITY:
    'LOCAL: the receiver has its seat in the country that the money is for, and no body of another country of kind international NGO, that is not a network, has it as a member (IASC 2018, as this graph reads it). NOT_LOCAL: otherwise. Unknown without both countries, or if it is not known whether the body it belongs to is a network.',
  LOCALITY_BY_TYPE:
    'LOCAL: the receiver is a national NGO or a partner-country NGO (IATI OrganisationType 22, 24). NOT_LOCAL: it is of another known type.',
  ROUTE:
    'By what kind of bodies the money went from its source to where it stayed; attributed in proportion.',
  HOPS: 'How many bodies held the money between its source and where it stayed; attributed in proportion.',
  PURPOSE: 'What it is for: core, project, convening, regrant.',
  PURPOSE_BASIS: 'How it is known what it is for: declared by a code, or by a rule from words.',
  FLEXIBILITY: 'How freely it may be used.',
  AID_TYPE: 'Aid type of OECD DAC (IATI codelist AidType), the first given.',
  SECTOR: 'Sector of OECD DAC, five digits; a flow for several is split by its percentages.',
  COUNTRY: 'Recipient country; a flow for several is split by its percentages.',
  REGION:
    'Recipient region as coded; a flow for several is split. Money that names countries only has none.',
  CONSTITUENCY:
    'For whom the receiver speaks; of one that speaks for several, in equal parts, marked as estimated.',
  SOURCE: 'The data source whose report of the flow leads.',
};

registerEnumType(FlowDimension, {
  name: 'FlowDimension',
  description: 'By what sums are told apart. What is unknown is a row of its own.',
  valuesConfig: Object.fromEntries(
    Object.entries(DIMENSIONS).map(([dimension, description]) => [dimension, { description }]),
  ) as Record<FlowDimension, { description: string }>,
});

/** Dimensions whose values are bodies. */
export const BODIES: ReadonlySet<FlowDimension> = new Set([
  FlowDimension.PROVIDER,
  FlowDimension.RECEIVER,
  FlowDimension.LEGAL_RECEIVER,
  FlowDimension.FIRST_RECIPIENT,
  FlowDimension.FINAL_RECIPIENT,
]);
/** Dimensions whose columns hold keys of bodies. */
export const KEYED: ReadonlySet<FlowDimension> = new Set([
  ...BODIES,
  FlowDimension.PROVIDER_OUTCOME,
  FlowDimension.RECEIVER_OUTCOME,
  FlowDimension.RECEIVER_STANDING,
  FlowDimension.LOCALITY_BY_TYPE,
  FlowDimension.CONSTITUENCY,
]);

/** The receiver and the country that money is for, in one column. */
export const localityKey = (country: string | null, receiver: string | null): string =>
  `${country ?? ''} ${receiver ?? ''}`;
/** The two of {@link localityKey}; nothing for what is missing. */
export const readLocality = (value: string): [country: string, receiver: string] => {
  const space = value.indexOf(' ');
  return [value.slice(0, space), value.slice(space + 1)];
};

/** The key of the body that a column holds for a dimension, if it holds one. */
export const bodyKeyIn = (dimension: FlowDimension, value: string | null): string | null => {
  if (value === null) return null;
  if (dimension === FlowDimension.LOCALITY) return readLocality(value)[1] || null;
  return KEYED.has(dimension) ? value : null;
};

/** What a column holds, with the id of the body instead of its key; null for a body that is not seen. */
export const withBodyId = (
  dimension: FlowDimension,
  value: string | null,
  idOf: (key: string) => string | null,
): string | null => {
  const key = bodyKeyIn(dimension, value);
  const id = key === null ? null : idOf(key);
  if (dimension === FlowDimension.LOCALITY && value !== null)
    return localityKey(readLocality(value)[0], id);
  return key === null ? value : id;
};
