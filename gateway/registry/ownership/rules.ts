import { type ASTNode, Kind, type NameNode, type TypeNode } from 'graphql';
import type { Finding, Partner } from '../../partners';
import type { FindingCode } from './codes';
import { createFinding, severityOf } from './finding';
import { namespaceOf, prefixOf } from './names';
import type { Ownership } from './owners';
import { entityOf, type OwnershipPolicy } from './policy';

/** What every rule knows: the policy, whose schema it is, what is ours, and whom to tell. */
export interface Rules {
  readonly policy: OwnershipPolicy;
  readonly ours: Ownership;
  /** `WillowWeb_`: what types of the partner begin with. */
  readonly namespace: string;
  /** `willowWeb_`: what its fields on types of ours begin with. */
  readonly prefix: string;
  readonly report: (code: FindingCode, at: ASTNode, message: string, coordinate?: string) => void;
}

/** More findings than this help nobody, and a hostile text could make them by the thousand. */
export const MOST_FINDINGS = 100;

/** The rules for one schema, and what they have found so far. */
export const createRules = (
  policy: OwnershipPolicy,
  ours: Ownership,
  { name }: Partner,
): { readonly rules: Rules; readonly found: () => Finding[] } => {
  const errors: Finding[] = [];
  const others: Finding[] = [];
  let more = 0;
  const rules: Rules = {
    policy,
    ours,
    namespace: `${namespaceOf(name)}_`,
    prefix: `${prefixOf(name)}_`,
    report: (code, at, message, coordinate) => {
      const list = severityOf(code) === 'ERROR' ? errors : others;
      // To find line and column takes as long as the text is.
      if (list.length < MOST_FINDINGS) list.push(createFinding(code, at, message, coordinate));
      else more += 1;
    },
  };
  const found = () => {
    const all = [...errors, ...others].sort(
      (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
    return more === 0
      ? all
      : [...all, createFinding('TOO_MANY_FINDINGS', null, `There are ${more} findings more.`)];
  };
  return { rules, found };
};

/** The type at the heart of lists and `!`, and how many lists are around it. */
export const namedTypeOf = (type: TypeNode): { name: NameNode; lists: number } => {
  let lists = 0;
  let inner = type;
  while (inner.kind !== Kind.NAMED_TYPE) {
    if (inner.kind === Kind.LIST_TYPE) lists += 1;
    inner = inner.type;
  }
  return { name: inner.name, lists };
};

const BUILT_IN: ReadonlySet<string> = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

/** Whether a type is the partner's own by its name. */
export const isOwn = ({ namespace }: Rules, type: string): boolean =>
  type.length > namespace.length && type.startsWith(namespace);

/** Whether a field that is added to a type of ours is the partner's own by its name. */
export const isPrefixed = ({ prefix }: Rules, field: string): boolean =>
  field.length > prefix.length && field.startsWith(prefix);

/** Whether a type may stand where values go in: only scalars and types of the partner's own. */
export const mayGoIn = (rules: Rules, type: string): boolean =>
  BUILT_IN.has(type) || rules.policy.scalars.includes(type) || isOwn(rules, type);

/** Whether a type may stand where values come out: also our published entities, by their keys. */
export const mayComeOut = (rules: Rules, type: string): boolean =>
  mayGoIn(rules, type) || isPublished(rules.policy, type);

/** Whether partners may refer to a type of ours. */
export const isPublished = (policy: OwnershipPolicy, type: string): boolean =>
  (entityOf(policy, type)?.partners ?? 'NONE') !== 'NONE';
