import { aDay, aWholeNumber } from '../../../scripts/commands/arguments';

describe('what options of the command line take', () => {
  it.each(['2026', '2026-02-30', '2026-13-01', '01/02/2026', '2026-01-01T00:00:00Z', ''])(
    'refuses %j as a day',
    (text) => {
      expect(() => aDay(text)).toThrow('it must be a day such as 2026-01-01.');
    },
  );

  it('takes a day of the calendar', () => {
    expect(aDay('2024-02-29')).toBe('2024-02-29');
  });

  it.each(['', '-1', '1.5', 'twelve', '1000'])('refuses %j as a number', (text) => {
    expect(() => aWholeNumber(text)).toThrow('it must be a whole number.');
  });

  it('takes a whole number', () => {
    expect(aWholeNumber('12')).toBe(12);
  });
});
