import { Big } from 'big.js';
import { ShareDimension } from '../../subgraphs/funding';
import { formatDecimal } from '../../subgraphs/shared/money';

const WHOLE = 100;
const DECIMALS = 9;

/**
 * The split of something among countries of which no source says how much is whose: in equal parts.
 * @param places how many places share it, if not all of them are countries.
 */
export const equalShares = (codes: Iterable<string>, inherited = false, places = 0) => {
  const countries = [...new Set(codes)];
  const parts = Math.max(countries.length, places);
  return countries.map((code) => ({
    dimension: ShareDimension.COUNTRY,
    vocabulary: 'ISO',
    code,
    percentage: formatDecimal(new Big(WHOLE).div(parts).round(DECIMALS)),
    estimated: parts > 1 ? 1 : 0,
    inherited: inherited ? 1 : 0,
  }));
};
