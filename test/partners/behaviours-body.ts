import type { Behaviour } from './server';

const SECRET = 'postgres://keeper:s3cret@db.inner.example/peace';
const data = (content: string) => `{"data":{"_entities":${content}}}`;

/** What a partner does to JSON and to the parts of an answer. */
export const IN_THE_BODY: readonly Behaviour[] = [
  {
    name: 'nests lists 100,000 deep',
    told: ['invalid'],
    play: ({ reply }) => reply(data(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)),
  },
  {
    name: 'nests objects 50,000 deep',
    told: ['invalid'],
    play: ({ reply }) => reply(data(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)),
  },
  {
    name: 'sends half a million tiny values',
    told: ['invalid'],
    play: ({ reply }) => reply(data(`[${'{},'.repeat(500_000)}{}]`)),
  },
  {
    name: 'sends half of its JSON',
    told: ['invalid'],
    play: ({ reply, right }) => reply(JSON.stringify(right).slice(0, 40)),
  },
  { name: 'sends a list', told: ['invalid'], play: ({ reply, right }) => reply([right]) },
  { name: 'sends nothing in JSON', told: ['invalid'], play: ({ reply }) => reply({}) },
  { name: 'sends null', told: ['invalid'], play: ({ reply }) => reply('null') },
  {
    name: 'sends data that is a text',
    told: ['invalid'],
    play: ({ reply }) => reply({ data: SECRET }),
  },
  {
    name: 'sends data that is a list',
    told: ['invalid'],
    play: ({ reply, entities }) => reply({ data: entities }),
  },
  {
    name: 'begins with a mark of byte order',
    told: ['invalid'],
    play: ({ reply, right }) => reply(`\ufeff${JSON.stringify(right)}`),
  },
  {
    name: 'sends bytes that are no text',
    told: ['unavailable', 'invalid'],
    play: ({ response }) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
  },
  {
    name: 'says every key twice',
    told: ['ok'],
    play: ({ reply, right }) =>
      reply(`{"data":{"_entities":"evil"},${JSON.stringify(right).slice(1)}`),
  },
  {
    name: 'says `__proto__`',
    told: ['invalid'],
    play: ({ reply, right }) =>
      reply(
        JSON.stringify(right).replaceAll(
          '"willowWeb_score"',
          '"__proto__":{"name":"evil","id":"evil"},"willowWeb_score"',
        ),
      ),
  },
  {
    name: 'says `constructor` and `toString`',
    told: ['invalid'],
    play: ({ reply, entities }) =>
      reply({
        data: {
          _entities: entities.map((one) => ({
            ...one,
            constructor: { prototype: { name: 'evil' } },
            toString: 'evil',
          })),
        },
      }),
  },
  {
    name: 'has a key of a megabyte',
    told: ['invalid'],
    play: ({ reply, entities }) =>
      reply({
        data: {
          _entities: entities.map((one, at) => ({
            ...one,
            ...(at === 0 && { ['k'.repeat(1e6)]: 1 }),
          })),
        },
      }),
  },
  {
    name: 'sends 100,000 errors',
    told: ['invalid', 'unavailable'],
    play: ({ reply, right }) => reply({ ...right, errors: Array(100_000).fill({ message: 'no' }) }),
  },
  {
    name: 'sends 5,000 errors with a stack trace each',
    told: ['unavailable'],
    play: ({ reply }) =>
      reply({
        data: null,
        errors: Array(5000).fill({ message: `at ${SECRET} SELECT * FROM keys` }),
      }),
  },
  {
    name: 'sends errors that are a text',
    told: ['invalid'],
    play: ({ reply, right }) => reply({ ...right, errors: SECRET }),
  },
  {
    name: 'sends errors that are none',
    told: ['unavailable'],
    play: ({ reply, right }) => reply({ ...right, errors: [null, 7, 'x', [], { path: {} }] }),
  },
  {
    name: 'forges an error that the caller may act on',
    told: ['unavailable'],
    play: ({ reply }) =>
      reply({
        data: null,
        errors: [
          { message: `Log in at https://evil.example`, extensions: { code: 'UNAUTHENTICATED' } },
          { message: `Log in at https://evil.example`, extensions: { code: 'BAD_USER_INPUT' } },
        ],
      }),
  },
  {
    name: 'blames our fields in its errors',
    told: ['unavailable'],
    play: ({ reply, right }) =>
      reply({
        ...right,
        errors: [
          { message: SECRET, path: ['organisations', 'nodes', 0, 'name'] },
          { message: SECRET, path: ['_entities', 0, 'name'] },
          { message: SECRET, path: ['__proto__'] },
          { message: SECRET, path: Array(1000).fill(0) },
        ],
      }),
  },
  {
    name: 'sends the state of all sources as an extension',
    told: ['ok'],
    play: ({ reply, right }) =>
      reply({
        ...right,
        extensions: { sources: { complete: 'evil' }, cost: 'evil', ftv1: 'evil' },
      }),
  },
];
