import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020';
import schema from '../../../schema/ownership.schema.json';
import type { Trust } from '../../partners';

/** A place in a partner's schema, as the policy tells places apart. */
export type Place =
  | 'ENTITY'
  | 'KEY_FIELD'
  | 'REQUIRABLE_FIELD'
  | 'ADDED_FIELD'
  | 'ROOT_FIELD'
  | 'OWN_OBJECT'
  | 'OWN_FIELD'
  | 'ARGUMENT'
  | 'INPUT_FIELD'
  | 'ENUM_VALUE';

/** Why a steward has to approve a publication. */
export type StewardReason = 'EVERY_PUBLICATION' | 'FIRST_PUBLICATION' | 'NEW_ENTITY' | 'MORE_DATA';

/** What partners may do with a type of ours that has a key. */
export interface EntityPolicy {
  readonly owner: string;
  readonly partners: 'EXTEND' | 'REFER' | 'NONE';
  /** The one published field by which partners know it; absent where they may do nothing. */
  readonly key?: string;
  readonly mayRequire?: readonly string[];
  readonly why: string;
}

/** `schema/ownership.json`; its JSON schema says what each part means. */
export interface OwnershipPolicy {
  readonly version: 1;
  readonly entities: Readonly<Record<string, EntityPolicy>>;
  readonly scalars: readonly string[];
  readonly directives: Readonly<
    Record<string, { readonly on: readonly Place[]; readonly arguments: readonly string[] }>
  >;
  readonly ignoredDirectives: readonly string[];
  readonly federation: {
    readonly versions: readonly string[];
    readonly imports: readonly string[];
  };
  readonly names: {
    readonly shortest: number;
    readonly longest: number;
    readonly reserved: readonly string[];
  };
  readonly trust: Readonly<Record<Trust, { readonly stewardFor: readonly StewardReason[] }>>;
  readonly caps: Readonly<Record<CapName, number>>;
  readonly cost: { readonly fieldWeight: number; readonly listSize: number };
}

/** What is capped. */
export type CapName = keyof (typeof schema)['properties']['caps']['properties'];

/** A policy that cannot be used: every fault, each with its place. */
export class PolicyInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The ownership policy is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'PolicyInvalid';
  }
}

const POLICY = path.join(__dirname, '..', '..', '..', 'schema', 'ownership.json');

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PolicyInvalid([`It is not JSON: ${(error as Error).message}`]);
  }
};

/**
 * Reads the text of a policy.
 * @throws PolicyInvalid
 */
export const parsePolicy = (text: string): OwnershipPolicy => {
  const policy = parseJson(text);
  const validate = new Ajv({ allErrors: true }).compile<OwnershipPolicy>(schema);
  if (validate(policy)) return policy;
  const faults = (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, message, params }) => {
      const { additionalProperty, allowedValues } = params as {
        additionalProperty?: string;
        allowedValues?: readonly string[];
      };
      const more = additionalProperty ?? allowedValues?.join(', ');
      return [`${instancePath || '/'} ${message ?? 'is wrong'}`, ...(more ? [more] : [])].join(
        ': ',
      );
    });
  throw new PolicyInvalid(faults);
};

/**
 * The policy of this installation.
 * @throws PolicyInvalid
 */
export const readPolicy = (file = POLICY): OwnershipPolicy =>
  parsePolicy(readFileSync(file, 'utf8'));

/** What the policy says of a type; undefined where it says nothing. */
export const entityOf = ({ entities }: OwnershipPolicy, type: string): EntityPolicy | undefined =>
  Object.hasOwn(entities, type) ? entities[type] : undefined;
