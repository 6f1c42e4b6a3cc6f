import { entitiesOf, schemaOf } from '../../../../gateway/registry/conformance/entity';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  extend type Query { willowWeb_all: [Organisation] }
  extend type Organisation @key(fields: "id") { id: ID! willowWeb_people: Int }
  extend type Organisation { willowWeb_more: String }
  type Country @key(fields: "id", resolvable: false) { id: ID! }
  type WillowWeb_Plan @key(fields: " name ") @key(fields: "country { id }") @key(fields: "year") {
    name: String!
    country: Country
    year: Int!
  }
`;

describe('the schema of a subgraph', () => {
  it('is read with types that it only extends', () => {
    const schema = schemaOf(SDL);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(['willowWeb_all']);
    expect(schema.getType('Organisation')?.toConfig()).toMatchObject({
      fields: { id: {}, willowWeb_people: {}, willowWeb_more: {} },
    });
  });

  it('names the entities that can be asked for, by keys that are a text', () => {
    const { testable, others } = entitiesOf(schemaOf(SDL));
    expect(testable.map(({ type, key }) => `${type.name} by ${key}`)).toEqual([
      'Organisation by id',
      'WillowWeb_Plan by name',
    ]);
    expect(others).toEqual(['WillowWeb_Plan by country { id }', 'WillowWeb_Plan by year']);
  });

  it.each([
    'type Query {',
    'type Query { a: Nothing }',
    `type Query { ${'a: Int '.repeat(20_000)} }`,
  ])('is refused if it cannot be read', (sdl) => {
    expect(() => schemaOf(sdl)).toThrow();
  });
});
