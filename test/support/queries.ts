import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { createRandom, type Random } from '../../scripts/builtin/fictional/random';

/** Values for arguments by the name of the argument or input field; any other text comes from `any`. */
export type Pools = Readonly<Record<string, readonly string[]>> & { any: readonly string[] };

const DEEPEST = 6;
const FIELDS_AT_MOST = 40;

/**
 * Random queries over a schema, that follow from the seed: fields to some depth, with filters, orders,
 * pages, and cursors that earlier answers gave.
 * @param leastFirst the smallest and largest page asked for.
 */
export const createQueries = (
  schema: GraphQLSchema,
  seed: number,
  pools: Pools,
  pages: { least: number; most: number } = { least: 1, most: 4 },
) => {
  const random: Random = createRandom(seed);
  const oneIn = (n: number) => random.between(1, n) === 1;
  const cursors: string[] = [];
  let budget = 0;

  const leaf = (name: string, type: string): string => {
    switch (type) {
      case 'Int':
        return String(name === 'year' ? random.between(2020, 2025) : random.between(1, 3));
      case 'Boolean':
        return String(oneIn(2));
      case 'Date':
        return `"${random.between(2018, 2026)}-0${random.between(1, 9)}-15"`;
      case 'DateTime':
        return `"202${random.between(3, 6)}-0${random.between(1, 9)}-01T00:00:00.000Z"`;
      case 'Decimal':
        return `"${random.between(0, 500)}000"`;
      default:
        return JSON.stringify(random.pick(pools[name] ?? pools.any));
    }
  };

  const value = (name: string, given: GraphQLInputType): string => {
    const type = getNullableType(given);
    if (isListType(type))
      return `[${Array.from({ length: random.between(1, 3) }, () => value(name, type.ofType)).join(', ')}]`;
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (isInputObjectType(type)) return input(type);
    return leaf(name, getNamedType(type).name);
  };

  const input = (type: GraphQLInputObjectType): string => {
    const fields = random.some(Object.values(type.getFields()), random.between(1, 2));
    return `{ ${fields.map((field) => `${field.name}: ${value(field.name, field.type)}`).join(', ')} }`;
  };

  const argument = ({ name, type, defaultValue }: GraphQLArgument): string[] => {
    if (name === 'first') return [`first: ${random.between(pages.least, pages.most)}`];
    if (name === 'after')
      return cursors.length > 0 && oneIn(6) ? [`after: "${random.pick(cursors)}"`] : [];
    const needed = isNonNullType(type) && defaultValue === undefined;
    return needed || oneIn(3) ? [`${name}: ${value(name, type)}`] : [];
  };

  const field = (of: GraphQLField<unknown, unknown>, depth: number, alias = ''): string | null => {
    const type = getNamedType(of.type);
    const args = of.args.flatMap(argument);
    const inner = isObjectType(type) ? selections(type, depth + 1) : '';
    if (inner === null) return null;
    budget -= 1;
    return `${alias}${of.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${inner}`;
  };

  const selections = (type: GraphQLObjectType, depth: number): string | null => {
    const all = Object.values(type.getFields());
    const leaves = all.filter(({ type: of }) => !isObjectType(getNamedType(of)));
    const branches = all.filter(({ type: of }) => isObjectType(getNamedType(of)));
    const deeper =
      depth >= DEEPEST || budget <= 0 ? [] : random.some(branches, random.between(1, 3));
    const chosen = [
      ...random.some(leaves, random.between(1, 4)).map((of) => field(of, depth)),
      ...deeper.map((of) => field(of, depth)),
    ].filter((text) => text !== null);
    return chosen.length === 0 ? null : ` { ${chosen.join(' ')} }`;
  };

  return {
    /** The next query. */
    next: (): string => {
      const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
      for (;;) {
        budget = FIELDS_AT_MOST;
        const chosen = Array.from({ length: random.between(1, 2) }, (_, index) =>
          field(random.pick(roots), 0, `q${index}: `),
        ).filter((text) => text !== null);
        if (chosen.length > 0) return `{ ${chosen.join(' ')} }`;
      }
    },
    /** Takes the cursors of an answer for queries to come. */
    learn: (answer: string): void => {
      for (const [, cursor] of answer.matchAll(/"(?:cursor|endCursor|startCursor)":"([^"]+)"/g))
        if (cursor !== undefined && oneIn(5)) cursors.push(cursor);
      if (cursors.length > 200) cursors.splice(0, 100);
    },
  };
};
