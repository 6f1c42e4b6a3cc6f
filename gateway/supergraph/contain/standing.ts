import { UnusableAnswer } from '../bounded-answer';

/**
 * A source broke the contract: it answered what it was not asked for, or for somebody else. That is no slow
 * day, so it is counted apart, and nothing of such an answer is taken.
 */
export class Breach extends UnusableAnswer {
  constructor(message: string) {
    super(message, 'invalid');
    this.name = 'Breach';
  }
}

/** So many breaches within so many milliseconds are no mistake any more. */
const BREACHES = 3;
const WITHIN_MS = 10 * 60_000;

/**
 * Whether a partner is asked at all. It outlives the partner's versions: only a steward readmits.
 * @param onQuarantine told once when breaches end in quarantine, with the last one.
 */
export const createStanding = (
  onQuarantine: (reason: string) => void,
  clock: () => number = Date.now,
) => {
  let breaches: number[] = [];
  let quarantined = false;
  return {
    isQuarantined: () => quarantined,
    /** Notes a breach. */
    breach: (reason: string): void => {
      if (quarantined) return;
      breaches = [...breaches.filter((at) => at > clock() - WITHIN_MS), clock()];
      if (breaches.length < BREACHES) return;
      quarantined = true;
      onQuarantine(reason);
    },
    quarantine: (): void => {
      quarantined = true;
    },
    readmit: (): void => {
      quarantined = false;
      breaches = [];
    },
  };
};
export type Standing = ReturnType<typeof createStanding>;
