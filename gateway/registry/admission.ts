import { PublicError } from '../../subgraphs/shared/errors';
import { KeyError, readPublicKeys } from '../../subgraphs/shared/http/keys';
import { sha256 } from './chain';
import { BadInput } from './faults';
import { MOST_A_DAY, type PartnerState } from './state';

/** So many publications are worked on or wait; checks are dear. */
const MOST_WAITING = 8;
const MOST_LETTERS = 20_000;
const DAY_MS = 86_400_000;

/** Does works one after the other, and refuses more than a few that wait. */
export const createQueue = () => {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= MOST_WAITING)
      throw new PublicError('RATE_LIMITED', 'Too many publications are being checked; ask again.');
    waiting += 1;
    const done = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = done.catch(() => undefined);
    return done;
  };
};

/** What the log keeps of the report of a trial. */
export const keptReport = (report: object): unknown => {
  const text = JSON.stringify(report);
  return text.length > MOST_LETTERS ? { sha256: sha256(text) } : report;
};

/** Keeps a partner from filling the log. @throws PublicError RATE_LIMITED */
export const checkRoom = ({ name, publications }: PartnerState): void => {
  const [first = ''] = publications;
  const dayAgo = new Date(Date.now() - DAY_MS).toISOString();
  if (publications.length >= MOST_A_DAY && first > dayAgo)
    throw new PublicError('RATE_LIMITED', `${name} has published ${MOST_A_DAY} times in a day.`);
};

/** That a key for answers can be read. @throws BadInput */
export const checkAnswerKey = (text: string | null): void => {
  try {
    if (text !== null) readPublicKeys(text);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new BadInput(`\`answerKey\` is no use: ${error.message}.`);
  }
};
