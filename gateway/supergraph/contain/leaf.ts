import { type GraphQLLeafType, isEnumType } from 'graphql';
import {
  DateScalar,
  DateTimeScalar,
  DecimalScalar,
  UrlScalar,
} from '../../../subgraphs/shared/scalars';
import { cleanText } from './text';

/** Reads one value of a leaf; undefined if the type does not allow it. */
export type ReadLeaf = (value: unknown) => unknown;

/** How far values of a source are looked at: ours are taken as they are, once their kind is right. */
export interface LeafRules {
  readonly ours: boolean;
  /** Characters of one text. */
  readonly text: number;
}

const LEAST_INT = -(2 ** 31);
const MOST_INT = 2 ** 31 - 1;

const OURS = new Map(
  [DateScalar, DateTimeScalar, DecimalScalar, UrlScalar].map((one) => [one.name, one]),
);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** How values of a leaf type are read, by its kind; an enum's are among the published ones. */
export const leafReader = (type: GraphQLLeafType, { ours, text }: LeafRules): ReadLeaf => {
  const readText: ReadLeaf = (value) => {
    if (typeof value !== 'string' || value.length > text) return undefined;
    return ours ? value : cleanText(value);
  };
  if (isEnumType(type))
    return (value) => (typeof value === 'string' && type.getValue(value) ? value : undefined);
  switch (type.name) {
    case 'Int':
      return (value) =>
        isWhole(value) && value >= LEAST_INT && value <= MOST_INT ? value : undefined;
    case 'Float':
      return (value) => (Number.isFinite(value) ? value : undefined);
    case 'Boolean':
      return (value) => (typeof value === 'boolean' ? value : undefined);
    case 'String':
      return readText;
    case 'ID':
      return (value) => (isWhole(value) ? String(value) : readText(value));
  }
  const known = ours ? undefined : OURS.get(type.name);
  return (value) => {
    // A scalar of a partner's own may be any single value, but nothing that holds others.
    if (typeof value === 'boolean' || Number.isFinite(value)) return known ? undefined : value;
    const read = readText(value);
    if (!known || read === undefined) return read;
    try {
      return known.parseValue(read);
    } catch {
      return undefined;
    }
  };
};
