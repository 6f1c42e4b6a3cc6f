import { type ConstDirectiveNode, Kind } from 'graphql';

/** The fields that a `fields` argument names, or null if it names anything but plain fields. */
export const plainFieldsOf = ({ arguments: given }: ConstDirectiveNode): string[] | null => {
  const fields = given?.find(({ name }) => name.value === 'fields')?.value;
  if (fields?.kind !== Kind.STRING) return null;
  const names = fields.value.split(/[\s,]+/).filter((name) => name !== '');
  return names.length > 0 && names.every((name) => /^[A-Za-z]\w*$/.test(name)) ? names : null;
};

/** Whether a `@key` says that its subgraph does not answer for the entity. */
export const isUnresolvable = ({ arguments: given }: ConstDirectiveNode): boolean =>
  given?.some(
    ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
  ) ?? false;
