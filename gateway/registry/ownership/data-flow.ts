import { type FieldDefinitionNode, Kind, parse } from 'graphql';
import { withoutFurniture } from './furniture';
import { isUnresolvable, plainFieldsOf } from './keys';
import { entityOf, type OwnershipPolicy } from './policy';

/** Something that the gateway sends a partner. */
export interface DataFlow {
  /** `KEY` and `REQUIRED`: a field of ours. `ARGUMENT`: what clients write into their queries. */
  readonly kind: 'KEY' | 'REQUIRED' | 'ARGUMENT';
  /** `Organisation.id`, `Query.willowWeb_events(first:)`. */
  readonly coordinate: string;
  readonly says: string;
}

const flowsOfArguments = (type: string, { name, arguments: given }: FieldDefinitionNode) =>
  (given ?? []).map((argument): DataFlow => {
    const coordinate = `${type}.${name.value}(${argument.name.value}:)`;
    return { kind: 'ARGUMENT', coordinate, says: `What clients give for ${coordinate} is sent.` };
  });

const flowsOfField = (type: string, field: FieldDefinitionNode): DataFlow[] => {
  const required = (field.directives ?? [])
    .filter(({ name }) => name.value === 'requires')
    .flatMap((directive) => plainFieldsOf(directive) ?? []);
  return [
    ...required.map((name): DataFlow => {
      const coordinate = `${type}.${name}`;
      const says = `Where clients ask for ${type}.${field.name.value}, ${coordinate} is sent.`;
      return { kind: 'REQUIRED', coordinate, says };
    }),
    ...flowsOfArguments(type, field),
  ];
};

/**
 * What would flow to the partner whose schema this is, each thing once.
 * @param sdl a schema that has passed {@link checkOwnership}.
 */
export const dataFlowOf = (policy: OwnershipPolicy, sdl: string): DataFlow[] => {
  const flows = new Map<string, DataFlow>();
  for (const node of withoutFurniture(parse(sdl, { noLocation: true })).definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION)
      continue;
    const type = node.name.value;
    const isOurs = entityOf(policy, type) !== undefined;
    const keys = (node.directives ?? [])
      .filter((directive) => directive.name.value === 'key' && !isUnresolvable(directive))
      .flatMap((directive) => plainFieldsOf(directive) ?? []);
    const found = [
      ...(isOurs ? keys : []).map((key): DataFlow => {
        const coordinate = `${type}.${key}`;
        const says = `Where clients ask for the partner’s fields of ${type}, ${coordinate} is sent.`;
        return { kind: 'KEY', coordinate, says };
      }),
      ...(node.fields ?? []).flatMap((field) => flowsOfField(type, field)),
    ];
    for (const flow of found) if (!flows.has(flow.coordinate)) flows.set(flow.coordinate, flow);
  }
  return [...flows.values()];
};
