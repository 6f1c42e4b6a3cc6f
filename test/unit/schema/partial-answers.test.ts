import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  isListType,
  isNonNullType,
  isObjectType,
  buildASTSchema,
  getNamedType,
  type GraphQLField,
  parse,
} from 'graphql';

const SCHEMA = path.join(__dirname, '..', '..', '..', 'schema');
/** Entities that several subgraphs speak of, and the one that says the rest of them. */
const OWNERS: Record<string, string> = {
  Organisation: 'organisations',
  Country: 'organisations',
  Region: 'organisations',
  Source: 'organisations',
  Network: 'networks',
  Convening: 'networks',
  Flow: 'funding',
  Activity: 'funding',
  PolicyProcess: 'policy',
  PolicyDocument: 'policy',
};
/** What all say of an entity alike: by what they mean it. */
const KEYS = ['id', 'identifier'];
const SUBGRAPHS = ['organisations', 'networks', 'funding', 'policy'];

const fieldsOf = (subgraph: string) => {
  const sdl = readFileSync(path.join(SCHEMA, `${subgraph}.graphql`), 'utf8');
  const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ type: type.name, field })),
    );
};
const nullStopsAt = ({ type }: GraphQLField<unknown, unknown>): boolean => {
  if (!isNonNullType(type)) return true;
  return isListType(type.ofType) && !isNonNullType(type.ofType.ofType);
};

describe('a subgraph that does not answer takes nothing of the others with it', () => {
  it.each(SUBGRAPHS)('by what %s adds to the others’ entities', (subgraph) => {
    const added = fieldsOf(subgraph).filter(
      ({ type, field }) => (OWNERS[type] ?? subgraph) !== subgraph && !KEYS.includes(field.name),
    );
    const nonNull = added.filter(({ field }) => isNonNullType(field.type));
    expect(nonNull.map(({ type, field }) => `${type}.${field.name}`)).toEqual([]);
  });

  it.each(SUBGRAPHS)('by how %s points at the others’ entities', (subgraph) => {
    const pointing = fieldsOf(subgraph).filter(
      ({ field }) => (OWNERS[getNamedType(field.type).name] ?? subgraph) !== subgraph,
    );
    const passing = pointing.filter(({ field }) => !nullStopsAt(field));
    expect(passing.map(({ type, field }) => `${type}.${field.name}`)).toEqual([]);
  });
});
