import type { Answer } from './bench';
import type { Entity } from './entity';
import { type Selection, selectionOf, textOf } from './selection';
import { getNamedType, type GraphQLSchema, isObjectType } from 'graphql';

const DEPTH = 4;
const FIELDS = 60;
const ROOTS = 40;
/** Enough to tell order and duplicates by. */
const MOST_KEYS = 20;

/** How keys of an entity are named: `Organisation.id`. */
export const sampleName = ({ type, key }: Entity): string => `${type.name}.${key}`;

const collect = (value: unknown, selection: Selection, into: Map<string, Set<string>>): void => {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, selection, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, { inner, of }] of selection) {
      const found = (value as Readonly<Record<string, unknown>>)[name];
      if (inner) collect(found, inner, into);
      else if (typeof found === 'string') {
        const known = into.get(`${of}.${name}`) ?? new Set<string>();
        if (known.size < MOST_KEYS) known.add(found);
        into.set(`${of}.${name}`, known);
      }
    }
  }
};

/** A query for the keys of entities that a root field leads to, for each that can be asked as it is. */
const questionsFor = (schema: GraphQLSchema, entities: readonly Entity[]) => {
  const query = schema.getQueryType();
  if (!query) return [];
  const wanted = new Set(entities.map(sampleName));
  const isKey = (type: { name: string }, field: string) => wanted.has(`${type.name}.${field}`);
  return [...selectionOf(query, 2, { fields: Infinity })]
    .slice(0, ROOTS)
    .flatMap(([name, { type }]) => {
      const target = getNamedType(type);
      if (!isObjectType(target)) return [];
      const selection = selectionOf(target, DEPTH, { fields: FIELDS }, isKey);
      return selection.size === 0 ? [] : [{ name, selection }];
    });
};

/**
 * Keys of entities that the subgraph knows: those that are given, and those that its root fields lead to.
 * @param given by `Type` or `Type.field`.
 */
export const findSamples = async (
  schema: GraphQLSchema,
  entities: readonly Entity[],
  given: Readonly<Record<string, readonly string[]>>,
  ask: (query: string) => Promise<Answer>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, Set<string>>();
  for (const entity of entities) {
    const keys = given[sampleName(entity)] ?? given[entity.type.name] ?? [];
    found.set(sampleName(entity), new Set(keys.slice(0, MOST_KEYS)));
  }
  for (const { name, selection } of questionsFor(schema, entities)) {
    // A field that cannot be asked is told of by the check of root fields.
    const answer = await ask(`{ ${name} ${textOf(selection)} }`).catch(() => null);
    collect(answer?.data?.[name], selection, found);
  }
  return new Map([...found].map(([name, keys]) => [name, [...keys]]));
};
