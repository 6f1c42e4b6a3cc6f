import { Constituency, LegalForm, OrganisationKind } from '../../../subgraphs/shared/vocabulary';
import type { Random } from './random';

/**
 * Countries and languages of the codes that ISO 3166-1 and 639-2 leave to their users, so that no real
 * country's figures change.
 */
export const COUNTRIES = [
  { code: 'QM', name: 'Examplia (fictional)', language: 'qaa' },
  { code: 'QN', name: 'Samplemark (fictional)', language: 'qab' },
  { code: 'QO', name: 'Placeholdia (fictional)', language: 'qac' },
  { code: 'QP', name: 'Testonia (fictional)', language: 'qad' },
] as const;
export const REGION = { code: 'QQQ', name: 'Fictional lands' } as const;

/** A body of the made-up world. */
export interface Body {
  id: string;
  name: string;
  kind: OrganisationKind;
  legalForm: LegalForm;
  country: string;
  city: string;
  founded: string;
  dissolved?: string;
  themes: string[];
  constituencies: Constituency[];
  /** Whether it publishes its own money. */
  publishes: boolean;
}

/** Who pays at first; the same for every neighbourhood. */
export interface Donors {
  ministries: Body[];
  foundations: Body[];
  pool: Body;
}

/** One neighbourhood of the world: some 50 bodies that know each other. */
export interface Neighbourhood {
  /** Passes money on to those who are not its members. */
  intermediary: Body;
  /** Calls itself a network; its partners are contractors. */
  soCalledNetwork: Body;
  /** A network of the four regional ones. */
  weave: Body;
  /** Gives small grants to its own members. */
  granting: Body;
  /** Nobody reports any money of it. */
  unfunded: Body;
  /** Passes money on to members and to others. */
  hybrid: Body;
  /** Without legal personality; `host` holds its money. */
  coalition: Body;
  host: Body;
  /** Its members are ministries. */
  focalPoints: Body;
  /** Local organisations: of the four networks nine each, and others who belong to none. */
  members: Record<'granting' | 'unfunded' | 'hybrid' | 'coalition', Body[]>;
  outsiders: Body[];
  university: Body;
  company: Body;
}

const PLACES = [
  'Amberford',
  'Birchwater',
  'Copperhill',
  'Driftmoor',
  'Eaglebrook',
  'Fernhollow',
  'Gullshore',
  'Heronfield',
  'Ivygate',
] as const;
const WORK: readonly [name: string, themes: string[], constituencies: Constituency[]][] = [
  ['Women Mediators', ['15220'], [Constituency.WOMEN]],
  ['Youth Dialogue', ['15220'], [Constituency.YOUTH]],
  ['Elders for Peace', ['15220'], [Constituency.LOCAL_COMMUNITIES]],
  ['Survivors’ Circle', ['15180'], [Constituency.VICTIMS_AND_SURVIVORS, Constituency.WOMEN]],
  ['Displaced Voices', ['15160', '72010'], [Constituency.REFUGEES_AND_DISPLACED]],
  ['Interfaith Table', ['15220'], [Constituency.FAITH]],
  ['Access Now for All', ['15150'], [Constituency.PERSONS_WITH_DISABILITIES]],
  ['First Peoples’ Council', ['15160'], [Constituency.INDIGENOUS_PEOPLES]],
  ['Neighbours’ Watch', ['15130'], [Constituency.CIVIL_SOCIETY, Constituency.MINORITIES]],
];

/** Makes bodies with ids that count up; every name says what it is. */
const createMaker = (random: Random) => {
  let made = 0;
  return (name: string, more: Partial<Body> = {}): Body => {
    made += 1;
    return {
      id: `PG-FICTIONAL-${String(made).padStart(4, '0')}`,
      name: `${name} (fictional)`,
      kind: OrganisationKind.NATIONAL_NGO,
      legalForm: LegalForm.LEGAL_ENTITY,
      country: random.pick(COUNTRIES).code,
      city: random.pick(PLACES),
      founded: String(random.between(1985, 2018)),
      themes: ['15220'],
      constituencies: [Constituency.CIVIL_SOCIETY],
      publishes: false,
      ...more,
    };
  };
};
type Maker = ReturnType<typeof createMaker>;

const createDonors = (make: Maker): Donors => ({
  ministries: COUNTRIES.slice(0, 3).map(({ code, name }) =>
    make(`Ministry of Cooperation of ${name.replace(' (fictional)', '')}`, {
      kind: OrganisationKind.GOVERNMENT,
      legalForm: LegalForm.STATE_BODY,
      country: code,
      constituencies: [Constituency.STATES],
      publishes: true,
    }),
  ),
  foundations: ['Lantern', 'Open Hand'].map((name) =>
    make(`${name} Foundation`, {
      kind: OrganisationKind.FOUNDATION,
      constituencies: [],
      publishes: true,
    }),
  ),
  pool: make('Joint Pool for Imagined Peace', {
    kind: OrganisationKind.MULTILATERAL,
    legalForm: LegalForm.FUND,
    constituencies: [],
    publishes: true,
  }),
});

const createNeighbourhood = (make: Maker, mark: string): Neighbourhood => {
  const localsOf = (flock: string, count: number): Body[] =>
    WORK.slice(0, count).map(([work, themes, constituencies], index) =>
      make(`${PLACES[index] ?? ''} ${flock} ${work}${mark}`, { themes, constituencies }),
    );
  const network = (name: string, more: Partial<Body> = {}) =>
    make(`${name}${mark}`, { kind: OrganisationKind.REGIONAL_NGO, ...more });
  return {
    intermediary: network('Bridgework International', {
      kind: OrganisationKind.INTERNATIONAL_NGO,
      publishes: true,
    }),
    soCalledNetwork: network('Partners’ Network Incorporated', {
      kind: OrganisationKind.INTERNATIONAL_NGO,
      publishes: true,
    }),
    weave: network('Weave of Imagined Peace Networks', { founded: '2003', publishes: true }),
    granting: network('Granting Willow Network', { founded: '2009-05', publishes: true }),
    unfunded: network('Unfunded Reed Network', { founded: '2012' }),
    hybrid: network('Two-Way Alder Network', { founded: '2010', publishes: true }),
    coalition: network('Hosted Coalition for Made-up Peace', {
      legalForm: LegalForm.UNINCORPORATED,
      founded: '2016-11',
      constituencies: [Constituency.WOMEN, Constituency.YOUTH],
    }),
    host: network('Roof and Ledger Trust', {
      kind: OrganisationKind.NATIONAL_NGO,
      publishes: true,
    }),
    focalPoints: network('Focal Points of Imagined States', {
      kind: OrganisationKind.OTHER,
      legalForm: LegalForm.UNINCORPORATED,
      constituencies: [Constituency.STATES],
    }),
    members: {
      granting: localsOf('Willow', 9),
      unfunded: localsOf('Reed', 9),
      hybrid: localsOf('Alder', 9),
      coalition: localsOf('Coalition', 9),
    },
    outsiders: localsOf('Independent', 8),
    university: network('University of Nowhere in Particular', {
      kind: OrganisationKind.ACADEMIC,
      constituencies: [],
    }),
    company: network('Pretend Logistics Limited', {
      kind: OrganisationKind.PRIVATE_SECTOR,
      constituencies: [],
      dissolved: '2026-03',
    }),
  };
};

/** The made-up bodies: six donors, and as many neighbourhoods of 55 as asked for. */
export const createCast = (random: Random, neighbourhoods: number) => {
  const make = createMaker(random);
  return {
    donors: createDonors(make),
    neighbourhoods: Array.from({ length: neighbourhoods }, (_, index) =>
      createNeighbourhood(make, index === 0 ? '' : ` ${index + 1}`),
    ),
  };
};
export type Cast = ReturnType<typeof createCast>;

/** The bodies that pay at first. */
export const donorsOf = ({ donors }: Cast): Body[] => [
  ...donors.ministries,
  ...donors.foundations,
  donors.pool,
];

/** Every body of a neighbourhood. */
export const bodiesOf = ({ members, outsiders, ...single }: Neighbourhood): Body[] => [
  ...Object.values(single),
  ...Object.values(members).flat(),
  ...outsiders,
];

/** The local organisations that belong to a network of the neighbourhood. */
export const membersOf = ({ members }: Neighbourhood): Body[] => Object.values(members).flat();
