import type { Side } from '../flow/columns';
import { CountingBasis } from './basis';
import { type Balances, bears } from './counting';
import { FlowDimension, withBodyId } from './dimension';
import type { KeyReader } from './keys';
import { type LotQuestion, type LotRow, type LotStore, valueAt } from './lots.store';
import { nameOf, namesOf } from './rows';
import type { Scope } from './scope';

/** Counts the different bodies on a side of the flows of every row, by the rows' names. */
export type BodiesOn = (side: Side) => Promise<ReadonlyMap<string, number>>;

/** How the flows of an answer are counted. */
interface Counting {
  basis: CountingBasis;
  balances: Balances;
  asOf: string;
}

/**
 * Counts the bodies that gave or got the flows of which something is counted, by row. Whom no record names,
 * or whom the viewer may not see, is none. One look at the flows for each side; linear in them.
 */
export const createBodyCounter = (lots: LotStore, scopes: Scope, keys: KeyReader) => {
  return (question: LotQuestion, { basis, balances, asOf }: Counting): BodiesOn =>
    async (side) => {
      const { dimensions } = question;
      const readers = keys.readers(dimensions, asOf);
      const ids = new Map<string, string | null>();
      const idOf = (key: string | null | undefined) => (key && ids.get(key)) ?? null;
      const valueOf = (row: LotRow, place: number) =>
        withBodyId(dimensions[place] ?? FlowDimension.YEAR, valueAt(row, place), idOf);
      const bodies = new Map<string, Set<string>>();
      const asked = { ...question, [side]: 'EACH', distinct: true };
      const spans = basis === CountingBasis.GROSS_THROUGHPUT ? await lots.spans(asked) : [{}];
      for (const span of spans) {
        const rows = await lots.lots({ ...asked, span });
        await scopes.addIds(ids, rows, dimensions);
        await readers.prepare(function* (place) {
          for (const row of rows) yield valueOf(row, place);
        });
        for (const row of rows) {
          const { origin = null, provider_key, receiver_key } = row;
          if (origin === 'SHARED') continue;
          const lot = { provider: idOf(provider_key), receiver: idOf(receiver_key), origin };
          const id = lot[side];
          if (id === null || !bears(basis, lot, balances)) continue;
          const parts = dimensions.map((_, place) => readers.read(valueOf(row, place), place));
          for (const name of namesOf(parts)) {
            const known = bodies.get(name);
            if (known) known.add(id);
            else bodies.set(name, new Set([id]));
          }
        }
      }
      return new Map([...bodies].map(([name, { size }]) => [name, size]));
    };
};

/** The bodies of single rows, all rows of a side counted at once when the first is asked for. */
export const rowBodies = (bodiesOn: BodiesOn) => {
  const asked = new Map<Side, ReturnType<BodiesOn>>();
  return async (side: Side, values: readonly (string | null)[]): Promise<number> => {
    const counts = asked.get(side) ?? bodiesOn(side);
    asked.set(side, counts);
    return (await counts).get(nameOf(values)) ?? 0;
  };
};
