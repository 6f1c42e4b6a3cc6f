/** The kinds of reference data, with what their source is and under which licence it is published. */
export const REFERENCE = {
  codelists: {
    items: 'codes',
    sourceId: 'iati-codelists',
    title: 'IATI codelists',
    publisherName: 'IATI',
    licence: 'MIT',
    attribution: 'Copyright (c) IATI 2017',
    extensions: ['.xml'],
  },
  'org-id': {
    items: 'registers',
    sourceId: 'org-id',
    title: 'org-id.guide register lists',
    publisherName: 'org-id.guide',
    licence: 'ODbL 1.0',
    attribution: 'Contains information from org-id.guide, made available under the ODbL 1.0',
    extensions: ['.json'],
  },
  countries: {
    items: 'countries',
    sourceId: 'm49',
    title: 'ISO 3166-1 codes with UN M49 regions',
    publisherName: 'UN Statistics Division',
    licence: 'PDDL',
    attribution: null,
    extensions: ['.csv'],
  },
  rates: {
    items: 'rates',
    sourceId: 'imf-rates',
    title: 'Monthly average exchange rates, SDR per unit',
    publisherName: 'International Monetary Fund',
    licence: 'not stated',
    attribution: 'International Monetary Fund, exchange rates',
    extensions: ['.json'],
  },
} as const;

export type ReferenceKind = keyof typeof REFERENCE;
