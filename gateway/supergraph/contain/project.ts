import {
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { UnusableAnswer } from '../bounded-answer';
import { leafReader, type LeafRules, type ReadLeaf } from './leaf';
import type { AskedField, Shape } from './shape';
import { Breach } from './standing';

/** A place within an answer. */
export type Path = readonly (string | number)[];

/** A value that was not taken: it is null instead. */
export interface Fault {
  /** The first place of its kind. */
  readonly path: Path;
  readonly says: string;
}

/** What is left of an answer. */
export interface Projected {
  readonly data: Record<string, unknown> | null;
  /** One for each field, wherever in lists it is. */
  readonly faults: readonly Fault[];
}

/** Limits within which values are taken. */
export interface ProjectionRules extends LeafRules {
  /** Items of one list. */
  readonly list: number;
}

/** For each entity that was asked for, its type, in order; null where the query asks for none. */
export type EntityTypes = readonly unknown[] | null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Stands for a value that may not be null and is: whatever holds it is null then. */
const NOTHING = Symbol('nothing');

/** A query may name a field `__proto__`, which is no field like others. */
const set = (object: Record<string, unknown>, key: string, value: unknown): void => {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, writable: true });
};

/**
 * Takes of answers of one schema what was asked for and nothing else, each value as its type allows it. A
 * value that the type does not allow becomes null, and the rest stands.
 */
export const createProjection = (schema: GraphQLSchema, rules: ProjectionRules) => {
  const readers = new Map<GraphQLLeafType, ReadLeaf>();
  const readerOf = (type: GraphQLLeafType): ReadLeaf => {
    const known = readers.get(type) ?? leafReader(type, rules);
    readers.set(type, known);
    return known;
  };

  /** @throws Breach where the answer is of what was not asked for. */
  return (shape: Shape, answer: unknown, entities: EntityTypes): Projected => {
    const faults = new Map<string, Fault>();
    const path: (string | number)[] = [];
    const here = () => path.filter((step) => typeof step === 'string').join('.');

    const fault = (says: string): null => {
      const place = here();
      if (!faults.has(place)) faults.set(place, { path: [...path], says });
      return null;
    };

    const typeNamed = (name: unknown, within: Shape): GraphQLObjectType => {
      const type = typeof name === 'string' ? schema.getType(name) : undefined;
      const fits =
        isObjectType(type) &&
        (type === within.type ||
          (isAbstractType(within.type) && schema.isSubType(within.type, type)));
      if (!fits) throw new Breach(`It answers ${here()} with the type ${JSON.stringify(name)}.`);
      return type;
    };

    const readObject = (
      within: Shape,
      value: Record<string, unknown>,
      expected: GraphQLObjectType | null,
    ): unknown => {
      const runtime =
        expected ?? (isObjectType(within.type) ? within.type : typeNamed(value.__typename, within));
      const fields = within.fieldsOf(runtime);
      const read: Record<string, unknown> = {};
      let whole = true;
      let known = 0;
      for (const [key, field] of fields) {
        // Not what every object inherits: a query may name a field `constructor`.
        const given = Object.hasOwn(value, key);
        if (given) known += 1;
        path.push(key);
        const taken = readField(field, given ? value[key] : undefined, runtime);
        path.pop();
        if (taken === NOTHING) whole = false;
        else set(read, key, taken);
      }
      if (known < Object.keys(value).length) {
        const more = Object.keys(value).find((key) => !fields.has(key));
        throw new Breach(`It was not asked for ${[here(), more].join('.').slice(0, 200)}.`);
      }
      return whole ? read : null;
    };

    const readField = (field: AskedField, value: unknown, parent: GraphQLObjectType): unknown => {
      if (field.name === '__typename') {
        if (value !== parent.name)
          throw new Breach(`It answers ${here()} with ${JSON.stringify(value)}.`);
        return value;
      }
      return readValue(field, field.type, value);
    };

    const readList = (field: AskedField, item: GraphQLOutputType, value: unknown): unknown => {
      if (!Array.isArray(value)) return fault('It is no list.');
      if (value.length > rules.list) return fault(`It has more than ${rules.list} items.`);
      const read: unknown[] = [];
      for (let at = 0; at < value.length; at += 1) {
        path.push(at);
        const taken = readValue(field, item, value[at]);
        path.pop();
        if (taken === NOTHING) return null;
        read.push(taken);
      }
      return read;
    };

    const readValue = (field: AskedField, type: GraphQLOutputType, value: unknown): unknown => {
      if (isNonNullType(type)) {
        if (value === null) fault('It is null, which its type does not allow.');
        return readValue(field, type.ofType as GraphQLOutputType, value) ?? NOTHING;
      }
      if (value === null) return null;
      if (value === undefined) return fault('It is missing.');
      if (isListType(type)) return readList(field, type.ofType as GraphQLOutputType, value);
      if (isLeafType(type)) {
        const read = readerOf(type)(value);
        return read === undefined ? fault(`It is no ${type.name}.`) : read;
      }
      if (!isObject(value) || !field.shape) return fault('It is no object.');
      return readObject(field.shape, value, null);
    };

    const readEntities = (
      { shape: within }: AskedField,
      value: unknown,
      types: readonly unknown[],
    ) => {
      if (!within || !Array.isArray(value) || value.length !== types.length)
        throw new Breach(`It has not the ${types.length} entities that it was asked for.`);
      return value.map((entity: unknown, at) => {
        if (entity === null) return null;
        if (!isObject(entity)) throw new Breach(`Its entity ${at} is no object.`);
        path.push(at);
        const read = readObject(within, entity, typeNamed(types[at], within));
        path.pop();
        return read;
      });
    };

    if (!isObject(answer)) throw new UnusableAnswer('Its data is no object.');
    const root = shape.type as GraphQLObjectType;
    const fields = shape.fieldsOf(root);
    const [first] = fields.values();
    if (entities && first?.name === '_entities') {
      const [key = ''] = fields.keys();
      if (Object.keys(answer).length !== 1)
        throw new Breach('It answers more than the entities that it was asked for.');
      path.push(key);
      return {
        data: { [key]: readEntities(first, answer[key], entities) },
        faults: [...faults.values()],
      };
    }
    const data = readObject(shape, answer, root) as Record<string, unknown> | null;
    return { data, faults: [...faults.values()] };
  };
};
export type Projection = ReturnType<typeof createProjection>;
