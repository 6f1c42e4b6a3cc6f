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
  untested: readonly string[],
): Check => ({
  id: 'schema',
  title: 'It says its schema',
  run: async ({ entities }: Bench) => {
    const differs = published !== undefined && !isSame(published, sdl);
    return {
      says: `${sdl.length} characters, entities by ${entities.length} keys${untested.length === 0 ? '' : `; not tested, since their keys are not one text: ${untested.join(', ')}`}`,
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
