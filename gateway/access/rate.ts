import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../context';

/** The span in which points are counted, in seconds. */
const SPAN = 60;

/** What is left to a caller, and in how many seconds all of it comes back. */
export interface Allowance {
  limit: number;
  left: number;
  resetsIn: number;
}

const waitOf = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1000));

/**
 * Counts points by key, or for those without one by address, in the memory of this process.
 * @param limits the points of a minute, by tier.
 */
export const createRates = (limits: readonly number[]) => {
  const limiters = limits.map(
    (points, tier) => new RateLimiterMemory({ points, duration: SPAN, keyPrefix: String(tier) }),
  );
  const limiterOf = (tier: number): RateLimiterMemory => {
    const limiter = limiters[tier];
    if (!limiter) throw new RangeError(`There is no tier ${tier}.`);
    return limiter;
  };
  return {
    /** Takes points that were used without having been asked for, be they there or not. */
    charge: async ({ tier, keyId, address }: Caller, points: number): Promise<void> => {
      await limiterOf(tier).penalty(keyId ?? address, points);
    },

    /** Takes points from a caller; answers what is left, and whether there were that many. */
    take: async (
      { tier, keyId, address }: Caller,
      points: number,
    ): Promise<Allowance & { granted: boolean }> => {
      const limiter = limiterOf(tier);
      try {
        const left = await limiter.consume(keyId ?? address, points);
        return {
          granted: true,
          limit: limiter.points,
          left: left.remainingPoints,
          resetsIn: waitOf(left),
        };
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        return { granted: false, limit: limiter.points, left: 0, resetsIn: waitOf(error) };
      }
    },
  };
};
export type Rates = ReturnType<typeof createRates>;

/** The headers `RateLimit` and `RateLimit-Policy` (IETF draft, httpapi working group). */
export const rateHeaders = ({ limit, left, resetsIn }: Allowance): [string, string][] => [
  ['ratelimit-policy', `"points";q=${limit};w=${SPAN}`],
  ['ratelimit', `"points";r=${left};t=${resetsIn}`],
];
