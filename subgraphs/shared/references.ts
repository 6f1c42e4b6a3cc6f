import type { BodiesLoader } from './bodies';
import { type ProvenanceFields, type Stamp, toProvenance } from './provenance';

/** The body that a row names by a key; null if it names none, or one that does not exist for the viewer. */
export const bodyOf = async (
  key: string | null,
  bodies: BodiesLoader,
): Promise<{ id: string } | null> => {
  const id = key === null ? null : await bodies.idOf.load(key);
  return id === null ? null : { id };
};

/**
 * Whether a row names a body that does not exist for the viewer. Whether nobody knows the body or this
 * viewer may not makes no difference, so that the one cannot be told from the other.
 */
export const namesUnseen = async (
  keys: readonly (string | null)[],
  bodies: BodiesLoader,
): Promise<boolean> => {
  const named = keys.filter((key) => key !== null);
  return (await bodies.idOf.loadMany(named)).some((id) => typeof id !== 'string');
};

/**
 * Where a row that names bodies came from. If one of them does not exist for the viewer, without the
 * words of the record's author: ids, addresses and notes often say who is meant.
 * @param keys the keys of all bodies that the row names.
 */
export const provenanceOf = async (
  stamp: Stamp,
  keys: readonly (string | null)[],
  bodies: BodiesLoader,
): Promise<ProvenanceFields> => {
  const provenance = toProvenance(stamp);
  return (await namesUnseen(keys, bodies))
    ? { ...provenance, record: null, url: null, citation: null, note: null }
    : provenance;
};
