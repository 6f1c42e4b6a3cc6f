import { SUBGRAPH_NAMES } from '../../gateway/config';

/** The names that a partner's name leads to. */
export interface Naming {
  /** Of its subgraph: `willow-web`. */
  readonly name: string;
  /** Of its root fields and of its fields on shared types: `willowWeb`. */
  readonly prefix: string;
  /** Of its own types: `WillowWeb`. */
  readonly namespace: string;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const SHORTEST = 2;
const LONGEST = 30;

/**
 * The names that a partner's name leads to.
 * @throws Error that says what is wrong with it.
 */
export const namingOf = (name: string): Naming => {
  const refuse = (reason: string) => new Error(`“${name}” cannot be a partner’s name: ${reason}`);
  if (!NAME.test(name))
    throw refuse(
      'it is of small letters and digits, begins with a letter, and has single hyphens between words, as `willow-web` has.',
    );
  if (name.length < SHORTEST || name.length > LONGEST)
    throw refuse(`it has ${SHORTEST} to ${LONGEST} characters.`);
  if (SUBGRAPH_NAMES.some((own) => own === name))
    throw refuse('it is a subgraph of the graph’s own.');
  const namespace = name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
  return { name, prefix: namespace.slice(0, 1).toLowerCase() + namespace.slice(1), namespace };
};
