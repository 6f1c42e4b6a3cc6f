import { stripIgnoredCharacters } from 'graphql';
import { type Bench, type Check, finding } from '../bench';

/** Whether two schemas are the same but for spaces, line ends and comments. */
const isSame = (one: string, other: string): boolean => {
  try {
    return stripIgnoredCharacters(one) === stripIgnoredCharacters(other);
  } catch {
    return false;
  }
};

/** The schema that the running subgraph says is that which is to be published. */
export const schemaCheck = (
  sdl: string,
  published: string | undefined,
  compound: readonly string[],
): Check => ({
  id: 'schema',
  title: 'It says its schema',
  run: async ({ entities }: Bench) => {
    const differs = published !== undefined && !isSame(published, sdl);
    return {
      says: `${sdl.length} characters, and ${entities.length} keys by which entities are asked for${compound.length === 0 ? '' : `; not tested, since their keys have several fields: ${compound.join(', ')}`}`,
      findings: differs
        ? [
            finding(
              'SCHEMA_DIFFERS',
              'What `_service { sdl }` says is not the schema that is to be published.',
              'Publish the schema that runs, or deploy the one that is published.',
            ),
          ]
        : [],
    };
  },
});
