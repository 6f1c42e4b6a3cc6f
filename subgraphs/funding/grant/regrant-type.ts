import { registerEnumType } from 'type-graphql';

/** 360Giving's codelist regrantType, by name. */
export enum RegrantType {
  COMMON_REGRANT = 'COMMON_REGRANT',
  TRANSFER_TO_INTERMEDIARY = 'TRANSFER_TO_INTERMEDIARY',
  MATCH_FUNDING = 'MATCH_FUNDING',
  FUNDER_COLLABORATION = 'FUNDER_COLLABORATION',
  FISCAL_SPONSOR = 'FISCAL_SPONSOR',
  ENDOWMENT = 'ENDOWMENT',
  MULTIPURPOSE = 'MULTIPURPOSE',
}
registerEnumType(RegrantType, {
  name: 'RegrantType',
  description: 'How a grant is meant to be granted onwards: 360Giving codelist regrantType.',
  valuesConfig: {
    COMMON_REGRANT: {
      description: 'Code FRG010: to one grantmaker, to distribute as grants to end recipients.',
    },
    TRANSFER_TO_INTERMEDIARY: {
      description:
        'Code FRG020: to an intermediary “such as a network or federated charity”, which pays others who then make grants. The standard tells networks and intermediaries apart no further.',
    },
    MATCH_FUNDING: { description: 'Code FRG030: to grantmakers, to match what others give.' },
    FUNDER_COLLABORATION: {
      description: 'Code FRG040: of several funders to one grantmaker, for one fund.',
    },
    FISCAL_SPONSOR: {
      description: 'Code FRG050: to an agent of the funder, who pays the defined recipients.',
    },
    ENDOWMENT: {
      description: 'Code FRG060: capital to establish or fund a grantmaking organisation.',
    },
    MULTIPURPOSE: {
      description: 'Code FRG070: in part for onward grants, in part for other work.',
    },
  },
});

const CODES: Record<string, RegrantType> = {
  FRG010: RegrantType.COMMON_REGRANT,
  FRG020: RegrantType.TRANSFER_TO_INTERMEDIARY,
  FRG030: RegrantType.MATCH_FUNDING,
  FRG040: RegrantType.FUNDER_COLLABORATION,
  FRG050: RegrantType.FISCAL_SPONSOR,
  FRG060: RegrantType.ENDOWMENT,
  FRG070: RegrantType.MULTIPURPOSE,
};

/** The regrant type that a code of 360Giving means, or null. */
export const regrantTypeOf = (code: string | null): RegrantType | null =>
  CODES[(code ?? '').toUpperCase()] ?? null;

/** Types whose whole amount is to reach others as grants. */
export const PASSED_ON: ReadonlySet<RegrantType> = new Set([
  RegrantType.COMMON_REGRANT,
  RegrantType.TRANSFER_TO_INTERMEDIARY,
  RegrantType.MATCH_FUNDING,
  RegrantType.FUNDER_COLLABORATION,
  RegrantType.FISCAL_SPONSOR,
]);
