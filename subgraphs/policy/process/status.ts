import { PolicyProcessStatus, type ProcessRow } from './process';

/**
 * Where a process stands on a day, by its best checked record that tells: adopted from its adoption,
 * expired once its period is over (a year counts to its end). Before its adoption, without any date,
 * and of what is only planned or being written, only what a record states for today is known.
 */
export const statusOn = (
  rows: readonly ProcessRow[],
  day: string,
  today: string,
): PolicyProcessStatus => {
  for (const { status, adopted_on, from_date, to_date } of rows) {
    const unwritten =
      status === PolicyProcessStatus.PLANNED || status === PolicyProcessStatus.IN_DEVELOPMENT;
    const began = unwritten ? null : adopted_on || from_date;
    if (began && began <= day) {
      const over = to_date !== null && `${to_date}-99` <= day;
      if (status === PolicyProcessStatus.COMPLETED && day >= today)
        return PolicyProcessStatus.COMPLETED;
      return over ? PolicyProcessStatus.EXPIRED : PolicyProcessStatus.ADOPTED;
    }
    if (!began && status !== null && day >= today) return status as PolicyProcessStatus;
  }
  return PolicyProcessStatus.UNKNOWN;
};
