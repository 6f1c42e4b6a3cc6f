import { createConverter } from '../../../subgraphs/funding/rate/converter';

const RATES: Record<string, string> = {
  'USD 2020-05': '0.7',
  'EUR 2020-05': '0.77',
  'EUR 2020-06': '0.8',
  'JPY 2020-05': '0.0068',
};
const store = {
  byKeys: async (keys: readonly { currency: string; month: string }[]) =>
    keys.flatMap(({ currency, month }) => {
      const sdrPerUnit = RATES[`${currency} ${month}`];
      return sdrPerUnit === undefined ? [] : [{ currency, month, sdrPerUnit, sourceId: 'rates' }];
    }),
};
const convert = async (
  amount: [units: string, nanos: string],
  from: string,
  to: string,
  month = '2020-05',
) =>
  (await createConverter(store, to, [{ currency: from, month }]))(...amount, {
    currency: from,
    month,
  });

it.each([
  ['the same currency, exactly', ['12', '500000000'], 'GBP', 'GBP', 12_500_000_000n],
  ['by the two rates', ['77', '0'], 'USD', 'EUR', 70_000_000_000n],
  ['rounded at the billionth', ['1', '0'], 'USD', 'EUR', 909_090_909n],
  ['a correction by the same rule', ['-1', '0'], 'USD', 'EUR', -909_090_909n],
  ['from the SDR', ['7', '0'], 'XDR', 'USD', 10_000_000_000n],
  ['to the SDR, half to even', ['0', '5'], 'USD', 'XDR', 4n],
  ['to the SDR, half to even upwards', ['0', '15'], 'USD', 'XDR', 10n],
] as const)('converts %s', async (_, amount, from, to, nanos) => {
  expect(await convert([...amount], from, to)).toEqual({ nanos });
});

it('gives no amount where a rate is missing, but the reason', async () => {
  expect(await convert(['1', '0'], 'USD', 'EUR', '2020-06')).toEqual({
    because: 'There is no rate of USD for 2020-06.',
  });
  expect(await convert(['1', '0'], 'EUR', 'USD', '2020-06')).toEqual({
    because: 'There is no rate of USD for 2020-06.',
  });
  expect(await convert(['1', '0'], 'XXX', 'EUR')).toEqual({
    because: 'The record names no currency.',
  });
});
