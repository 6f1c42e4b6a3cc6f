import { compareTexts } from '../../shared/ids';
import type { Got } from './books';
import { type TrailBasis, TrailEnd } from './trail-enums';

/** Money of the donor on its way from one body to the next. */
export interface Step {
  from: string;
  /** Null: nobody says who got it. */
  to: string | null;
  /** The donor's money on it, in billionths of the currency. */
  amount: bigint;
  /** All that was paid on it, whoever's money it was. */
  paid: bigint;
  basis: TrailBasis;
  attributed: boolean;
  /** The hosts that got any of it for whom it was paid. */
  hosts: readonly string[];
  flows: number;
  flowIds: readonly string[];
}

/** Where a place stands among those that branch off from the same body: by amount, then by name. */
export interface Place {
  amount: bigint;
  /** Unique among its siblings. */
  name: string;
}

/** The donor's money at a body, not yet looked at further. */
export interface Open extends Place {
  body: string;
  /** The same amount, by the body's activity. */
  into: readonly Got[];
  way: readonly Step[];
  attributed: boolean;
  /** What is left of the cursor, if it goes through here. */
  after: readonly Place[];
}

/** Where some of the donor's money ended. */
export interface Ended extends Place {
  end: TrailEnd;
  /** Null: an unknown receiver. */
  body: string | null;
  way: readonly Step[];
  attributed: boolean;
  /** Payments of the last body that could not be converted: they are in what it kept. */
  unconverted: number;
}

/** What bounds a trail. */
export interface Bounds {
  from: string;
  /** How many bodies may stand between. */
  maxHops: number;
  /** Whether money at a body, with so many bodies between, can still get where it is asked for. */
  leads: (body: string, between: number) => boolean;
  /** Where money is asked for; null: everywhere. */
  to: string | null;
}

export type Item = Open | Ended;
export const isOpen = (item: Item): item is Open => !('end' in item);

/** The largest amount first; equal ones by name. */
const compare = (a: Place, b: Place): number =>
  a.amount === b.amount ? compareTexts(a.name, b.name) : a.amount > b.amount ? -1 : 1;

/** Siblings in order, from where the cursor stands. */
export const inOrder = (items: readonly Item[], [first, ...rest]: readonly Place[]): Item[] => {
  const sorted = [...items].sort(compare);
  if (!first) return sorted;
  return sorted.flatMap((item) => {
    const order = compare(item, first);
    if (order < 0 || (order === 0 && (!isOpen(item) || rest.length === 0))) return [];
    return [order === 0 && isOpen(item) ? { ...item, after: rest } : item];
  });
};

export const nameOf = (end: TrailEnd | 'ON', body: string | null): string => `${end} ${body ?? ''}`;

export const ended = (
  end: TrailEnd,
  body: string | null,
  amount: bigint,
  way: readonly Step[],
  attributed: boolean,
  unconverted = 0,
): Ended => ({ end, body, amount, way, attributed, unconverted, name: nameOf(end, body) });

/** What a step leads to: an end, or money to be looked at further. */
export const beyond = (
  step: Step,
  before: readonly Step[],
  into: readonly Got[],
  bounds: Bounds,
) => {
  const { to, amount, attributed } = step;
  const way = [...before, step];
  const at = (end: TrailEnd) => ended(end, to, amount, way, attributed);
  if (amount < 0n) return at(TrailEnd.REPAID);
  if (to === null) return at(TrailEnd.UNKNOWN_RECEIVER);
  if (to === bounds.from || before.some((earlier) => earlier.to === to)) return at(TrailEnd.CYCLE);
  if (to === bounds.to) return at(TrailEnd.REACHED);
  return { body: to, amount, into, way, attributed, after: [], name: nameOf('ON', to) } as Open;
};

/** Whether something is on the way to where money is asked for. */
export const isWanted = (item: Item, { to, leads }: Bounds): boolean =>
  to === null ||
  (isOpen(item) ? leads(item.body, item.way.length - 1) : item.body === to && item.amount !== 0n);
