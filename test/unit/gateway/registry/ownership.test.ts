import { buildSubgraphSchema } from '@apollo/subgraph';
import fc from 'fast-check';
import { graphqlSync, parse } from 'graphql';
import { checkOwnership } from '../../../../gateway/registry/ownership/check-ownership';
import { ADVICE } from '../../../../gateway/registry/ownership/codes';
import { ownershipOf } from '../../../../gateway/registry/ownership/owners';
import { prepareSdl } from '../../../../gateway/registry/ownership/prepare';
import { OURS, PARTNER_LINK, POLICY, SMALL, SMALL_POLICY, WILLOW } from './graphs';
import { HOSTILE } from './hostile';

const PARTNER = { name: 'willow-web', trust: 'PROVISIONAL' } as const;
const OWNERSHIP = ownershipOf(OURS);
const check = (sdl: string) => checkOwnership(POLICY, PARTNER, sdl, OWNERSHIP);
const codesOf = (sdl: string) => check(sdl).map(({ code }) => code);
const typesIn = (sdl: string) =>
  parse(sdl)
    .definitions.map((node) => ('name' in node ? node.name?.value : ''))
    .sort();
const errorsOf = (sdl: string) => check(sdl).filter(({ severity }) => severity === 'ERROR');

describe('what the policy allows', () => {
  it('finds nothing in a schema that uses all that partners may', () => {
    expect(check(WILLOW)).toEqual([]);
  });

  it('takes the schema in the style of libraries that write `schema` instead of extending it', () => {
    const link = PARTNER_LINK.replace('extend schema', 'schema');
    expect(codesOf(`${link} { query: Query }\ntype Query { "Hello." willowWeb_a: Int }`)).toEqual(
      [],
    );
  });

  it.each([
    ['all', WILLOW],
    ['no root field', WILLOW.replace(/type Query {[^]*?\n}\n/, '')],
  ])('takes what a library answers, with all that Federation defines: %s', (_what, sdl) => {
    const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
    const { data } = graphqlSync({ schema, source: '{ _service { sdl } }' });
    const { _service } = data as { _service: { sdl: string } };
    expect(_service.sdl).toContain('_Entity');
    expect(check(_service.sdl)).toEqual([]);
    expect(typesIn(prepareSdl(POLICY, _service.sdl))).toEqual(typesIn(prepareSdl(POLICY, sdl)));
  });

  it('takes entities of another partner’s name as little as any type', () => {
    expect(codesOf(`${PARTNER_LINK} type Query { "A." willowWeb_a: OakNet_A }`)).toEqual([
      'REFERENCE_REFUSED',
    ]);
  });

  it('lets texts be in any language, with all the marks that it needs', () => {
    const text = 'مبادرة السلام \u200f— שלום, مى‌خواهم, 平和, “paix” < 3 & more: 5 > 4.';
    expect(codesOf(`${PARTNER_LINK} type Query { "${text}" willowWeb_a: Int }`)).toEqual([]);
  });

  it('ignores what fields are said to cost, with a warning', () => {
    const link = PARTNER_LINK.replace('"@requires"', '"@cost", "@listSize"');
    const found = check(
      `${link} type Query { willowWeb_a: [Int] @cost(weight: -100) @listSize(assumedSize: 0) }`,
    );
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['DIRECTIVE_IGNORED', 'WARNING'],
      ['DIRECTIVE_IGNORED', 'WARNING'],
    ]);
  });

  it('ignores how a partner describes what is ours, with a warning', () => {
    const found = check(
      `${PARTNER_LINK} """Fools.""" type Organisation @key(fields: "id") { "Mine." id: ID! willowWeb_a: Int } "Mine." scalar Date "Mine." type Query { willowWeb_a: Date }`,
    );
    expect(found.map(({ code, severity }) => [code, severity])).toEqual(
      Array(4).fill(['DESCRIPTION_IGNORED', 'WARNING']),
    );
  });
});

describe('what it refuses', () => {
  it.each(HOSTILE)('refuses a schema that $tries: $code', ({ code, sdl }) => {
    const found = errorsOf(sdl).find((finding) => finding.code === code);
    expect(found).toMatchObject({ code, severity: 'ERROR', advice: ADVICE[code].advice });
    expect(found?.message).toMatch(/\S/);
  });

  it.each(HOSTILE)('refuses it in a small graph as well: $tries', ({ code, sdl }) => {
    const found = checkOwnership(SMALL_POLICY, PARTNER, sdl, ownershipOf(SMALL));
    expect(found.map((finding) => finding.code)).toContain(code);
  });

  it('says where and of what', () => {
    const sdl = `${PARTNER_LINK}\ntype Organisation @key(fields: "id") {\n  id: ID!\n  verified: Boolean\n}`;
    expect(check(sdl)).toEqual([
      {
        code: 'FIELD_WITHOUT_PREFIX',
        severity: 'ERROR',
        coordinate: 'Organisation.verified',
        line: 4,
        column: 3,
        message: '`Organisation.verified` does not begin with `willowWeb_`.',
        advice: 'Begin the name of the field with your prefix and `_`.',
      },
    ]);
  });

  it('says where a text cannot be read', () => {
    const [found] = check(`${PARTNER_LINK}\ntype Query {\n  willowWeb_a Int\n}`);
    expect(found).toMatchObject({ code: 'SDL_SYNTAX', line: 3, column: 15 });
  });

  it('says no more than helps, and that there is more', () => {
    const fields = Array.from({ length: 1000 }, (_, at) => `f${at}: Nothing`).join(' ');
    const found = check(`${PARTNER_LINK} type Query { ${fields} }`);
    expect(found).toHaveLength(101);
    expect(found.at(-1)?.code).toBe('TOO_MANY_FINDINGS');
  });

  it('makes no error of many warnings', () => {
    const found = check(`${PARTNER_LINK} type Query { willowWeb_a: Int ${'@cost '.repeat(200)} }`);
    expect(found).toHaveLength(101);
    expect(found.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  });

  it('keeps what it says short, however long the names are', () => {
    const [found] = check(`${PARTNER_LINK} type Query { ${'a'.repeat(50_000)}: Int }`);
    expect(JSON.stringify(found).length).toBeLessThan(2000);
  });
});

describe('whatever the text', () => {
  it('throws nothing', () => {
    const words = [
      'type',
      'Query',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '!',
      ':',
      '@key',
      '@link',
      '"id"',
    ];
    const more = [
      'extend',
      'schema',
      'enum',
      'union',
      '=',
      '|',
      'implements',
      '&',
      '"""',
      '\\u{',
      '#',
    ];
    const word = fc.oneof(fc.constantFrom(...words, ...more), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(word), (parts) => {
        expect(Array.isArray(check(parts.join(' ')))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('says something of every cut of a schema', () => {
    for (let end = 0; end < WILLOW.length - 20; end += 37)
      expect(Array.isArray(check(WILLOW.slice(0, end)))).toBe(true);
  });

  it('is quick with the largest texts that it reads', () => {
    const fill = (part: string) =>
      `${PARTNER_LINK} ${part.repeat(Math.floor(99_000 / part.length))}`;
    const texts = [
      '"""',
      '[',
      '{',
      'type A{a:A}',
      '"]"',
      '"&&&&"',
      'a ',
      '@a',
      '"] ] ]"',
      '&a',
      '\n',
    ];
    const started = process.cpuUsage();
    for (const text of texts) check(fill(text));
    // As many findings as there is room for, each with its place.
    check(`${PARTNER_LINK} type Query ${'@a '.repeat(9000)}{ a: Int }`);
    check(`${PARTNER_LINK} type Query ${'@cost\n'.repeat(9000)}{ a: Int }`);
    check(`${PARTNER_LINK} type Query { "${'] '.repeat(40_000)}" willowWeb_a: Int }`);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  });
});
