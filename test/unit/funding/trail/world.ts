import {
  type Books,
  booksOf,
  type Got,
  type Paid,
} from '../../../../subgraphs/funding/trail/books';
import {
  begin,
  type Bounds,
  type Ended,
  follow,
  placesOf,
} from '../../../../subgraphs/funding/trail/follow';

/** One transfer of a small world. */
export interface Transfer {
  from: string;
  to: string | null;
  amount: number;
  /** The payer's activity out of which it was paid. */
  out?: string;
  /** The receiver's activity for which it was paid. */
  into?: string;
}

const paidBy = (world: readonly Transfer[], body: string): Paid[] =>
  world
    .filter(({ from, to }) => from === body && to !== body)
    .map(({ to, amount, out, into }, place) => ({
      receiver: to,
      host: null,
      from: out ?? null,
      into: into ?? null,
      amount: BigInt(amount),
      flows: 1,
      flowIds: [`${body}-${place}`],
    }));

/** The books of each body of a small world. */
export const booksIn = (
  world: readonly Transfer[],
  partOf: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, Books> =>
  new Map(
    [...new Set(world.flatMap(({ from, to }) => [from, ...(to === null ? [] : [to])]))].map(
      (body) => {
        const got = world
          .filter(({ from, to }) => to === body && from !== body)
          .map(({ amount, into }): Got => ({ into: into ?? null, amount: BigInt(amount) }));
        return [body, booksOf(got, paidBy(world, body), partOf, 0)];
      },
    ),
  );

/** Bounds that hold nothing back. */
export const boundsOf = (more: Partial<Bounds> = {}): Bounds => ({
  from: 'D',
  maxHops: 12,
  to: null,
  leads: () => true,
  ...more,
});

/** A page of the trail of a donor's money in a small world. */
export const pageIn = async (
  world: readonly Transfer[],
  first: number,
  after: Ended | undefined,
  bounds = boundsOf(),
  partOf: ReadonlyMap<string, readonly string[]> = new Map(),
) => {
  const asked: string[][] = [];
  const books = booksIn(world, partOf);
  const begun = begin(paidBy(world, bounds.from), bounds, after ? placesOf(after) : []);
  const page = await follow(begun.items, first, bounds, async (bodies) => {
    asked.push([...bodies]);
    return books;
  });
  return { ...page, total: begun.total, asked };
};

/** All ends of the trail of a donor's money in a small world. */
export const endsIn = async (
  world: readonly Transfer[],
  bounds = boundsOf(),
  partOf: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<Ended[]> => (await pageIn(world, 1_000_000, undefined, bounds, partOf)).ends;

/** An end in short: `D > A > B RETAINED 30`, with `~` where it is attributed. */
export const inShort = ({ way, end, amount, attributed }: Ended): string =>
  `${[way[0]?.from, ...way.map(({ to }) => to ?? '?')].join(' > ')} ${end} ${attributed ? '~' : ''}${amount}`;
