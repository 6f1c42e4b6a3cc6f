import type { ClassificationLoader } from '../classification/classification.loader';
import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import { FlowDimension } from './dimension';

/** Dimensions whose values are bodies. */
export const BODIES: ReadonlySet<FlowDimension> = new Set([
  FlowDimension.PROVIDER,
  FlowDimension.RECEIVER,
  FlowDimension.FIRST_RECIPIENT,
  FlowDimension.FINAL_RECIPIENT,
]);
const OUTCOMES: ReadonlySet<FlowDimension> = new Set([
  FlowDimension.PROVIDER_OUTCOME,
  FlowDimension.RECEIVER_OUTCOME,
]);
/** Dimensions whose columns hold keys of bodies. */
export const KEYED: ReadonlySet<FlowDimension> = new Set([
  ...BODIES,
  ...OUTCOMES,
  FlowDimension.CONSTITUENCY,
]);

/** The values of one dimension that a lot has, each with its part of the lot. */
export interface Part {
  value: string | null;
  over: bigint;
  under: bigint;
  estimated: boolean;
}
const whole = (value: string | null): Part[] => [{ value, over: 1n, under: 1n, estimated: false }];

/** Reads what columns hold as the keys of rows. */
export const createKeyReader = (facts: FactsStore, classifications: ClassificationLoader) => {
  const outcomesOf = async (ids: readonly string[], asOf: string): Promise<Map<string, string>> => {
    const found = await Promise.all(ids.map((id) => classifications.of(id, { asOf })));
    return new Map(
      ids.flatMap((id, index) => {
        const outcome = found[index]?.outcome;
        return outcome === undefined ? [] : [[id, outcome] as const];
      }),
    );
  };

  /** How values in the column of a dimension are read, all of them looked up at once. */
  return async (
    dimension: FlowDimension,
    values: ReadonlySet<string>,
    ids: ReadonlyMap<string, string>,
    asOf: string,
  ): Promise<(value: string | null) => Part[]> => {
    const idOf = (key: string | null) => (key === null ? null : (ids.get(key) ?? null));
    const bodies = [...new Set([...values].map(idOf).filter(present))];
    if (OUTCOMES.has(dimension)) {
      const outcomes = await outcomesOf(bodies, asOf);
      return (key) => whole(outcomes.get(idOf(key) ?? '') ?? null);
    }
    if (dimension === FlowDimension.CONSTITUENCY) {
      const known = new Map(
        (await facts.bodies(bodies)).map(({ id, constituencies }) => [id, constituencies]),
      );
      return (key) => {
        const found = known.get(idOf(key) ?? '') ?? [];
        if (found.length === 0) return whole(null);
        const under = BigInt(found.length);
        return found.map((value) => ({ value, over: 1n, under, estimated: found.length > 1 }));
      };
    }
    if (BODIES.has(dimension)) return (key) => whole(idOf(key));
    if (dimension === FlowDimension.AID_TYPE)
      return (text) => {
        const types = JSON.parse(text ?? '[]') as { vocabulary?: string; code: string }[];
        const dac = types.find(({ vocabulary }) => (vocabulary ?? '1') === '1');
        return whole(dac?.code ?? null);
      };
    return whole;
  };
};
export type KeyReader = ReturnType<typeof createKeyReader>;
