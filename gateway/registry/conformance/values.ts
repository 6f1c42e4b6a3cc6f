import {
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import type { Finding } from '../../partners';
import { finding, shown } from './bench';
import type { Selection } from './selection';

/** More of the same says nothing new. */
const MOST_FINDINGS = 20;
const INT_END = 2 ** 31;

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) < INT_END,
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
};

/** Collects what is wrong with answers, each place of the schema once. */
export const createValueChecks = () => {
  const findings = new Map<string, Finding>();
  const note = (code: string, coordinate: string, message: string, advice: string) => {
    const id = `${code} ${coordinate}`;
    if (findings.size < MOST_FINDINGS && !findings.has(id))
      findings.set(id, finding(code, message, advice, { coordinate }));
  };

  const checkLeaf = (value: unknown, type: GraphQLOutputType, at: string) => {
    const target = getNamedType(type);
    const fits = isEnumType(target)
      ? typeof value === 'string' && target.getValue(value) !== undefined
      : !isScalarType(target) || (FITS[target.name]?.(value) ?? true);
    if (!fits)
      note(
        'VALUE_TYPE',
        at,
        `It answers ${shown(value)} where the schema says ${String(type)}.`,
        `Answer a ${target.name}, or null.`,
      );
  };

  /**
   * @param excused whether an error explains a null where there must not be one.
   */
  const check = (
    value: unknown,
    type: GraphQLOutputType,
    inner: Selection | null,
    at: string,
    excused: boolean,
  ): void => {
    if (isNonNullType(type)) {
      if (value !== null && value !== undefined) check(value, type.ofType, inner, at, excused);
      else if (!excused)
        note(
          'NULL_IN_NON_NULL',
          at,
          `It answers null where the schema says ${String(type)}, which empties all that is around it.`,
          'Make the field nullable, or always answer it.',
        );
    } else if (value === null || value === undefined) {
      return;
    } else if (isListType(type)) {
      if (!Array.isArray(value))
        note(
          'VALUE_TYPE',
          at,
          `It answers ${shown(value)} where the schema says a list.`,
          'Answer a list, or null.',
        );
      else for (const item of value) check(item, type.ofType, inner, at, excused);
    } else if (inner === null) checkLeaf(value, type, at);
    else checkObject(value, getNamedType(type).name, inner, at, excused);
  };

  /** Checks an object of which `__typename` and a selection were asked. */
  const checkObject = (
    value: unknown,
    typename: string,
    selection: Selection,
    at: string,
    excused: boolean,
  ): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return note(
        'VALUE_TYPE',
        at,
        `It answers ${shown(value)} where the schema says ${typename}.`,
        'Answer an object, or null.',
      );
    const object = value as Readonly<Record<string, unknown>>;
    if (object.__typename !== typename)
      note(
        'TYPENAME',
        at,
        `Its __typename is ${shown(object.__typename)} where the schema says ${typename}.`,
        'Answer the type’s own name; the gateway takes no other.',
      );
    const unasked = Object.keys(object).find(
      (name) => name !== '__typename' && !selection.has(name),
    );
    if (unasked !== undefined)
      note(
        'FIELD_NOT_ASKED',
        at,
        `It answers the field ${shown(unasked)}, which was not asked for.`,
        'Answer what the query selects and nothing else; at run time this ends in quarantine.',
      );
    for (const [name, { type, inner, of }] of selection) {
      if (Object.hasOwn(object, name)) check(object[name], type, inner, `${of}.${name}`, excused);
      else
        note(
          'FIELD_MISSING',
          `${of}.${name}`,
          'It was asked for and is not in the answer.',
          'Answer every field that the query selects, null if there is nothing.',
        );
    }
  };

  return { checkObject, findings: (): Finding[] => [...findings.values()] };
};
