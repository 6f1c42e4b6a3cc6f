import { PolicyProcessStatus, type ProcessRow } from './process';

/** The day for which a record states what it says: the one that it names, else when it was taken. */
const statedOn = ({ asserted_on, retrieved_at }: ProcessRow): string =>
  asserted_on ?? retrieved_at.slice(0, 10);

/**
 * Where a process stands on a day, by its best checked record that tells: adopted from its adoption,
 * expired once its period is over (a year counts to its end). Before its adoption, without any date,
 * and of what is only planned or being written, a record's own word is known from the day for which it
 * states it.
 */
export const statusOn = (rows: readonly ProcessRow[], day: string): PolicyProcessStatus => {
  for (const row of rows) {
    const { status, adopted_on, from_date, to_date } = row;
    const stands = day >= statedOn(row);
    const unwritten =
      status === PolicyProcessStatus.PLANNED || status === PolicyProcessStatus.IN_DEVELOPMENT;
    const began = unwritten ? null : adopted_on || from_date;
    if (began && began <= day) {
      if (status === PolicyProcessStatus.COMPLETED && stands) return PolicyProcessStatus.COMPLETED;
      const over = to_date !== null && `${to_date}-99` <= day;
      return over ? PolicyProcessStatus.EXPIRED : PolicyProcessStatus.ADOPTED;
    }
    if (!began && status !== null && stands) return status as PolicyProcessStatus;
  }
  return PolicyProcessStatus.UNKNOWN;
};
