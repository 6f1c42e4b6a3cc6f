import type { Finding } from '../../partners';
import { type Answer, type Bench, finding, messageOf, shown } from './bench';
import type { Entity } from './entity';
import { sampleName } from './samples';
import { type Selection, selectionOf, textOf } from './selection';

const FIELDS = 40;

/** Entities as they were answered, null for those that are unknown. */
export type Found = readonly (Readonly<Record<string, unknown>> | null)[];

/** Entities that were asked for; `found` is null where the answer is none of them. */
export interface Entities {
  readonly found: Found | null;
  readonly findings: readonly Finding[];
}

const check = (
  { key, ...entity }: Entity,
  keys: readonly string[],
  { data, errors, problem }: Answer,
): Entities => {
  const coordinate = sampleName({ key, ...entity });
  const refuse = (code: string, message: string, advice: string): Entities => ({
    found: null,
    findings: [
      finding(code, `Asked for ${keys.length} entities, ${message}`, advice, { coordinate }),
    ],
  });
  if (problem !== null)
    return refuse(
      'ENTITY_FAILED',
      `it gives no answer: ${problem}`,
      'Answer `_entities` with JSON.',
    );
  if (errors)
    return refuse(
      'ENTITY_FAILED',
      `it answers an error: ${messageOf(errors[0])}.`,
      'Answer null for an entity that you do not know; an error is for what went wrong.',
    );
  const found = data?._entities;
  if (!Array.isArray(found) || found.length !== keys.length)
    return refuse(
      'ENTITY_COUNT',
      `it answers ${Array.isArray(found) ? `${found.length} items` : shown(found)}.`,
      'Answer one item for each representation, null where you know nothing.',
    );
  const entities = found as Found;
  const wrong = entities.findIndex((one, place) => one !== null && one[key] !== keys[place]);
  if (wrong >= 0)
    return refuse(
      'ENTITY_ORDER',
      `it answers ${shown(entities[wrong]?.[key])} in the place of ${shown(keys[wrong])}.`,
      'Answer entities in the order in which they are asked for, each with the key that was asked.',
    );
  return { found: entities, findings: [] };
};

/** What is asked of an entity: its key, and its fields to a depth. */
export const wholeOf = ({ type, key }: Entity, depth: number): Selection =>
  new Map([
    ...selectionOf(type, 1, { fields: 1 }, (_, field) => field === key),
    ...selectionOf(type, depth, { fields: FIELDS }),
  ]);

/** Asks for entities by their keys, as the gateway does. */
export const askEntities = async (
  { ask }: Bench,
  entity: Entity,
  keys: readonly string[],
  selection: Selection,
): Promise<Entities> => {
  const { name } = entity.type;
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${name} ${textOf(selection)} } }`;
  const representations = keys.map((key) => ({ __typename: name, [entity.key]: key }));
  return check(entity, keys, await ask(query, { representations }));
};
