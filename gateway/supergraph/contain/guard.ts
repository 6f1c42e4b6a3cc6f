import type { KeyObject } from 'node:crypto';
import type { SourceReply } from '../source-client';
import { UnusableAnswer } from '../bounded-answer';
import { checkAnswerSignature } from './answer-signature';
import type { Breaker } from './breaker';
import type { Bulkhead } from './bulkhead';
import type { KeptAnswer, LastAnswers } from './last-answers';
import { Breach, type Standing } from './standing';

/** What stands between the graph and a partner. */
export interface Guard {
  /** @throws UnusableAnswer if the partner is not asked at all. */
  admit(): void;
  /** Asks within a place, unless the partner is left alone; a signature that was agreed on has to hold. */
  run(until: AbortSignal, ask: () => Promise<SourceReply>): Promise<SourceReply>;
  /** Counts a failure if it is a breach. */
  judge(error: unknown): void;
  keep(key: string, json: Buffer): void;
  /** An earlier good answer to the same question, for a partner that cannot be reached now. */
  standIn(key: string, failure: unknown): KeptAnswer | null;
}

interface GuardParts {
  standing: Standing;
  breaker: Breaker;
  bulkhead: Bulkhead;
  lastAnswers: LastAnswers;
  /** With which the partner said that it signs its answers; null if it did not. */
  answerKey: KeyObject | null;
  clock: () => number;
}

/** Puts together what one published version of a partner is guarded by. */
export const createGuard = (parts: GuardParts): Guard => {
  const { standing, breaker, bulkhead, lastAnswers, answerKey, clock } = parts;
  return {
    admit: () => {
      if (standing.isQuarantined()) throw new UnusableAnswer('It is in quarantine.', 'quarantined');
    },
    run: (until, ask) =>
      bulkhead.run(until, () =>
        breaker.run(async () => {
          const reply = await ask();
          if (reply.status !== 200) {
            const start = reply.json.subarray(0, 500).toString();
            throw new UnusableAnswer(`HTTP ${reply.status}: ${start}`, 'unavailable');
          }
          if (answerKey) {
            const { status, headers, raw: body, requestSignature } = reply;
            const signed = { status, headers, body, requestSignature: requestSignature ?? '' };
            checkAnswerSignature(signed, answerKey, clock());
          }
          return reply;
        }),
      ),
    judge: (error) => {
      if (error instanceof Breach) standing.breach(error.message);
    },
    keep: (key, json) => lastAnswers.keep(key, json),
    standIn: (key, failure) => {
      const { failure: how = 'unavailable' } = failure as Partial<UnusableAnswer>;
      return how === 'timeout' || how === 'unavailable' ? lastAnswers.get(key) : null;
    },
  };
};
