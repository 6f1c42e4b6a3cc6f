import { buildSchema, parse } from 'graphql';
import { readOperation } from '../../../../gateway/registry/operation';

const schema = buildSchema(`
  type Query { organisation(id: ID!): Organisation  search(words: [String!], first: Int): [Node] }
  interface Node { id: ID }
  type Organisation implements Node { id: ID  name(in: String): String }
`);
const read = (text: string, name: string | null = null) => readOperation(schema, parse(text), name);

describe('an operation as it is counted', () => {
  it('is its fields and arguments, wherever they stand, and nothing of introspection', () => {
    const { name, coordinates } = read(
      `query Look($id: ID!) { __typename o: organisation(id: $id) { ...Named } search(first: 3) { ... on Organisation { name } } }
       fragment Named on Organisation { id name(in: "fr") }`,
      'Look',
    );
    expect(name).toBe('Look');
    expect([...coordinates].sort()).toEqual([
      'Organisation.id',
      'Organisation.name',
      'Organisation.name(in:)',
      'Query.organisation',
      'Query.organisation(id:)',
      'Query.search',
      'Query.search(first:)',
    ]);
    expect(read('{ __schema { types { name } } }').coordinates).toEqual([]);
  });

  it('is the same whatever values stand in its text, which are nowhere in its name', () => {
    const [one, other] = [
      read(
        '{ organisation(id: "PG-SECRET") { name(in: "x") } search(words: ["a"], first: 1) { id } }',
      ),
      read(
        '{ organisation(id: "PG-OTHER") { name(in: """y""") } search(words: [], first: 2) { id } }',
      ),
    ];
    expect(one.id).toBe(other.id);
    expect(one.name).toBe(`unnamed ${one.id.slice(0, 8)}`);
    expect(read('{ organisation(id: "PG-SECRET") { id } }').id).not.toBe(one.id);
  });

  it('is the one that was chosen of several', () => {
    const text = 'query A { organisation(id: 1) { id } } query B { search { id } }';
    expect(read(text, 'A').coordinates).not.toContain('Query.search');
    expect(read(text, 'B').coordinates).toEqual(['Query.search', 'Node.id']);
  });

  it('has a short name', () => {
    const name = 'A'.repeat(5000);
    expect(read(`query ${name} { search { id } }`, name).name).toHaveLength(100);
  });
});
