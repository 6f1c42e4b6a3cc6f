import type { GraphQLDataSource } from '@apollo/gateway';
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { pathName } from '../sources';

/** The fields that an operation asks for: names as answered, with dots, in any list. */
export interface AskedPaths {
  /** Of every field. */
  readonly all: ReadonlySet<string>;
  /** Of fields without fields below them. */
  readonly leaves: readonly string[];
  /** Where the answer of a source begins: its root fields, or the fields of its entities. */
  readonly first: readonly string[];
}

const read = (document: DocumentNode, operation: OperationDefinitionNode): AskedPaths => {
  const all = new Set<string>();
  const leaves = new Set<string>();
  const first = new Set<string>();
  const walk = ({ selections }: SelectionSetNode, above: readonly string[]): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const steps = [...above, key];
        const path = pathName(steps);
        const below = selection.selectionSet;
        if (path !== '' && !key.startsWith('__')) {
          all.add(path);
          if (!path.includes('.')) first.add(key);
          if (!below) leaves.add(path);
        }
        if (below) walk(below, steps);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, above);
      else {
        const fragment = document.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) walk(fragment.selectionSet, above);
      }
    }
  };
  walk(operation.selectionSet, []);
  return { all, leaves: [...leaves], first: [...first] };
};

/** The place in the client's answer at which a source's own begins. */
export const placeOf = (
  options: Parameters<GraphQLDataSource['process']>[0],
): readonly (string | number)[] =>
  'pathInIncomingRequest' in options ? (options.pathInIncomingRequest ?? []) : [];

const NOTHING: AskedPaths = { all: new Set(), leaves: [], first: [] };

/** Works out what operations ask for, once for each. Their size is limited before they come here. */
export const createAskedPaths = () => {
  const known = new WeakMap<OperationDefinitionNode, AskedPaths>();
  return (document: DocumentNode, operationName?: string): AskedPaths => {
    const operation = document.definitions.find(
      (one): one is OperationDefinitionNode =>
        one.kind === Kind.OPERATION_DEFINITION &&
        (!operationName || one.name?.value === operationName),
    );
    if (!operation) return NOTHING;
    const paths = known.get(operation) ?? read(document, operation);
    known.set(operation, paths);
    return paths;
  };
};
