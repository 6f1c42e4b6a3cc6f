import { Kind, parse, type StringValueNode, type ASTNode } from 'graphql';
import type { Finding } from '../../partners';
import { createFinding } from '../ownership/finding';
import { withoutFurniture } from '../ownership/furniture';
import { entityOf, type OwnershipPolicy } from '../ownership/policy';
import { MOST_FINDINGS } from '../ownership/rules';

interface Described {
  readonly node: ASTNode & { readonly description?: StringValueNode };
  readonly coordinate: string;
}

/** All of a partner's own that clients read a description of. */
const described = (policy: OwnershipPolicy, sdl: string): Described[] =>
  withoutFurniture(parse(sdl)).definitions.flatMap((definition): Described[] => {
    if (
      !('name' in definition) ||
      !definition.name ||
      definition.kind === Kind.SCALAR_TYPE_DEFINITION
    )
      return [];
    const type = definition.name.value;
    const entity = entityOf(policy, type);
    const isOurs =
      type === 'Query' || entity !== undefined || definition.kind.endsWith('Extension');
    const isOurField = (name: string) => name === entity?.key || entity?.mayRequire?.includes(name);
    const members = [
      ...('fields' in definition ? (definition.fields ?? []) : []),
      ...('values' in definition ? (definition.values ?? []) : []),
    ].filter(({ name }) => !isOurField(name.value));
    return [
      ...(isOurs ? [] : [{ node: definition as Described['node'], coordinate: type }]),
      ...members.flatMap((member) => {
        const coordinate = `${type}.${member.name.value}`;
        const given = 'arguments' in member ? (member.arguments ?? []) : [];
        return [
          { node: member, coordinate },
          ...given.map((node) => ({ node, coordinate: `${coordinate}(${node.name.value}:)` })),
        ];
      }),
    ];
  });

/**
 * Finds what has no description, up to a number: it is the documentation of the API.
 * @param sdl a schema that has passed {@link checkOwnership}.
 */
export const lintDescriptions = (policy: OwnershipPolicy, sdl: string): Finding[] =>
  described(policy, sdl)
    .filter(({ node }) => !node.description?.value.trim())
    .slice(0, MOST_FINDINGS)
    .map(({ node, coordinate }) =>
      createFinding(
        'DESCRIPTION_MISSING',
        node,
        `\`${coordinate}\` has no description.`,
        coordinate,
      ),
    );
