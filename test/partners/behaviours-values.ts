import { createSigningKey } from '../../subgraphs/shared/http/keys';
import { signAnswer } from './partner';
import type { Behaviour, Turn } from './server';

type Entity = Record<string, unknown>;

/** Answers with each entity changed. */
const each =
  (change: (entity: Entity, at: number) => unknown) =>
  ({ reply, entities }: Turn): void =>
    reply({ data: { _entities: entities.map(change) } });
const saying = (values: Entity) => each((entity) => ({ ...entity, ...values }));
const list =
  (change: (entities: Entity[]) => unknown) =>
  ({ reply, entities }: Turn) =>
    reply({ data: { _entities: change(entities) } });

const FOREIGN = createSigningKey();

/** What a partner does to values, to entities and to signatures. */
export const IN_THE_VALUES: readonly Behaviour[] = [
  {
    name: 'adds our name to an entity',
    told: ['invalid'],
    play: saying({ name: 'evil' }),
  },
  { name: 'adds our id to an entity', told: ['invalid'], play: saying({ id: 'evil' }) },
  {
    name: 'adds a list of ours to an entity',
    told: ['invalid'],
    play: saying({ identifiers: [{ value: 'evil' }] }),
  },
  {
    name: 'adds a field of the other partner',
    told: ['invalid'],
    play: saying({ elmNet_motto: 'evil' }),
  },
  {
    name: 'adds root fields of ours',
    told: ['invalid'],
    play: ({ reply, right }) =>
      reply({ data: { ...right.data, organisations: { nodes: [{ name: 'evil' }] } } }),
  },
  {
    name: 'adds fields within its own objects',
    told: ['invalid'],
    play: saying({ willowWeb_trainings: [{ title: 'x', seats: 1, by: null, name: 'evil' }] }),
  },
  {
    name: 'answers with a type of another subject',
    told: ['invalid'],
    play: saying({ __typename: 'Network' }),
  },
  {
    name: 'answers the schema instead',
    told: ['invalid'],
    play: ({ reply }) => reply({ data: { _service: { sdl: 'type Query { evil: Int }' } } }),
  },
  { name: 'answers fewer entities', told: ['invalid'], play: list((all) => all.slice(1)) },
  {
    name: 'answers more entities',
    told: ['invalid'],
    play: list((all) => [...all, { ...all[0], willowWeb_motto: 'evil' }]),
  },
  { name: 'answers no entities', told: ['invalid'], play: list(() => []) },
  { name: 'answers null for all entities', told: ['invalid'], play: list(() => null) },
  { name: 'answers an object for a list', told: ['invalid'], play: list((all) => ({ ...all })) },
  {
    name: 'answers entities in another order',
    told: ['invalid'],
    play: list((all) => [...all].reverse()),
  },
  {
    name: 'answers each entity with the first',
    told: ['invalid'],
    play: list((all) => all.map(() => all[0])),
  },
  {
    name: 'answers texts for entities',
    told: ['invalid'],
    play: list((all) => all.map(() => 'evil')),
  },
  {
    name: 'answers a number for a text',
    told: ['invalid'],
    play: saying({ willowWeb_motto: 666 }),
  },
  {
    name: 'answers an object for a text',
    told: ['invalid'],
    play: saying({ willowWeb_motto: { toString: 'evil' } }),
  },
  {
    name: 'answers a text for a number',
    told: ['invalid'],
    play: saying({ willowWeb_score: 'evil' }),
  },
  {
    name: 'answers a number beyond all',
    told: ['invalid'],
    play: ({ reply, right }) =>
      reply(JSON.stringify(right).replaceAll('"willowWeb_score":7', '"willowWeb_score":1e400')),
  },
  { name: 'answers a broken number', told: ['invalid'], play: saying({ willowWeb_score: 7.5 }) },
  {
    name: 'answers a value that its enum has not',
    told: ['invalid'],
    play: saying({ willowWeb_mood: 'EVIL' }),
  },
  {
    name: 'answers a text for a list',
    told: ['invalid'],
    play: saying({ willowWeb_trainings: 'evil' }),
  },
  {
    name: 'answers a list of lists',
    told: ['invalid'],
    play: saying({ willowWeb_trainings: [[['evil']]] }),
  },
  {
    name: 'answers 2,500 items',
    told: ['invalid'],
    play: each((entity, at) =>
      at > 0
        ? entity
        : {
            ...entity,
            willowWeb_trainings: Array(2500).fill({ title: 'x', seats: 1, by: null }),
          },
    ),
  },
  {
    name: 'answers null where it promised none',
    told: ['invalid'],
    play: saying({ willowWeb_trainings: [{ title: null, seats: 1, by: null }] }),
  },
  {
    name: 'leaves out what was asked for',
    told: ['invalid'],
    play: each(({ willowWeb_motto: _left, ...entity }) => entity),
  },
  {
    name: 'answers a text of a megabyte',
    told: ['invalid'],
    play: each((entity, at) => (at > 0 ? entity : { ...entity, willowWeb_motto: 'x'.repeat(1e6) })),
  },
  {
    name: 'turns texts around, with controls and half characters',
    told: ['ok'],
    play: ({ reply, right }) =>
      reply(
        JSON.stringify(right).replaceAll(
          'The willow',
          'The\\u202e \\u0000wil\\u001blow\\ud800\\u2066',
        ),
      ),
  },
  {
    name: 'stacks marks on a letter',
    told: ['ok'],
    play: each((entity, at) => ({
      ...entity,
      willowWeb_motto: at > 0 ? entity.willowWeb_motto : `o${'\u0334\u0301'.repeat(9000)}`,
    })),
  },
  {
    name: 'answers formulas and script, as texts',
    told: ['ok'],
    play: saying({ willowWeb_motto: `=cmd|'/C calc'!A0 <script>alert(1)</script>` }),
  },
  {
    name: 'points at a body that is not there',
    told: ['ok'],
    play: saying({
      willowWeb_trainings: [
        { title: 'x', seats: 1, by: { __typename: 'Organisation', id: 'nobody' } },
      ],
    }),
  },
  {
    name: 'points at a thing of another type',
    told: ['invalid'],
    play: saying({
      willowWeb_trainings: [{ title: 'x', seats: 1, by: { __typename: 'Country', id: 'KE' } }],
    }),
  },
  {
    name: 'answers good and bad in turn',
    told: ['invalid', 'ok'],
    play: (turn) =>
      turn.round % 2 === 0 ? turn.reply(turn.right) : saying({ name: 'evil' })(turn),
  },
  {
    name: 'has another schema at every request',
    told: ['invalid'],
    play: (turn) =>
      each((entity) =>
        Object.fromEntries(
          Object.entries(entity).map(([name, value]) => [`${name}${turn.round}`, [value]]),
        ),
      )(turn),
  },
  {
    name: 'answers yesterday’s answer again',
    told: ['invalid'],
    all: true,
    play: ({ response, yesterday, right }) =>
      response
        .writeHead(200, { 'content-type': 'application/json', ...yesterday?.headers })
        .end(yesterday?.body ?? JSON.stringify(right)),
  },
  {
    name: 'signs no more',
    told: ['invalid'],
    play: ({ response, right }) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(right)),
  },
  {
    name: 'signs with another key',
    told: ['invalid'],
    play: ({ request, response, right }) => {
      const body = JSON.stringify(right);
      const headers = signAnswer(body, String(request.headers.signature), { key: FOREIGN });
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
    },
  },
  {
    name: 'changes what it signed',
    told: ['invalid'],
    play: ({ reply, right }) => reply(right, { 'content-digest': 'sha-256=:AAAA:' }),
  },
];
