import { type ASTNode, parse, visit } from 'graphql';

/** Where a partner's schema defines or first uses something, by coordinates and names of types. */
const placesIn = (sdl: string): Map<string, ASTNode> => {
  const places = new Map<string, ASTNode>();
  const put = (coordinate: string, node: ASTNode) => {
    if (!places.has(coordinate)) places.set(coordinate, node);
  };
  const document = parse(sdl);
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name) continue;
    const type = definition.name.value;
    put(type, definition);
    const members = [
      ...('fields' in definition ? (definition.fields ?? []) : []),
      ...('values' in definition ? (definition.values ?? []) : []),
    ];
    for (const member of members) put(`${type}.${member.name.value}`, member);
  }
  visit(document, { NamedType: (node) => put(node.name.value, node) });
  return places;
};

/** Composition's messages may hold whole queries; what they are about stands at their beginning. */
const LOOKED_AT = 2000;

/**
 * Finds the place in a partner's schema that a message of composition is about: the first field that it
 * names, or else the first type.
 */
export const placeOf = (
  sdl: string,
  message: string,
): { readonly coordinate: string; readonly node: ASTNode } | null => {
  const places = placesIn(sdl);
  const named = message.slice(0, LOOKED_AT).match(/[A-Za-z_]\w*(\.[A-Za-z_]\w*)?/g) ?? [];
  const [first] = [...named]
    .sort((a, b) => Number(b.includes('.')) - Number(a.includes('.')))
    .filter((name) => places.has(name) && name !== 'Query');
  const node = first === undefined ? undefined : places.get(first);
  return first !== undefined && node ? { coordinate: first, node } : null;
};
