import { registerEnumType } from 'type-graphql';

/** By what sums can be told apart. */
export enum FlowDimension {
  YEAR = 'YEAR',
  QUARTER = 'QUARTER',
  PROVIDER = 'PROVIDER',
  RECEIVER = 'RECEIVER',
  FIRST_RECIPIENT = 'FIRST_RECIPIENT',
  FINAL_RECIPIENT = 'FINAL_RECIPIENT',
  PROVIDER_OUTCOME = 'PROVIDER_OUTCOME',
  RECEIVER_OUTCOME = 'RECEIVER_OUTCOME',
  ROUTE = 'ROUTE',
  HOPS = 'HOPS',
  PURPOSE = 'PURPOSE',
  FLEXIBILITY = 'FLEXIBILITY',
  AID_TYPE = 'AID_TYPE',
  SECTOR = 'SECTOR',
  COUNTRY = 'COUNTRY',
  REGION = 'REGION',
  CONSTITUENCY = 'CONSTITUENCY',
  SOURCE = 'SOURCE',
}
registerEnumType(FlowDimension, {
  name: 'FlowDimension',
  description: 'By what sums are told apart. What is unknown is a row of its own.',
  valuesConfig: {
    YEAR: { description: 'The calendar year of the flow’s date.' },
    QUARTER: { description: 'The quarter of the flow’s date, `2020-Q3`.' },
    PROVIDER: { description: 'The body that gave.' },
    RECEIVER: { description: 'The body that got it.' },
    FIRST_RECIPIENT: {
      description:
        'The body that got the money first from an original source, followed along the flows; attributed in proportion where a body’s income mixes.',
    },
    FINAL_RECIPIENT: {
      description:
        'The body with which the money stayed, followed along the flows; attributed in proportion where a body’s income mixes.',
    },
    PROVIDER_OUTCOME: {
      description:
        'What the provider is by the newest rule on the as-of date: network, intermediary and so on.',
    },
    RECEIVER_OUTCOME: { description: 'What the receiver is by the newest rule, likewise.' },
    ROUTE: {
      description:
        'By what kind of bodies the money went from its source to where it stayed; attributed in proportion.',
    },
    HOPS: {
      description:
        'How many bodies held the money between its source and where it stayed; attributed in proportion.',
    },
    PURPOSE: { description: 'What it is for: core, project, convening, regrant.' },
    FLEXIBILITY: { description: 'How freely it may be used.' },
    AID_TYPE: { description: 'Aid type of OECD DAC (IATI codelist AidType), the first given.' },
    SECTOR: {
      description:
        'Sector of OECD DAC, five digits; a flow for several is split by its percentages.',
    },
    COUNTRY: {
      description: 'Recipient country; a flow for several is split by its percentages.',
    },
    REGION: {
      description:
        'Recipient region as coded; a flow for several is split. Money that names countries only has none.',
    },
    CONSTITUENCY: {
      description:
        'For whom the receiver speaks; of one that speaks for several, in equal parts, marked as estimated.',
    },
    SOURCE: { description: 'The data source whose report of the flow leads.' },
  },
});
