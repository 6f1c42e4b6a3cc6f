import addFormats from 'ajv-formats';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import schema from '../../../schema/statements.schema.json';
import { faultOf, faultOfKind, type StatementFault } from './fault';
import type { StatementKind, StatementRecord } from './record';

interface PropertySchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
}
type Definitions = Record<string, PropertySchema & { properties?: Record<string, PropertySchema> }>;

const DEFINITIONS = schema.$defs as unknown as Definitions;
const REF = '#/$defs/';

/** Every kind of record, in the order of the documentation. */
export const STATEMENT_KINDS: readonly StatementKind[] = schema.oneOf.map(
  ({ $ref }) => $ref.slice(REF.length) as StatementKind,
);

const PROPERTIES = new Map(
  STATEMENT_KINDS.map((kind) => [
    kind,
    { ...DEFINITIONS['record']?.properties, ...DEFINITIONS[kind]?.properties },
  ]),
);

const propertiesOf = (kind: StatementKind): Record<string, PropertySchema> =>
  PROPERTIES.get(kind) ?? {};

/** The keys that a record of this kind may have. */
export const keysOf = (kind: StatementKind): readonly string[] => Object.keys(propertiesOf(kind));

/** What the value of a key is in JSON; `string` for a key that the kind does not have. */
export const typeOf = (kind: StatementKind, key: string): string => {
  const property = propertiesOf(kind)[key] ?? {};
  const { type } = property.$ref ? (DEFINITIONS[property.$ref.slice(REF.length)] ?? {}) : property;
  return [type ?? 'string'].flat()[0] ?? 'string';
};

const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true });
addFormats(ajv);
ajv.addSchema(schema);

/** Compiled on first use, once for the process. */
const validatorOf = (kind: StatementKind): ValidateFunction => {
  const validate = ajv.getSchema(`${schema.$id}${REF}${kind}`);
  if (!validate) throw new Error(`The schema has no definition of ${kind}.`);
  return validate;
};

/** Pairs of dates of which the second cannot be before the first. */
const IN_ORDER = [
  ['from', 'to'],
  ['founded', 'dissolved'],
] as const;

const faultOfDates = (fields: Record<string, unknown>): StatementFault | null => {
  for (const [first, second] of IN_ORDER) {
    const [from, to] = [fields[first], fields[second]];
    if (typeof from !== 'string' || typeof to !== 'string') continue;
    const exact = Math.min(from.length, to.length);
    if (to.slice(0, exact) < from.slice(0, exact)) {
      const reason = `\`${second}\` is ${to}, which is before \`${first}\`, ${from}.`;
      return { code: 'DATES_REVERSED', reason };
    }
  }
  return null;
};

/** The kind that a value names, or null if there is no such kind. */
export const kindOf = (value: unknown): StatementKind | null =>
  STATEMENT_KINDS.find((kind) => kind === value) ?? null;

const FAULTS_TOLD = 5;

/** A record as the schema has it, or all that is wrong with it in one fault. */
export const validateStatement = (
  value: unknown,
): { status: 'valid'; record: StatementRecord } | ({ status: 'invalid' } & StatementFault) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const reason = 'it is not a record: one line is one { } with keys and values.';
    return { status: 'invalid', code: 'NOT_AN_OBJECT', reason };
  }
  const fields = value as Record<string, unknown>;
  const kind = kindOf(fields['kind']);
  if (kind === null) return { status: 'invalid', ...faultOfKind(fields['kind'], STATEMENT_KINDS) };

  const validate = validatorOf(kind);
  const faults = validate(fields)
    ? [faultOfDates(fields)]
    : (validate.errors ?? []).map((error) => faultOf(error, keysOf(kind)));
  const told = faults.filter((fault) => fault !== null);
  const [first] = told;
  if (!first) return { status: 'valid', record: fields as unknown as StatementRecord };
  const worst = told.find(({ code }) => code === 'PERSONAL_DATA') ?? first;
  const reasons = [...new Set(told.map(({ reason }) => reason))].slice(0, FAULTS_TOLD);
  return { status: 'invalid', code: worst.code, reason: reasons.join(' ') };
};
