import { Kind, parse } from 'graphql';
import { namespaceOf, prefixOf } from '../../gateway/registry/ownership/names';

/** The fields that a partner adds to types that are not its own, as coordinates: `Query.willowWeb_trainings`. */
export const addedFields = (name: string, sdl: string): string[] => {
  const [namespace, prefix] = [namespaceOf(name), prefixOf(name)];
  return parse(sdl).definitions.flatMap((definition) => {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.OBJECT_TYPE_EXTENSION
    )
      return [];
    const type = definition.name.value;
    const fields = (definition.fields ?? []).map((field) => field.name.value);
    return type.startsWith(`${namespace}_`)
      ? []
      : fields.filter((field) => field.startsWith(`${prefix}_`)).map((field) => `${type}.${field}`);
  });
};
