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

/** Something of a schema, and where it stands. */
interface Place {
  readonly coordinate: string;
  readonly node: ASTNode;
}

/**
 * Finds the places in a partner's schema that messages of composition are about: the first field that a
 * message names, or else the first type.
 */
export const createPlaces = (sdl: string): ((message: string) => Place | null) => {
  const places = placesIn(sdl);
  return (message) => {
    const named = message.slice(0, LOOKED_AT).match(/[A-Za-z_]\w*(\.[A-Za-z_]\w*)?/g) ?? [];
    const known = named.filter((name) => name !== 'Query' && places.has(name));
    const coordinate = known.find((name) => name.includes('.')) ?? known[0];
    const node = coordinate === undefined ? undefined : places.get(coordinate);
    return coordinate !== undefined && node ? { coordinate, node } : null;
  };
};
