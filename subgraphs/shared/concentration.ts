/**
 * How evenly something is shared out: money, seats, speaking slots among holders, or members among
 * themes. Pure functions of the parts; the order of the parts never matters, and holders of nothing
 * count as holders. All answer null where there is nothing to share out, which is not the same as 0,
 * and where a part is negative or no number, since the formulas then mean nothing. Answers are rounded
 * to twelve decimals, so that what is equal on paper is equal here.
 */

/** Adding zero makes the negative zero a plain one. */
const rounded = (value: number): number => Math.round(value * 1e12) / 1e12 + 0;

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The parts from the smallest to the largest, so that the same parts add up to the same bits; or null. */
const ascending = (values: readonly number[]): number[] | null => {
  if (!values.every((value) => Number.isFinite(value) && value >= 0)) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sumOf(sorted) > 0 ? sorted : null;
};

const sharesOf = (values: readonly number[]): number[] | null => {
  const sorted = ascending(values);
  if (!sorted) return null;
  const sum = sumOf(sorted);
  return sorted.map((value) => value / sum);
};

/**
 * The Gini coefficient: 0 if all hold the same, (n − 1) ÷ n if one of n holds all. It is the mean
 * difference of any two parts divided by twice their mean (C. Gini, Variabilità e mutabilità, 1912),
 * worked out over the parts in ascending order as (2 × Σ i·xᵢ) ÷ (n × Σ xᵢ) − (n + 1) ÷ n; of the whole
 * population, so without the factor n ÷ (n − 1) of samples.
 */
export const gini = (values: readonly number[]): number | null => {
  const sorted = ascending(values);
  if (!sorted) return null;
  const count = sorted.length;
  const weighted = sumOf(sorted.map((value, index) => (index + 1) * value));
  return rounded((2 * weighted) / (count * sumOf(sorted)) - (count + 1) / count);
};

/**
 * The Herfindahl–Hirschman index: the sum of the squared shares, 1 ÷ n if n hold the same, 1 if one
 * holds all (A. O. Hirschman, The Paternity of an Index, American Economic Review 54, 1964). Competition
 * authorities write the same with shares in per cent, from 0 to 10,000.
 */
export const hhi = (values: readonly number[]): number | null => {
  const shares = sharesOf(values);
  return shares && rounded(sumOf(shares.map((share) => share * share)));
};

/** The concentration ratio CRₙ: the share of all that the n largest hold; all of it if there are fewer. */
export const topShare = (values: readonly number[], n: number): number | null => {
  const sorted = ascending(values);
  if (!sorted || n < 1) return null;
  return rounded(sumOf(sorted.slice(-Math.floor(n))) / sumOf(sorted));
};

/**
 * Shannon's evenness J = H ÷ ln S, with H = −Σ p·ln p over the S categories that occur (E. C. Pielou,
 * Journal of Theoretical Biology 13, 1966): 1 if all are equally frequent, towards 0 if one outweighs
 * the others. A single category, for which J is 0 ÷ 0, is 0 here: there is no variety at all.
 * @param counts how often each category occurs; those that do not occur are left out.
 */
export const shannonEvenness = (counts: readonly number[]): number | null => {
  const shares = sharesOf(counts)?.filter((share) => share > 0);
  if (!shares) return null;
  if (shares.length === 1) return 0;
  const entropy = -sumOf(shares.map((share) => share * Math.log(share)));
  return rounded(entropy / Math.log(shares.length));
};
