import type { ErrorObject } from 'ajv';
import { nearest } from './nearest';

/** What is wrong with one record, before its place is known. */
export interface StatementFault {
  code: string;
  reason: string;
}

const LONGEST_VALUE = 80;
const PERSONAL =
  /mail|phone|mobile|telefon|contact|person|firstname|lastname|surname|birth|gender/i;

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
};

/** `/aliases/1` as `aliases` item 2. */
const nameOf = (path: string): string => {
  const [, key = '', item] = path.split('/');
  return item === undefined ? `\`${key}\`` : `\`${key}\` item ${Number(item) + 1}`;
};

/** The fault of a key that this kind of record does not have. Its value is not repeated. */
export const faultOfKey = (key: string, known: readonly string[]): StatementFault => {
  if (PERSONAL.test(key)) {
    const reason = `\`${key}\` is not taken: nothing about persons is; leave it out.`;
    return { code: 'PERSONAL_DATA', reason };
  }
  const meant = nearest(key, known);
  const hint =
    meant === null ? `the keys here are ${known.join(', ')}.` : `did you mean \`${meant}\`?`;
  return { code: 'UNKNOWN_KEY', reason: `\`${key}\` is not a key of this kind; ${hint}` };
};

/** The fault of a kind that there is not. */
export const faultOfKind = (kind: unknown, known: readonly string[]): StatementFault => {
  if (kind === undefined)
    return {
      code: 'MISSING_KEY',
      reason: `\`kind\` is missing; it is one of ${known.join(', ')}.`,
    };
  const meant = typeof kind === 'string' ? nearest(kind, known) : null;
  const hint =
    meant === null ? `it must be one of ${known.join(', ')}.` : `did you mean ${show(meant)}?`;
  return { code: 'UNKNOWN_KIND', reason: `\`kind\` is ${show(kind)}; ${hint}` };
};

const TYPES: Record<string, string> = {
  string: 'text in quotation marks',
  boolean: 'true or false, without quotation marks',
  number: 'a number, without quotation marks',
  integer: 'a whole number, without quotation marks',
  array: 'a list',
};

const demandOf = ({ keyword, params, data, parentSchema }: ErrorObject): string => {
  const allowed = (params as { allowedValues?: string[] }).allowedValues ?? [];
  const limit = String((params as { limit?: number }).limit);
  switch (keyword) {
    case 'enum': {
      const meant = typeof data === 'string' ? nearest(data, allowed) : null;
      const hint = meant === null ? '' : `; did you mean ${meant}?`;
      return `must be one of ${allowed.join(', ')}${hint}`;
    }
    case 'maximum':
      return `must be at most ${limit}`;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'type': {
      const types = [(params as { type: string | string[] }).type].flat();
      return `must be ${types.map((type) => TYPES[type] ?? type).join(' or ')}`;
    }
    default:
      return `must be ${(parentSchema as { title?: string } | undefined)?.title ?? 'something else'}`;
  }
};

/** Errors that only repeat, about the whole, what another error says about a part. */
const REPEATING = new Set(['if', 'allOf', 'oneOf']);

/**
 * The fault that one error of the JSON Schema means to the person who wrote the record; null for an
 * error that only repeats another.
 */
export const faultOf = (error: ErrorObject, known: readonly string[]): StatementFault | null => {
  const { keyword, schemaPath, params, instancePath, data, schema } = error;
  if (REPEATING.has(keyword)) return null;
  if (keyword === 'anyOf') {
    const either = (schema as { required: string[] }[]).flatMap(({ required }) => required);
    const names = either.map((key) => `\`${key}\``).join(' and ');
    const reason = `${names} are both missing; at least one is needed.`;
    return { code: 'MISSING_KEY', reason };
  }
  if (keyword === 'required' || keyword === 'dependentRequired') {
    if (schemaPath.includes('/anyOf/')) return null;
    const { missingProperty } = params as { missingProperty: string };
    return { code: 'MISSING_KEY', reason: `\`${missingProperty}\` is missing.` };
  }
  if (keyword === 'unevaluatedProperties')
    return faultOfKey((params as { unevaluatedProperty: string }).unevaluatedProperty, known);
  const hint = data === null ? 'leave the key out where there is nothing to say' : demandOf(error);
  const reason = `${nameOf(instancePath)} is ${show(data)}; ${data === null ? hint : `it ${hint}`}`;
  return { code: 'WRONG_VALUE', reason: /[.?]$/.test(reason) ? reason : `${reason}.` };
};
