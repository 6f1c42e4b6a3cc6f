import { BadInput } from '../../shared/errors';
import { apportion, type Fixed } from './fixed';
import type { Part } from './keys';

/** The flows that are alike in every dimension, added up. */
export interface Sum {
  values: readonly (string | null)[];
  amount: Fixed;
  flows: number;
  estimated: Fixed;
  attributed: Fixed;
}

/** What is counted of one lot, and what its columns hold. */
export interface Counted {
  /** For each dimension the values that the lot has in it, with their parts. */
  parts: readonly (readonly Part[])[];
  amount: Fixed;
  flows: number;
  estimated: boolean;
  attributed: boolean;
}

/** Some 300 bytes each: what bounds the memory that an answer takes. */
const MOST_ROWS = 1_000_000;
/** Parts of parts are weighed in whole numbers of these. */
const WEIGHT = 10n ** 12n;

interface Combination {
  values: (string | null)[];
  weight: bigint;
  estimated: boolean;
}

/** Every way to take one value of each dimension. */
const combine = (parts: Counted['parts']): Combination[] =>
  parts.reduce<Combination[]>(
    (before, values) =>
      before.flatMap((combination) =>
        values.map(({ value, over, under, estimated }) => ({
          values: [...combination.values, value],
          weight: (combination.weight * over) / under,
          estimated: combination.estimated || estimated,
        })),
      ),
    [{ values: [], weight: WEIGHT, estimated: false }],
  );

const compare = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;

/** A name for the values of a row; no value has the first character of it. */
export const nameOf = (values: readonly (string | null)[]): string =>
  values.map((value) => (value === null ? '\u0000' : value)).join('\u0001');

/** The names of the rows that a lot is in, by {@link nameOf} their values. */
export const namesOf = (parts: Counted['parts']): string[] =>
  combine(parts).map(({ values }) => nameOf(values));

/** Adds lots up to rows, some after the others. */
export const createRows = () => {
  const sums = new Map<string, Sum>();
  const add = (
    values: (string | null)[],
    amount: Fixed,
    { flows, attributed }: Counted,
    estimated: boolean,
  ) => {
    const name = nameOf(values);
    let sum = sums.get(name);
    if (!sum) {
      sum = { values, amount: 0n, flows: 0, estimated: 0n, attributed: 0n };
      sums.set(name, sum);
      if (sums.size > MOST_ROWS)
        throw new BadInput(
          `The answer would have over ${MOST_ROWS} rows; narrow the filter or leave out a dimension.`,
        );
    }
    sum.amount += amount;
    sum.flows += flows;
    if (estimated) sum.estimated += amount;
    if (attributed) sum.attributed += amount;
  };
  return {
    /** @throws BadInput if there would be too many rows. */
    add: (counted: Iterable<Counted>): void => {
      for (const lot of counted) {
        const { parts, amount, estimated } = lot;
        // Most lots have one value of each.
        if (parts.every(({ length }) => length === 1)) {
          add(
            parts.map(([only]) => only?.value ?? null),
            amount,
            lot,
            estimated || parts.some(([only]) => only?.estimated),
          );
          continue;
        }
        const combinations = combine(parts);
        const amounts = apportion(
          amount,
          combinations.map(({ weight }) => weight),
        );
        combinations.forEach((combination, index) => {
          add(combination.values, amounts[index] ?? 0n, lot, estimated || combination.estimated);
        });
      }
    },

    /** The rows, largest amount first; among equals by their keys, the unknown last. */
    inOrder: (): Sum[] =>
      [...sums.values()].sort((a, b) => {
        if (a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
        for (const [index, value] of a.values.entries()) {
          const order = compare(value, b.values[index] ?? null);
          if (order !== 0) return order;
        }
        return 0;
      }),
  };
};
