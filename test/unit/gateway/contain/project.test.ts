import fc from 'fast-check';
import {
  checkEntityKeys,
  withEntityKeys,
} from '../../../../gateway/supergraph/contain/entity-keys';
import { createProjection } from '../../../../gateway/supergraph/contain/project';
import { createShapes } from '../../../../gateway/supergraph/contain/shape';
import { Breach } from '../../../../gateway/supergraph/contain/standing';
import { readSubgraphSchema } from '../../../../gateway/supergraph/subgraph-schema';

const SCHEMA = readSubgraphSchema(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar Date
  scalar W_Thing
  enum W_Kind { GOOD BETTER }
  interface W_Named { name: String }
  type W_Talk implements W_Named { name: String, on: Date, kind: W_Kind, must: String! }
  type W_Walk implements W_Named { name: String, km: Int }
  type Organisation @key(fields: "id") {
    id: ID!
    w_talks(first: Int): [W_Talk]
    w_strict: [W_Talk!]
    w_named: [W_Named]
    w_text: String
    w_count: Int
    w_share: Float
    w_open: Boolean
    w_thing: W_Thing
    w_ref: ID
  }
  type Query { w_top: String, w_one: Organisation }
`);
const shapes = createShapes(SCHEMA);
const project = createProjection(SCHEMA, { ours: false, text: 50, list: 3 });
const read = (query: string, data: unknown, variables = {}) =>
  project(shapes(query, variables), data, null);

const one = (fields: string, value: object) => {
  const { data, faults } = read(`{ w_one { ${fields} } }`, { w_one: value });
  return {
    one: (data as { w_one: unknown }).w_one,
    faults: faults.map(({ path }) => path.join('.')),
  };
};

describe('of an answer', () => {
  it('what was asked for is taken, under its alias and in its order', () => {
    const { data, faults } = read(
      'query($more: Boolean!) { t: w_top w_one { ...f w_count @include(if: $more) } } fragment f on Organisation { again: id ... on Organisation { w_text } }',
      { w_one: { w_text: 'x', again: 7 }, t: 'top' },
      { more: false },
    );
    expect(JSON.stringify(data)).toBe('{"t":"top","w_one":{"again":"7","w_text":"x"}}');
    expect(faults).toEqual([]);
    expect(() => read('{ w_top }', { w_top: null, w_one: null })).toThrow(Breach);
  });

  it('fields may be named as what every object has', () => {
    const query = '{ w_one { constructor: w_text __proto__: w_ref toString: w_count } }';
    const { data } = read(query, JSON.parse('{"w_one":{"constructor":"c","__proto__":"p"}}'));
    expect(JSON.stringify(data)).toBe(
      '{"w_one":{"constructor":"c","__proto__":"p","toString":null}}',
    );
  });

  it.each(['__proto__', 'constructor', 'id', 'name', '__typename', 'toString'])(
    'nothing is taken that brings `%s` unasked',
    (key) => {
      const answer: unknown = JSON.parse(`{"w_one":{"w_text":"x","${key}":"evil"}}`);
      expect(() => read('{ w_one { w_text } }', answer)).toThrow(Breach);
    },
  );

  it('objects are of the type that they were asked as', () => {
    const query = '{ w_one { __typename w_named { __typename name ... on W_Walk { km } } } }';
    const answer = (type: string, extra = {}) => ({
      w_one: { __typename: 'Organisation', w_named: [{ __typename: type, name: 'n', ...extra }] },
    });
    expect(read(query, answer('W_Walk', { km: 3 })).faults).toEqual([]);
    expect(read(query, answer('W_Talk')).faults).toEqual([]);
    for (const bad of [
      answer('W_Talk', { km: 3 }),
      answer('Organisation'),
      answer('W_Named'),
      answer('Nothing'),
      { w_one: { __typename: 'W_Talk', w_named: null } },
      { w_one: { __typename: 'Organisation', w_named: [{ name: 'n' }] } },
    ])
      expect(() => read(query, bad)).toThrow(Breach);
  });

  it.each([
    ['w_text', 7, undefined],
    ['w_text', {}, undefined],
    ['w_text', 'x'.repeat(51), undefined],
    ['w_text', 'a\u202eb', 'ab'],
    ['w_count', 7, 7],
    ['w_count', 1.5, undefined],
    ['w_count', 2 ** 31, undefined],
    ['w_count', '7', undefined],
    ['w_share', Infinity, undefined],
    ['w_share', 0.5, 0.5],
    ['w_open', 'true', undefined],
    ['w_open', 1, undefined],
    ['w_thing', { a: 1 }, undefined],
    ['w_thing', ['a'], undefined],
    ['w_thing', 'a', 'a'],
    ['w_ref', 12, '12'],
    ['w_ref', true, undefined],
    ['w_ref', null, null],
    ['w_text', undefined, undefined],
  ])('%s %p becomes %p', (field, value, expected) => {
    const { one: read, faults } = one(`id ${field}`, { id: 'a', [field]: value });
    expect(read).toEqual({ id: 'a', [field]: expected ?? null });
    expect(faults).toEqual(expected === undefined ? [`w_one.${field}`] : []);
  });

  it('lists are lists, and no longer than they may be; the rest stands', () => {
    const talks = (value: unknown) =>
      one('id w_talks { name on kind }', { id: 'a', w_talks: value });
    const talk = (more = {}) => ({ name: 'n', on: '2026-01-02', kind: 'GOOD', ...more });
    expect(talks([talk(), null]).faults).toEqual([]);
    for (const bad of [{}, 'x', 7, Array(4).fill(talk())])
      expect(talks(bad)).toEqual({ one: { id: 'a', w_talks: null }, faults: ['w_one.w_talks'] });
    expect(talks([talk(), talk({ on: 'soon' }), talk({ on: 'later', kind: 'BEST' })])).toEqual({
      one: { id: 'a', w_talks: [talk(), talk({ on: null }), talk({ on: null, kind: null })] },
      faults: ['w_one.w_talks.1.on', 'w_one.w_talks.2.kind'],
    });
    expect(talks([7, talk()]).one).toEqual({ id: 'a', w_talks: [null, talk()] });
  });

  it('a null where none is allowed makes null what holds it, and no more', () => {
    expect(
      one('id w_talks { must }', { id: 'a', w_talks: [{ must: null }, { must: 'x' }] }),
    ).toEqual({
      one: { id: 'a', w_talks: [null, { must: 'x' }] },
      faults: ['w_one.w_talks.0.must'],
    });
    expect(one('id w_strict { must }', { id: 'a', w_strict: [{ must: 'x' }, {}] })).toEqual({
      one: { id: 'a', w_strict: null },
      faults: ['w_one.w_strict.1.must'],
    });
    expect(one('id w_text', { id: null, w_text: 'x' }).one).toBeNull();
  });
});

describe('entities', () => {
  const query = withEntityKeys(
    'query($representations:[_Any!]!){_entities(representations:$representations){...on Organisation{w_text}}}',
    SCHEMA,
  );
  const REPRESENTATIONS = ['a', 'b'].map((id) => ({ __typename: 'Organisation', id }));
  const take = (entities: unknown) => {
    const types = REPRESENTATIONS.map(({ __typename }) => __typename);
    const { data, faults } = project(shapes(query, {}), { _entities: entities }, types);
    const read = data?._entities as unknown[];
    checkEntityKeys(read, REPRESENTATIONS);
    return { read, faults };
  };
  const entity = (id: string, w_text = 'x') => ({ _peacegraph_key: id, w_text });

  it('are taken in the order in which they were asked for, or not there', () => {
    expect(take([entity('a'), entity('b')]).read).toEqual([{ w_text: 'x' }, { w_text: 'x' }]);
    expect(take([null, entity('b')])).toEqual({ read: [null, { w_text: 'x' }], faults: [] });
  });

  it.each([
    ['too few', [entity('a')]],
    ['too many', [entity('a'), entity('b'), null]],
    ['no list', {}],
    ['nothing', undefined],
    ['texts', ['a', entity('b')]],
    ['in another order', [entity('b'), entity('a')]],
    ['of another type', [{ ...entity('a'), __typename: 'W_Talk' }, null]],
    ['with more than was asked', [{ ...entity('a'), id: 'a' }, null]],
  ])('are a breach where they are %s', (_what, entities) => {
    expect(() => take(entities)).toThrow(Breach);
  });
});

describe('whatever comes', () => {
  it('is a breach, or has the shape that was asked for', () => {
    const shape = shapes('{ w_one { id w_text w_talks { name kind } } }', {});
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.constantFrom(null, true, Infinity));
    const talk = fc.record({ name: leaf, kind: fc.oneof(leaf, fc.constant('GOOD')) });
    const answer = fc.record({
      w_one: fc.oneof(
        leaf,
        fc.record({
          id: leaf,
          w_text: leaf,
          w_talks: fc.oneof(leaf, fc.array(fc.oneof(leaf, talk))),
        }),
        fc.jsonValue(),
      ),
    });
    fc.assert(
      fc.property(answer, (data) => {
        let read;
        try {
          read = project(shape, data, null).data as { w_one: Record<string, unknown> | null };
        } catch (error) {
          expect(error).toBeInstanceOf(Breach);
          return;
        }
        if (read.w_one === null) return;
        expect(Object.keys(read.w_one)).toEqual(['id', 'w_text', 'w_talks']);
        expect(typeof read.w_one.id).toBe('string');
      }),
    );
  });
});
