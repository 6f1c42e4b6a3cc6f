import { Big } from 'big.js';
import { parseDate } from '../../../subgraphs/shared/dates';
import { foldText, normaliseIdentifier, wordsOf } from '../../../subgraphs/shared/ids';
import { formatDecimal, fromStored, parseDecimal, toStored } from '../../../subgraphs/shared/money';

describe('identifiers', () => {
  it('are compared without tabs, doubled spaces, kinds of dash and case', () => {
    expect(normaliseIdentifier('GB-CHC-290836\t\t\t\t')).toBe('GB-CHC-290836');
    expect(normaliseIdentifier('SV–ORP  12')).toBe('SV-ORP 12');
    expect(normaliseIdentifier('gb-cc-220949')).toBe('GB-CC-220949');
  });

  it('keep their slashes', () => {
    expect(normaliseIdentifier('NP-DAO-27-689/063/064-1')).toBe('NP-DAO-27-689/063/064-1');
  });
});

describe('folded text', () => {
  it('has no case, accents or punctuation', () => {
    expect(foldText('  Réseau des Femmes – Côte d’Ivoire ')).toBe(
      'reseau des femmes cote d ivoire',
    );
    expect(wordsOf('Oslo Øst', null, 'oslo')).toEqual(['oslo', 'ost']);
  });
});

describe('dates', () => {
  it.each([
    ['2014-12-04', '2014-12-04'],
    ['2014-12-04T10:00:00Z', '2014-12-04'],
    ['04/12/2014', '2014-12-04'],
    ['2014-02-30', null],
    ['13/13/2014', null],
    ['2014', null],
    ['', null],
  ])('reads %s as %s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });
});

describe('amounts', () => {
  it.each(['0', '-0.5', '1234.567891234', '-999999999999.99', '0.000000001'])(
    'keeps %s to the digit',
    (text) => {
      const { units, nanos } = toStored(new Big(text));
      expect(formatDecimal(fromStored(units, nanos))).toBe(formatDecimal(new Big(text)));
    },
  );

  it('carries when the ninth decimal rounds up', () => {
    expect(toStored(new Big('1.9999999999'))).toEqual({ units: 2, nanos: 0 });
    expect(toStored(new Big('-1.9999999999'))).toEqual({ units: -2, nanos: 0 });
  });

  it('reads thousands separators and refuses words', () => {
    expect(parseDecimal('1,234,567.50')?.toFixed()).toBe('1234567.5');
    expect(parseDecimal('12 apples')).toBeNull();
    expect(parseDecimal('')).toBeNull();
  });
});
