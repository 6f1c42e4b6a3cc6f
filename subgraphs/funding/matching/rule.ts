/**
 * When two reports are one transfer. Data, not code: a change of any of these is a new version, and
 * everything is then matched anew.
 */
export const MATCHING_RULE = {
  version: 1,
  /** How far apart the two dates may lie: a quarter. */
  windowDays: 92,
  /** How far the smaller amount may fall short of the larger one, in one currency: what banks keep. */
  sameCurrency: 0.01,
  /** The same between two currencies, converted at monthly averages. */
  converted: 0.05,
  /** Of how many reports in the window the nearest amount is chosen, so that the work stays linear. */
  candidates: 200,
} as const;
