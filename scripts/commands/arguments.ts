import { InvalidArgumentError } from 'commander';
import { parseDate } from '../../subgraphs/shared/dates';

/** A day as an option gives it: `2026-01-01`, and of the calendar. @throws InvalidArgumentError otherwise. */
export const aDay = (text: string): string => {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(text) : null;
  if (date === null) throw new InvalidArgumentError('it must be a day such as 2026-01-01.');
  return date;
};

/** A whole number from 0 to 999 as an option gives it. @throws InvalidArgumentError otherwise. */
export const aWholeNumber = (text: string): number => {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('it must be a whole number.');
  return Number(text);
};

/** The number of a version, from 1, as an argument gives it. @throws InvalidArgumentError otherwise. */
export const aVersion = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('it must be a whole number.');
  return Number(text);
};

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A span of time as people write it: `90m`, `24h`, `7d`; in milliseconds. @throws InvalidArgumentError */
export const span = (text: string): number => {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const size = UNITS[unit];
  if (count === undefined || size === undefined)
    throw new InvalidArgumentError('It must be like `90m`, `24h` or `7d`.');
  return Number(count) * size;
};
