import { registerEnumType } from 'type-graphql';

/** IATI OrganisationType, by name; UNKNOWN where nobody has said. */
export enum OrganisationKind {
  GOVERNMENT = 'GOVERNMENT',
  LOCAL_GOVERNMENT = 'LOCAL_GOVERNMENT',
  OTHER_PUBLIC_SECTOR = 'OTHER_PUBLIC_SECTOR',
  INTERNATIONAL_NGO = 'INTERNATIONAL_NGO',
  NATIONAL_NGO = 'NATIONAL_NGO',
  REGIONAL_NGO = 'REGIONAL_NGO',
  PARTNER_COUNTRY_NGO = 'PARTNER_COUNTRY_NGO',
  PUBLIC_PRIVATE_PARTNERSHIP = 'PUBLIC_PRIVATE_PARTNERSHIP',
  MULTILATERAL = 'MULTILATERAL',
  FOUNDATION = 'FOUNDATION',
  PRIVATE_SECTOR = 'PRIVATE_SECTOR',
  PRIVATE_SECTOR_PROVIDER = 'PRIVATE_SECTOR_PROVIDER',
  PRIVATE_SECTOR_AID_RECIPIENT = 'PRIVATE_SECTOR_AID_RECIPIENT',
  PRIVATE_SECTOR_THIRD_COUNTRY = 'PRIVATE_SECTOR_THIRD_COUNTRY',
  ACADEMIC = 'ACADEMIC',
  OTHER = 'OTHER',
  UNKNOWN = 'UNKNOWN',
}

const KIND_OF_CODE: Record<string, OrganisationKind> = {
  10: OrganisationKind.GOVERNMENT,
  11: OrganisationKind.LOCAL_GOVERNMENT,
  15: OrganisationKind.OTHER_PUBLIC_SECTOR,
  21: OrganisationKind.INTERNATIONAL_NGO,
  22: OrganisationKind.NATIONAL_NGO,
  23: OrganisationKind.REGIONAL_NGO,
  24: OrganisationKind.PARTNER_COUNTRY_NGO,
  30: OrganisationKind.PUBLIC_PRIVATE_PARTNERSHIP,
  40: OrganisationKind.MULTILATERAL,
  60: OrganisationKind.FOUNDATION,
  70: OrganisationKind.PRIVATE_SECTOR,
  71: OrganisationKind.PRIVATE_SECTOR_PROVIDER,
  72: OrganisationKind.PRIVATE_SECTOR_AID_RECIPIENT,
  73: OrganisationKind.PRIVATE_SECTOR_THIRD_COUNTRY,
  80: OrganisationKind.ACADEMIC,
  90: OrganisationKind.OTHER,
};

/** The kind that a code of the IATI codelist OrganisationType means; UNKNOWN for any other text. */
export const kindOfCode = (code: string | null): OrganisationKind =>
  KIND_OF_CODE[code ?? ''] ?? OrganisationKind.UNKNOWN;

registerEnumType(OrganisationKind, {
  name: 'OrganisationKind',
  description:
    'What kind of body it is: IATI codelist OrganisationType. There is no code for a network.',
  valuesConfig: {
    GOVERNMENT: { description: 'Code 10, government.' },
    LOCAL_GOVERNMENT: { description: 'Code 11, local government.' },
    OTHER_PUBLIC_SECTOR: { description: 'Code 15, other public sector.' },
    INTERNATIONAL_NGO: { description: 'Code 21, international NGO.' },
    NATIONAL_NGO: { description: 'Code 22, national NGO.' },
    REGIONAL_NGO: { description: 'Code 23, regional NGO.' },
    PARTNER_COUNTRY_NGO: { description: 'Code 24, NGO based in the partner country.' },
    PUBLIC_PRIVATE_PARTNERSHIP: { description: 'Code 30, public-private partnership.' },
    MULTILATERAL: { description: 'Code 40, multilateral.' },
    FOUNDATION: { description: 'Code 60, foundation.' },
    PRIVATE_SECTOR: { description: 'Code 70, private sector.' },
    PRIVATE_SECTOR_PROVIDER: { description: 'Code 71, private sector in the provider country.' },
    PRIVATE_SECTOR_AID_RECIPIENT: {
      description: 'Code 72, private sector in the recipient country.',
    },
    PRIVATE_SECTOR_THIRD_COUNTRY: { description: 'Code 73, private sector in a third country.' },
    ACADEMIC: { description: 'Code 80, academic, training and research.' },
    OTHER: { description: 'Code 90, other.' },
    UNKNOWN: { description: 'No source says, or in no known code.' },
  },
});

/** Whether and how a body exists in law. */
export enum LegalForm {
  LEGAL_ENTITY = 'LEGAL_ENTITY',
  UNINCORPORATED = 'UNINCORPORATED',
  PROJECT_OF_HOST = 'PROJECT_OF_HOST',
  FUND = 'FUND',
  STATE_BODY = 'STATE_BODY',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(LegalForm, {
  name: 'LegalForm',
  description: 'Whether and how a body exists in law.',
  valuesConfig: {
    LEGAL_ENTITY: { description: 'It is registered and can hold money itself.' },
    UNINCORPORATED: { description: 'It has no legal person; somebody else holds its money.' },
    PROJECT_OF_HOST: { description: 'In law it is a project of the body that hosts it.' },
    FUND: { description: 'A pooled fund, not a body with members.' },
    STATE_BODY: { description: 'A part of a state, or made by states.' },
    UNKNOWN: { description: 'No source says.' },
  },
});

/** For whom a body speaks or is led by. */
export enum Constituency {
  WOMEN = 'WOMEN',
  YOUTH = 'YOUTH',
  REFUGEES_AND_DISPLACED = 'REFUGEES_AND_DISPLACED',
  MINORITIES = 'MINORITIES',
  INDIGENOUS_PEOPLES = 'INDIGENOUS_PEOPLES',
  PERSONS_WITH_DISABILITIES = 'PERSONS_WITH_DISABILITIES',
  FAITH = 'FAITH',
  LOCAL_COMMUNITIES = 'LOCAL_COMMUNITIES',
  VICTIMS_AND_SURVIVORS = 'VICTIMS_AND_SURVIVORS',
  STATES = 'STATES',
  CIVIL_SOCIETY = 'CIVIL_SOCIETY',
}
registerEnumType(Constituency, {
  name: 'Constituency',
  description: 'For whom a body speaks, or by whom it is led.',
  valuesConfig: {
    WOMEN: { description: 'Women and girls.' },
    YOUTH: { description: 'Young people.' },
    REFUGEES_AND_DISPLACED: { description: 'Refugees and internally displaced people.' },
    MINORITIES: { description: 'Ethnic, linguistic and other minorities.' },
    INDIGENOUS_PEOPLES: { description: 'Indigenous peoples.' },
    PERSONS_WITH_DISABILITIES: { description: 'Persons with disabilities.' },
    FAITH: { description: 'Faith communities.' },
    LOCAL_COMMUNITIES: { description: 'Local communities.' },
    VICTIMS_AND_SURVIVORS: { description: 'Victims and survivors of violence.' },
    STATES: { description: 'States and their offices.' },
    CIVIL_SOCIETY: { description: 'Civil society in general.' },
  },
});

/** The agendas of peace and security that documents and processes belong to. */
export enum Agenda {
  WPS = 'WPS',
  YPS = 'YPS',
  PEACEBUILDING = 'PEACEBUILDING',
}
registerEnumType(Agenda, {
  name: 'Agenda',
  description: 'The agenda that a document or process belongs to.',
  valuesConfig: {
    WPS: { description: 'Women, peace and security (S/RES/1325 and after).' },
    YPS: { description: 'Youth, peace and security (S/RES/2250 and after).' },
    PEACEBUILDING: { description: 'Peacebuilding and sustaining peace.' },
  },
});

/** Where the United Nations sit. */
export enum UnPlace {
  NEW_YORK = 'NEW_YORK',
  GENEVA = 'GENEVA',
  VIENNA = 'VIENNA',
  NAIROBI = 'NAIROBI',
}
registerEnumType(UnPlace, {
  name: 'UnPlace',
  description: 'A seat of the United Nations.',
  valuesConfig: {
    NEW_YORK: {
      description: 'New York: General Assembly, Security Council, Peacebuilding Commission.',
    },
    GENEVA: { description: 'Geneva.' },
    VIENNA: { description: 'Vienna.' },
    NAIROBI: { description: 'Nairobi.' },
  },
});

/** The first spelling of an enum value that a text means, ignoring case and `-`, or null. */
export const enumValue = <T extends string>(
  values: Record<string, T>,
  text: string | null | undefined,
): T | null => {
  const wanted = (text ?? '')
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_');
  return Object.values(values).find((value) => value === wanted) ?? null;
};
