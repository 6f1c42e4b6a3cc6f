import { OrganisationKind } from '../../shared/vocabulary';
import type { ClassificationLoader } from '../classification/classification.loader';
import { Modality } from '../classification/classify';
import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import { belongingOf } from './belonging';
import type { FlowDimension } from './dimension';
import { readLocality } from './dimension';

/** A value that a lot has in a dimension, with its part of the lot. */
export interface Part {
  value: string | null;
  over: bigint;
  under: bigint;
  estimated: boolean;
}
export const whole = (value: string | null): readonly Part[] => [
  { value, over: 1n, under: 1n, estimated: false },
];
type Read = (value: string | null) => readonly Part[];
/** Makes a reader of some values, which are ids of bodies where the dimension is of bodies. */
type Maker = (values: readonly string[], asOf: string) => Promise<Read>;

/** Reads what lots hold as the keys of rows, many of which have the same value. */
export interface Readers {
  /** Looks up values, all that are new of a dimension at once. */
  prepare: (valuesAt: (place: number) => Iterable<string | null>) => Promise<void>;
  read: (value: string | null, place: number) => readonly Part[];
}

const isNetwork = (outcome: Modality | undefined) =>
  outcome === Modality.NETWORK || outcome === Modality.HYBRID;
const LOCAL_TYPES: readonly string[] = [
  OrganisationKind.NATIONAL_NGO,
  OrganisationKind.PARTNER_COUNTRY_NGO,
];

/** Reads what lots hold as the keys of rows. */
export const createKeyReader = (facts: FactsStore, classifications: ClassificationLoader) => {
  const { outcomesOf } = classifications;

  const standing: Maker = async (bodies, asOf) => {
    const outcomes = await outcomesOf(bodies, asOf);
    const { directly } = await belongingOf(facts, bodies, asOf);
    const above = [...new Set([...directly.values()].flat())];
    const networks = await outcomesOf(above, asOf);
    return (id) => {
      if (id === null) return whole(null);
      const outcome = outcomes.get(id);
      if (isNetwork(outcome)) return whole('NETWORK');
      if (outcome === Modality.INTERMEDIARY) return whole('INTERMEDIARY');
      if ((directly.get(id) ?? []).some((network) => isNetwork(networks.get(network))))
        return whole('MEMBER');
      return whole(outcome === Modality.NEITHER ? 'OTHER' : null);
    };
  };

  const locality: Maker = async (values, asOf) => {
    const ids = [...new Set(values.map((value) => readLocality(value)[1]))].filter((id) => id);
    const { directly } = await belongingOf(facts, ids, asOf);
    const above = [...new Set([...directly.values()].flat())];
    const bodies = new Map((await facts.bodies([...ids, ...above])).map((body) => [body.id, body]));
    const outcomes = await outcomesOf(above, asOf);
    return (value) => {
      const [country, id] = readLocality(value ?? ' ');
      const seat = bodies.get(id)?.country ?? null;
      if (country === '' || seat === null) return whole(null);
      if (seat !== country) return whole('NOT_LOCAL');
      const families = (directly.get(id) ?? []).filter((other) => {
        const body = bodies.get(other);
        return body?.kind === 'INTERNATIONAL_NGO' && body.country !== seat;
      });
      const known = families.map((other) => outcomes.get(other));
      if (known.some((of) => of === Modality.INTERMEDIARY || of === Modality.NEITHER))
        return whole('NOT_LOCAL');
      return whole(known.every(isNetwork) ? 'LOCAL' : null);
    };
  };

  const outcome: Maker = async (ids, asOf) => {
    const outcomes = await outcomesOf(ids, asOf);
    return (id) => whole(outcomes.get(id ?? '') ?? null);
  };

  const localityByType: Maker = async (ids) => {
    const kinds = new Map((await facts.bodies(ids)).map(({ id, kind }) => [id, kind]));
    return (id) => {
      const kind = kinds.get(id ?? '') ?? 'UNKNOWN';
      if (kind === 'UNKNOWN') return whole(null);
      return whole(LOCAL_TYPES.includes(kind) ? 'LOCAL' : 'NOT_LOCAL');
    };
  };

  const constituency: Maker = async (ids) => {
    const bodies = await facts.bodies(ids);
    const known = new Map(bodies.map(({ id, constituencies }) => [id, constituencies]));
    return (id) => {
      const found = known.get(id ?? '') ?? [];
      if (found.length === 0) return whole(null);
      const under = BigInt(found.length);
      return found.map((value) => ({ value, over: 1n, under, estimated: found.length > 1 }));
    };
  };

  const aidType: Read = (text) => {
    const types = JSON.parse(text ?? '[]') as { vocabulary?: string; code: string }[];
    const dac = types.find(({ vocabulary }) => (vocabulary ?? '1') === '1');
    return whole(dac?.code ?? null);
  };

  /** How values that do not stand for themselves are read, all of them looked up at once. */
  const makers: Partial<Record<FlowDimension, Maker>> = {
    PROVIDER_OUTCOME: outcome,
    RECEIVER_OUTCOME: outcome,
    RECEIVER_STANDING: standing,
    LOCALITY: locality,
    LOCALITY_BY_TYPE: localityByType,
    CONSTITUENCY: constituency,
    AID_TYPE: () => Promise.resolve(aidType),
  };

  return {
    outcomesOf,
    /** Readers of several dimensions, which know the values that they were prepared for. */
    readers: (dimensions: readonly FlowDimension[], asOf: string): Readers => {
      const known = dimensions.map(() => new Map<string | null, readonly Part[]>());
      return {
        prepare: async (valuesAt) => {
          for (const [place, dimension] of dimensions.entries()) {
            const parts = known[place] ?? new Map<string | null, readonly Part[]>();
            const values = new Set<string | null>();
            for (const value of valuesAt(place)) if (!parts.has(value)) values.add(value);
            const asked = [...values].filter(present);
            const read = (await makers[dimension]?.(asked, asOf)) ?? whole;
            for (const value of values) parts.set(value, read(value));
          }
        },
        read: (value, place) => known[place]?.get(value) ?? whole(null),
      };
    },
  };
};
export type KeyReader = ReturnType<typeof createKeyReader>;
