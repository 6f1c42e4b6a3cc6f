import type { Finding } from '../../partners';

interface Meaning {
  readonly advice: string;
  /** `ERROR` if it is not said. */
  readonly severity?: Finding['severity'];
}

const codes = <Code extends string>(all: Record<Code, Meaning>): Readonly<Record<Code, Meaning>> =>
  all;

const ONLY_YOURS = 'Define only fields and types of your own; leave ours as they are.';
const NO_DIRECTIVE = 'Leave the directive out.';

/** Every code that a check of a publication may find, and what to do about it. */
export const ADVICE = codes({
  // The text
  SDL_TOO_LARGE: { advice: 'Publish a smaller schema, or ask a steward for a second name.' },
  SDL_TOO_DEEP: { advice: 'Do not put so many brackets within each other.' },
  SDL_SYNTAX: { advice: 'Correct the text at this place.' },
  SDL_NOT_A_SCHEMA: { advice: 'Publish type definitions only: no operations, no fragments.' },
  SDL_UNREADABLE: { advice: 'Write the schema in a plainer way.' },
  TOO_MANY_FINDINGS: {
    severity: 'WARNING',
    advice: 'Correct these first, then check again.',
  },
  PARTNER_NAME_REFUSED: {
    advice:
      'Choose another name: 2 to 30 small letters and digits, words joined by hyphens, begun by a letter.',
  },

  // The schema itself
  FEDERATION_LINK_MISSING: {
    advice:
      'Begin with `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`.',
  },
  FEDERATION_VERSION_REFUSED: { advice: 'Link federation v2.9.' },
  LINK_REFUSED: { advice: 'Link Apollo Federation once, by `url` and `import`, and nothing else.' },
  LINK_IMPORT_REFUSED: {
    advice: 'Import by their own names only: @key, @external, @requires, @cost, @listSize.',
  },
  ROOT_TYPE_RENAMED: { advice: 'Call the query type `Query`.' },
  MUTATION_REFUSED: { advice: 'Offer what can be read only; the graph has no mutations.' },
  SUBSCRIPTION_REFUSED: { advice: 'Offer what can be read only; the graph has no subscriptions.' },
  DIRECTIVE_DEFINED: { advice: 'Leave the definition out; what may be used is known.' },

  // What is ours
  TYPE_OF_OURS: { advice: ONLY_YOURS },
  ENUM_OF_OURS: { advice: 'Define an enum of your own; ours has the values it has.' },
  INPUT_OF_OURS: { advice: ONLY_YOURS },
  INTERFACE_OF_OURS: { advice: ONLY_YOURS },
  UNION_OF_OURS: { advice: ONLY_YOURS },
  SCALAR_OF_OURS: { advice: 'Use Date, DateTime, Decimal or URL, or String.' },
  FIELD_OF_OURS: {
    advice: 'On a type of ours define its key and fields of your own; ours are there.',
  },
  KEY_FIELD_CHANGED: { advice: 'Write the key field exactly as we do, without arguments.' },
  KEY_FIELD_MISSING: { advice: 'Define the key field of the type as we do.' },
  KEY_MISSING: { advice: 'Give the type its published key by `@key`.' },
  KEY_NOT_PUBLISHED: { advice: 'Use the published key of the type, and only it.' },
  ENTITY_NOT_PUBLISHED: { advice: 'Leave the type out; partners do not add to it or refer to it.' },
  ENTITY_NOT_EXTENDABLE: {
    advice:
      'Refer to the type only: its key field and `@key(fields: …, resolvable: false)`, nothing else.',
  },
  INTERFACE_ON_OURS: { advice: 'Let types of your own implement interfaces, not ours.' },
  NON_NULL_REFUSED: {
    advice: 'Take the last `!` away: a null of yours must not empty what others say.',
  },

  // What is the partner's
  ROOT_FIELD_WITHOUT_PREFIX: { advice: 'Begin the name of the field with your prefix and `_`.' },
  FIELD_WITHOUT_PREFIX: { advice: 'Begin the name of the field with your prefix and `_`.' },
  TYPE_OUTSIDE_NAMESPACE: { advice: 'Begin the name of the type with your namespace and `_`.' },
  SCALAR_DEFINED: {
    advice: 'Use String, Int, Float, Boolean, ID, Date, DateTime, Decimal or URL.',
  },
  NAME_RESERVED: { advice: 'Choose a name without `__` that JavaScript has no use for.' },
  NAME_TOO_LONG: { advice: 'Choose a shorter name.' },
  EXTENSION_REFUSED: { advice: 'Define the type once, whole.' },
  REFERENCE_REFUSED: {
    advice: 'Use types of your own, our published entities by their key, and our scalars.',
  },
  INTERFACE_REFUSED: { advice: 'Implement interfaces of your own only.' },
  LIST_OF_LISTS: { advice: 'Put an object between the two lists.' },
  KEY_NOT_PLAIN: { advice: 'Name plain fields in the key, with spaces between.' },

  // Directives
  DIRECTIVE_REFUSED: { advice: NO_DIRECTIVE },
  DIRECTIVE_ARGUMENT_REFUSED: { advice: 'Leave the argument out, or write it as a plain value.' },
  OVERRIDE_REFUSED: { advice: 'Leave the directive out; fields do not change hands.' },
  EXTERNAL_REFUSED: { advice: 'Only published fields of ours can be external.' },
  REQUIRES_REFUSED: {
    advice: 'Only fields that you add to a type of ours can require its fields.',
  },
  REQUIRES_NOT_PUBLISHED: { advice: 'Require only the fields that the policy publishes.' },
  REQUIRES_WITH_ARGUMENTS: { advice: 'Take the arguments away, or require nothing.' },
  PROVIDES_REFUSED: { advice: 'Leave the directive out; values of ours come from us.' },
  SHAREABLE_REFUSED: { advice: 'Leave the directive out; what has your prefix is yours alone.' },
  INACCESSIBLE_REFUSED: { advice: 'Leave out what clients are not to see.' },
  AUTHENTICATED_REFUSED: { advice: NO_DIRECTIVE },
  REQUIRES_SCOPES_REFUSED: { advice: NO_DIRECTIVE },
  POLICY_REFUSED: { advice: NO_DIRECTIVE },
  INTERFACE_OBJECT_REFUSED: { advice: NO_DIRECTIVE },
  COMPOSE_DIRECTIVE_REFUSED: { advice: NO_DIRECTIVE },
  TAG_REFUSED: { advice: NO_DIRECTIVE },
  CONTEXT_REFUSED: { advice: NO_DIRECTIVE },
  FROM_CONTEXT_REFUSED: { advice: NO_DIRECTIVE },
  DIRECTIVE_IGNORED: {
    severity: 'WARNING',
    advice: 'Leave the directive out; what fields of partners cost is the policy’s to say.',
  },

  // Texts
  TEXT_WITH_MARKUP: { advice: 'Write plain text: no HTML, no links in brackets, no images.' },
  TEXT_WITH_CONTROLS: { advice: 'Take out control characters and marks that turn the direction.' },
  DESCRIPTION_TOO_LONG: { advice: 'Say it in fewer words.' },
  DESCRIPTION_IGNORED: {
    severity: 'WARNING',
    advice: 'Leave it out: what is ours is described by us.',
  },
  DESCRIPTION_MISSING: {
    severity: 'WARNING',
    advice: 'Say in a sentence what it is: the description is all that clients read.',
  },

  // Size
  TOO_MANY_TYPES: { advice: 'Publish fewer types.' },
  TOO_MANY_FIELDS: { advice: 'Publish fewer fields, arguments or values.' },
  TOO_MANY_ARGUMENTS: { advice: 'Put arguments together in an input type, or have fewer.' },
  TOO_MANY_KEYS: { advice: 'Have fewer keys, of fewer fields.' },

  // Composition, changes, approval
  COMPOSITION_FAILED: { advice: 'Correct what composition says of your subgraph.' },
  COMPOSITION_TOO_SLOW: { advice: 'Publish fewer types that refer to each other.' },
  COMPOSITION_TOO_LARGE: { advice: 'Publish fewer types that refer to each other.' },
  COMPOSITION_CRASHED: { advice: 'Tell a steward; publish a plainer schema meanwhile.' },
  CHANGES_UNKNOWN: { advice: 'Check again; if it stays so, tell a steward.' },
  BREAKING_CHANGE_USED: {
    advice: 'Keep it, deprecate it, and take it away when nobody has asked for it for 30 days.',
  },
  BREAKING_CHANGE: {
    severity: 'WARNING',
    advice: 'Nobody asked for it in the last 30 days; deprecate before you take away.',
  },
  DANGEROUS_CHANGE: {
    severity: 'WARNING',
    advice: 'Look whether clients can deal with it.',
  },
  STEWARD_EVERY_PUBLICATION: {
    severity: 'STEWARD',
    advice: 'Publish; a steward looks at it before it is served.',
  },
  STEWARD_FIRST_PUBLICATION: {
    severity: 'STEWARD',
    advice: 'Publish; a steward looks at it before it is served.',
  },
  STEWARD_NEW_ENTITY: {
    severity: 'STEWARD',
    advice: 'Publish; a steward looks at it before it is served.',
  },
  STEWARD_MORE_DATA: {
    severity: 'STEWARD',
    advice: 'Publish; a steward looks at it before it is served.',
  },
});

/** A stable name for something that may be found. */
export type FindingCode = keyof typeof ADVICE;
