import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../../../partners';
import { askEntities, type Found, wholeOf } from '../ask-entities';
import { type Bench, type Check, finding, type Outcome, shown } from '../bench';
import type { Entity } from '../entity';
import { sampleName } from '../samples';
import { createValueChecks } from '../values';

const DEPTH = 2;
/** So many are asked for with all that the schema has of them. */
const FEW = 5;
const MANY = 1000;
const UNKNOWN = 'conformance-unknown';
/** Keys that no entity has, and that programs have stumbled over. */
const ODD_KEYS = [UNKNOWN, '', '__proto__', 'constructor', "'; --", '\u202egnp', 'x'.repeat(5000)];

/** One after the other, so that a report says which. */
const forEach = async (
  { entities }: Bench,
  run: (entity: Entity) => Promise<readonly Finding[]>,
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const entity of entities) findings.push(...(await run(entity)));
  return findings;
};

const knownOf = (bench: Bench, entity: Entity): readonly string[] =>
  bench.samples.get(sampleName(entity)) ?? [];

const outcome = ({ entities }: Bench, says: string, findings: readonly Finding[]): Outcome =>
  entities.length > 0
    ? { says, findings }
    : { says: 'there are no entities', findings, skipped: true };

const duplicatesDiffer = (keys: readonly string[], found: Found): boolean => {
  const first = new Map<string, unknown>();
  return keys.some((key, place) => {
    if (first.has(key)) return !isDeepStrictEqual(first.get(key), found[place]);
    first.set(key, found[place]);
    return false;
  });
};

const orderCheck: Check = {
  id: 'entities-order',
  title: 'Entities come in the order in which they are asked for',
  run: async (bench) => {
    const findings = await forEach(bench, async (entity) => {
      const few = knownOf(bench, entity).slice(0, FEW);
      const keys = [...few, UNKNOWN, ...few.toReversed(), ...few];
      const { found, findings } = await askEntities(bench, entity, keys, wholeOf(entity, 1));
      if (found === null || !duplicatesDiffer(keys, found)) return findings;
      return [
        finding(
          'ENTITY_DUPLICATE',
          'The same key twice in one question is answered in two ways.',
          'Answer each representation by its key alone.',
          { coordinate: sampleName(entity) },
        ),
      ];
    });
    return outcome(
      bench,
      'with unknown keys between them, and keys that are there twice',
      findings,
    );
  },
};

/** Whether a value says something; a count of nothing does not. */
const says = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0);

/** What is told of something that nobody can know, apart from its key. */
const toldOf = ({ key }: Entity, found: Found) =>
  found
    .flatMap((one) => Object.entries(one ?? {}).filter(([, value]) => value !== one?.[key]))
    .find(([name, value]) => name !== '__typename' && says(value));

const unknownCheck: Check = {
  id: 'entities-unknown',
  title: 'Unknown keys are answered with null',
  run: async (bench) => {
    const findings = await forEach(bench, async (entity) => {
      const { found, findings } = await askEntities(bench, entity, ODD_KEYS, wholeOf(entity, 1));
      const told = toldOf(entity, found ?? []);
      if (!told) return findings;
      return [
        finding(
          'ENTITY_UNKNOWN',
          `Of a key that nobody has it tells ${shown(told[1])}.`,
          'Answer null for an entity that you do not know.',
          { coordinate: `${entity.type.name}.${told[0]}` },
        ),
      ];
    });
    return outcome(bench, 'or with the key alone, and never with an error', findings);
  },
};

const manyCheck: Check = {
  id: 'entities-many',
  title: `${MANY} keys at once`,
  run: async (bench) => {
    const began = performance.now();
    const findings = await forEach(bench, async (entity) => {
      const known = knownOf(bench, entity);
      const keys = Array.from(
        { length: MANY },
        (_, place) => known[place % (2 * known.length || 1)] ?? `${UNKNOWN}-${place}`,
      );
      const none = await askEntities(bench, entity, [], wholeOf(entity, 1));
      const { findings } = await askEntities(bench, entity, keys, wholeOf(entity, 1));
      return [...none.findings, ...findings];
    });
    const ms = Math.round(performance.now() - began);
    return outcome(bench, `and none at all, of each entity: ${ms} ms together`, findings);
  },
};

const valuesCheck: Check = {
  id: 'entities-values',
  title: 'Entities are what the schema says',
  run: async (bench) => {
    const values = createValueChecks();
    let known = 0;
    const findings = await forEach(bench, async (entity) => {
      const coordinate = sampleName(entity);
      const few = knownOf(bench, entity).slice(0, FEW);
      const selection = wholeOf(entity, DEPTH);
      const { found, findings } = await askEntities(bench, entity, few, selection);
      const told = (found ?? []).filter((one) => one !== null);
      known += told.length;
      for (const one of told)
        values.checkObject(one, entity.type.name, selection, coordinate, false);
      if (told.length > 0 || findings.length > 0) return findings;
      return [
        finding(
          'ENTITY_NONE_KNOWN',
          'None of the keys that were tried is known to it, so its answers could not be looked at.',
          `Name some that you know: --keys ${entity.type.name}:key,key`,
          { coordinate, severity: 'WARNING' },
        ),
      ];
    });
    return outcome(bench, `${known} were looked at`, [...findings, ...values.findings()]);
  },
};

/** What is asked of entities. */
export const ENTITY_CHECKS: readonly Check[] = [orderCheck, unknownCheck, manyCheck, valuesCheck];
