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
