import { Big } from 'big.js';
import { inForce, monthsBetween, parseDate, touches } from '../../../subgraphs/shared/dates';
import { foldText, normaliseIdentifier, wordsOf } from '../../../subgraphs/shared/ids';
import { insertMany, openDatabase } from '../../../subgraphs/shared/db';
import {
  formatDecimal,
  fromStored,
  isTooLarge,
  parseAmount,
  parseDecimal,
  toStored,
} from '../../../subgraphs/shared/money';

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

describe('spans dated as exactly as known', () => {
  const YEARS_2016_TO_2018 = { from: '2016-01-01', to: '2019-01-01' };

  it.each([
    ['2019', null, false],
    ['2019-01', null, false],
    ['2019-01-01', null, false],
    ['2018', null, true],
    ['2018-12', null, true],
    ['2018-12-31', null, true],
    [null, '2015', false],
    [null, '2015-12', false],
    [null, '2015-12-31', false],
    [null, '2016', true],
    [null, '2016-01', true],
    [null, '2016-01-01', true],
    ['2012', '2021', true],
    [null, null, true],
  ])('from %s to %s touch the years 2016 to 2018: %s', (from, to, expected) => {
    expect(touches({ from, to }, YEARS_2016_TO_2018)).toBe(expected);
  });

  it.each([
    ['2019', null, '2018-12-31', false],
    ['2019', null, '2019-01-01', true],
    ['2019-05', null, '2019-04-30', false],
    ['2019-05', null, '2019-05-01', true],
    [null, '2019', '2019-12-31', true],
    [null, '2019', '2020-01-01', false],
    [null, '2019-05', '2019-06-01', false],
  ])('from %s to %s hold on %s: %s', (from, to, day, expected) => {
    expect(inForce({ from, to }, day)).toBe(expected);
  });
});

describe('months between a first and a last day', () => {
  it.each([
    ['2020-01-01', '2020-12-31', 12],
    ['2020-01-15', '2021-01-14', 12],
    ['2017-01-17', '2017-06-14', 4],
    ['2020-01-31', '2020-02-29', 1],
    ['2020-03-01', '2020-03-01', 0],
    ['2021-01-01', '2020-01-01', null],
    [null, '2020-01-01', null],
    ['2020-01-01', null, null],
  ])('from %s to %s are %s whole ones', (first, last, expected) => {
    expect(monthsBetween(first, last)).toBe(expected);
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

describe('parseAmount', () => {
  it('reads short amounts as big numbers would, and long ones by them', () => {
    const texts = ['0', '-0', '12', '-12.50', '0.5', '-0.000000001', '1234567890123', '1e3'];
    texts.push('1,234.50', '999999999999.999999999', '-1000000000000', '.5', '5.', '-0.0', '007');
    for (const text of texts) {
      const big = parseDecimal(text);
      expect([text, parseAmount(text)]).toEqual([
        text,
        big && { ...toStored(big), amount: formatDecimal(big) },
      ]);
    }
    expect(parseAmount('twelve')).toBeNull();
    expect(parseAmount('-0')).toEqual({ units: 0, nanos: 0, amount: '0' });
  });

  it('tells what is beyond 10^12', () => {
    const beyond = (text: string) => isTooLarge(parseAmount(text) ?? { units: 0, nanos: 0 });
    expect(['1000000000000', '-1000000000000'].map(beyond)).toEqual([false, false]);
    expect(['1000000000000.01', '-1e13'].map(beyond)).toEqual([true, true]);
  });
});

describe('sums of stored amounts', () => {
  it('of a million values up to 10^12 are right to the cent', async () => {
    const db = await openDatabase(':memory:', []);
    await db.raw('create table amounts (units bigint not null, nanos bigint not null)');
    let state = 2282;
    const next = () => (state = (state * 48271) % 2147483647);
    let expected = 0n;
    for (let part = 0; part < 100; part += 1) {
      const rows = Array.from({ length: 10_000 }, () => {
        // Most are near the bound, so that sums go far beyond what a double or 64 bits of cents hold.
        const cents = BigInt(next()) * 46_566n - (next() % 4 === 0 ? 100_000_000_000_000n : 0n);
        expected += cents;
        const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
        const text = `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        const { units, nanos } = parseAmount(text) ?? { units: NaN, nanos: NaN };
        return { units, nanos };
      });
      await insertMany(db, 'amounts', rows);
    }
    const [sums] = (await db('amounts').select(
      db.raw('cast(sum(units) as text) as units, cast(sum(nanos) as text) as nanos'),
    )) as { units: string; nanos: string }[];
    await db.destroy();
    const sum = fromStored(sums?.units ?? '', sums?.nanos ?? '');
    expect(sum.times(100).toFixed()).toBe(expected.toString());
  });
});
