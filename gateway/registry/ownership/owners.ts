import { type ConstDirectiveNode, type DefinitionNode, parse, print } from 'graphql';
import { isUnresolvable, plainFieldsOf } from './keys';

/** A subgraph by its name, as it is composed. */
export interface NamedSdl {
  readonly name: string;
  readonly sdl: string;
}

/** A field of ours, or a value of an enum. */
export interface OwnedField {
  readonly type: string;
  readonly owners: readonly string[];
}

/** A type of ours, and what it has. */
export interface OwnedType {
  readonly kind: DefinitionNode['kind'];
  readonly owners: readonly string[];
  readonly fields: ReadonlyMap<string, OwnedField>;
  /** Its keys of one field, with those who resolve them. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** Which of our own subgraphs owns which type and field. */
export type Ownership = ReadonlyMap<string, OwnedType>;

interface Growing {
  kind: DefinitionNode['kind'];
  owners: string[];
  fields: Map<string, { type: string; owners: string[] }>;
  keys: Map<string, string[]>;
}

const addKeys = (
  { keys }: Growing,
  directives: readonly ConstDirectiveNode[] | undefined,
  owner: string,
): void => {
  for (const directive of directives ?? []) {
    const [key, ...more] = plainFieldsOf(directive) ?? [];
    if (directive.name.value !== 'key' || !key || more.length > 0 || isUnresolvable(directive))
      continue;
    keys.set(key, [...(keys.get(key) ?? []), owner]);
  }
};

const addTo = (types: Map<string, Growing>, definition: DefinitionNode, owner: string): void => {
  if (!('name' in definition) || !definition.name || !definition.kind.includes('Type')) return;
  const name = definition.name.value;
  const type: Growing = types.get(name) ?? {
    kind: definition.kind,
    owners: [],
    fields: new Map(),
    keys: new Map(),
  };
  types.set(name, type);
  if (!type.owners.includes(owner)) type.owners.push(owner);
  addKeys(type, definition.directives as readonly ConstDirectiveNode[] | undefined, owner);
  const members = [
    ...('fields' in definition ? (definition.fields ?? []) : []),
    ...('values' in definition ? (definition.values ?? []) : []),
  ];
  for (const member of members) {
    const field = type.fields.get(member.name.value);
    if (field) field.owners.push(owner);
    else
      type.fields.set(member.name.value, {
        type: 'type' in member ? print(member.type) : name,
        owners: [owner],
      });
  }
};

/** Derives who owns what from the schemas of our own subgraphs. */
export const ownershipOf = (ours: readonly NamedSdl[]): Ownership => {
  const types = new Map<string, Growing>();
  for (const { name, sdl } of ours)
    for (const definition of parse(sdl, { noLocation: true }).definitions)
      addTo(types, definition, name);
  return types;
};
