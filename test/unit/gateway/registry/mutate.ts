import {
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql';

import { HOSTILE } from './hostile';

/** One change of a schema: what to do, where, and with what, all as numbers that fit any schema. */
export interface Mutation {
  readonly kind: number;
  readonly at: number;
  readonly pick: number;
}

const DIRECTIVES = [
  '@override(from: "organisations")',
  '@override(from: "funding", label: "percent(1)")',
  '@federation__override(from: "organisations")',
  '@external',
  '@requires(fields: "name")',
  '@requires(fields: "secret")',
  '@requires(fields: "iso3")',
  '@requires(fields: "iso3 m49")',
  '@requires(fields: "id")',
  '@provides(fields: "name")',
  '@shareable',
  '@inaccessible',
  '@authenticated',
  '@requiresScopes(scopes: [["a"]])',
  '@policy(policies: [["a"]])',
  '@interfaceObject',
  '@composeDirective(name: "@key")',
  '@tag(name: "a")',
  '@context(name: "c")',
  '@deprecated',
  '@deprecated(reason: "<b>no</b>")',
  '@specifiedBy(url: "https://example.org")',
  '@oneOf',
  '@cost(weight: -9)',
  '@listSize(assumedSize: 0)',
  '@key(fields: "id")',
  '@key(fields: "id", resolvable: false)',
  '@key(fields: "name")',
  '@key(fields: "secret")',
  '@key(fields: "id name")',
  '@key(fields: "identifier")',
  '@key(fields: "country { id }")',
  '@key(fields: "iso3")',
  '@link(url: "https://specs.apollo.dev/tag/v0.3")',
  '@link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@override", "@shareable"])',
];

const NAMES = [
  'Organisation',
  'Country',
  'Flow',
  'Activity',
  'Source',
  'Provenance',
  'OrganisationKind',
  'OrganisationFilter',
  'Named',
  'Party',
  'Query',
  'Mutation',
  'Subscription',
  'Date',
  'DateTime',
  'Decimal',
  'URL',
  'WillowWeb_Event',
  'WillowWeb_Kind',
  'WillowWeb_Filter',
  'WillowWeb_Thing',
  'WillowWeb_New',
  'willowWeb_new',
  'willowWeb_events',
  'OakNet_Event',
  'id',
  'name',
  'secret',
  'country',
  'flows',
  'iso3',
  'm49',
  'identifier',
  'title',
  'organisations',
  'sources',
  'NGO',
  'BEST',
  '_Entity',
  'join__Graph',
  '__typename',
  'constructor',
];

const DEFINITIONS = [
  'type Organisation @key(fields: "id") { id: ID! }',
  'type Organisation @key(fields: "id") { id: ID! name: String! }',
  'type Country @key(fields: "id", resolvable: false) { id: ID! }',
  'extend type Organisation @key(fields: "id") { id: ID! @external willowWeb_more: Int }',
  'extend type Query { willowWeb_more: [Organisation!]! organisations: Int }',
  'type Query { willowWeb_more: Country }',
  'enum OrganisationKind { NGO OTHER }',
  'extend enum OrganisationKind { BEST }',
  'extend union Party = WillowWeb_Event',
  'union Party = Organisation | WillowWeb_Event',
  'interface Named { name: String! willowWeb_more: Int }',
  'extend interface Named { more: Int }',
  'input OrganisationFilter { more: Int }',
  'scalar Date @tag(name: "x")',
  'scalar Decimal',
  'scalar WillowWeb_Any',
  'type Provenance @shareable { licence: String }',
  'type Mutation { willowWeb_do: Int }',
  'type Subscription { willowWeb_do: Int }',
  'schema { query: Query mutation: WillowWeb_Event }',
  'schema { query: WillowWeb_Event }',
  'extend schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2")',
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@override", "@inaccessible", "@tag"])',
  'directive @tag(name: String!) repeatable on OBJECT | FIELD_DEFINITION',
  'directive @mine on OBJECT',
  'type Source @key(fields: "id") { id: ID! willowWeb_more: Int }',
  'type Activity @key(fields: "identifier") { identifier: ID! willowWeb_more: Activity }',
  'type Activity @key(fields: "identifier") @key(fields: "id") { id: ID! identifier: ID! willowWeb_more: Activity }',
  'type Flow @key(fields: "id") { id: ID! willowWeb_more: Int }',
  'enum WillowWeb_Kind { TALK }',
  'type WillowWeb_Event { more: Int }',
  'union WillowWeb_New = Organisation | Country | Provenance',
  'scalar _Any',
  'union _Entity = Organisation',
  'type _Service { sdl: String }',
  'extend type Query { _entities(representations: [_Any!]!): [_Entity]! }',
  'directive @key(fields: federation__FieldSet!, resolvable: Boolean) repeatable on FIELD_DEFINITION',
  'directive @federation__override(from: String!) on FIELD_DEFINITION',
  'enum link__Purpose { SECURITY }',
  'type link__Purpose { a: Int }',
];

const FIELDS = [
  'willowWeb_added: Int',
  'willowWeb_added: [Organisation!]',
  'willowWeb_added: Provenance',
  'willowWeb_added(a: OrganisationFilter): Int',
  'willowWeb_added(a: WillowWeb_Filter): [Country]',
  'willowWeb_added: Query',
  'willowWeb_added: Int!',
  'name: String!',
  'secret: String @external',
  'iso3: String @external',
  'iso3: String',
  'identifier: ID!',
  'id: ID!',
  'more: [[Int]]',
  'willowWeb_added: String @requires(fields: "iso3")',
];

const STRINGS = [
  'id',
  'name',
  'secret',
  'id name',
  'iso3',
  'identifier',
  '',
  'id { id }',
  '@override',
];

const pickOf = <Item>(items: readonly Item[], pick: number): Item => {
  const item = items[pick % items.length];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
};

const parseDirective = (text: string): ConstDirectiveNode => {
  const [definition] = parse(`scalar S ${text}`, { noLocation: true }).definitions;
  const [directive] =
    definition?.kind === Kind.SCALAR_TYPE_DEFINITION ? (definition.directives ?? []) : [];
  if (!directive) throw new Error(text);
  return directive;
};

/** Replaces the one node, of those that a test accepts, whose turn it is. */
const changeOne = (
  document: DocumentNode,
  accepts: (node: ASTNode) => boolean,
  at: number,
  change: (node: ASTNode) => ASTNode | null,
): DocumentNode => {
  let count = 0;
  visit(document, {
    enter: (node) => {
      if (accepts(node)) count += 1;
    },
  });
  if (count === 0) return document;
  let turn = at % count;
  return visit(document, {
    enter: (node) => {
      if (!accepts(node)) return undefined;
      turn -= 1;
      return turn === -1 ? change(node) : undefined;
    },
  });
};

const isDefinition = (node: ASTNode): node is DefinitionNode =>
  /Type(Definition|Extension)$|^Schema/.test(node.kind);
const mayHaveDirectives = (node: ASTNode) =>
  isDefinition(node) ||
  /^(FieldDefinition|InputValueDefinition|EnumValueDefinition)$/.test(node.kind);

const wraps = (type: TypeNode, pick: number): TypeNode => {
  const inner = type.kind === Kind.NAMED_TYPE ? type : type.type;
  switch (pick % 4) {
    case 0:
      return type.kind === Kind.NON_NULL_TYPE ? type : { kind: Kind.NON_NULL_TYPE, type };
    case 1:
      return { kind: Kind.LIST_TYPE, type };
    case 2:
      return inner;
    default:
      return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: pickOf(NAMES, pick >> 2) } };
  }
};

const swapped: Readonly<Record<string, string>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: Kind.OBJECT_TYPE_EXTENSION,
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_DEFINITION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_DEFINITION]: Kind.ENUM_TYPE_EXTENSION,
  [Kind.UNION_TYPE_DEFINITION]: Kind.UNION_TYPE_EXTENSION,
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: Kind.INPUT_OBJECT_TYPE_EXTENSION,
};

const withDefinitions = (
  document: DocumentNode,
  more: readonly DefinitionNode[],
): DocumentNode => ({
  ...document,
  definitions: [...document.definitions, ...more],
});

/** Those that can be parsed, and are no bother to print. */
const SMALL_HOSTILE = HOSTILE.filter(
  ({ sdl, code }) => sdl.length < 2000 && !code.startsWith('SDL_'),
);

/** What can be done to a schema. */
const KINDS: readonly ((document: DocumentNode, at: number, pick: number) => DocumentNode)[] = [
  // A directive where there was none
  (document, at, pick) =>
    changeOne(
      document,
      mayHaveDirectives,
      at,
      (node) =>
        ({
          ...node,
          directives: [
            ...('directives' in node ? (node.directives ?? []) : []),
            parseDirective(pickOf(DIRECTIVES, pick)),
          ],
        }) as ASTNode,
    ),
  // Another name
  (document, at, pick) =>
    changeOne(
      document,
      ({ kind }) => kind === Kind.NAME,
      at,
      () => ({ kind: Kind.NAME, value: pickOf(NAMES, pick) }),
    ),
  // Another type
  (document, at, pick) =>
    changeOne(
      document,
      ({ kind }) => kind === Kind.FIELD_DEFINITION || kind === Kind.INPUT_VALUE_DEFINITION,
      at,
      (node) =>
        'type' in node ? ({ ...node, type: wraps(node.type as TypeNode, pick) } as ASTNode) : node,
    ),
  // One more definition
  (document, _at, pick) =>
    withDefinitions(document, parse(pickOf(DEFINITIONS, pick), { noLocation: true }).definitions),
  // Something less
  (document, at) =>
    changeOne(
      document,
      ({ kind }) =>
        /^(Directive|FieldDefinition|InputValueDefinition|EnumValueDefinition|Argument)$/.test(
          kind,
        ),
      at,
      () => null,
    ),
  // Something twice
  (document, at) => withDefinitions(document, [pickOf(document.definitions, at)]),
  // One more field
  (document, at, pick) =>
    changeOne(
      document,
      (node) => /^(Object|Interface)Type/.test(node.kind),
      at,
      (node) => {
        const [parsed] = parse(`type T { ${pickOf(FIELDS, pick)} }`, {
          noLocation: true,
        }).definitions;
        const fields = parsed?.kind === Kind.OBJECT_TYPE_DEFINITION ? (parsed.fields ?? []) : [];
        return {
          ...node,
          fields: [...('fields' in node ? (node.fields as typeof fields) : []), ...fields],
        } as ASTNode;
      },
    ),
  // A part of a schema that is known to be hostile
  (document, at, pick) => {
    const { sdl } = pickOf(SMALL_HOSTILE, pick);
    return withDefinitions(document, [pickOf(parse(sdl, { noLocation: true }).definitions, at)]);
  },
  // Another text
  (document, at, pick) =>
    changeOne(
      document,
      ({ kind }) => kind === Kind.STRING,
      at,
      () => ({ kind: Kind.STRING, value: pickOf(STRINGS, pick) }),
    ),
  // Another kind of definition
  (document, at) =>
    changeOne(
      document,
      ({ kind }) => Object.hasOwn(swapped, kind),
      at,
      (node) => ({ ...node, kind: swapped[node.kind] }) as unknown as ASTNode,
    ),
  // An interface, or a member of a union
  (document, at, pick) =>
    changeOne(
      document,
      (node) => /^(ObjectType|InterfaceType|UnionType)/.test(node.kind),
      at,
      (node) => {
        const named = {
          kind: Kind.NAMED_TYPE,
          name: { kind: Kind.NAME, value: pickOf(NAMES, pick) },
        } as const;
        return ('types' in node
          ? { ...node, types: [...(node.types as object[]), named] }
          : {
              ...node,
              interfaces: [...((node as { interfaces?: object[] }).interfaces ?? []), named],
            }) as unknown as ASTNode;
      },
    ),
  // An import
  (document, at, pick) =>
    changeOne(
      document,
      ({ kind }) => kind === Kind.LIST,
      at,
      (node) =>
        ({
          ...node,
          values: [
            ...('values' in node ? (node.values as object[]) : []),
            { kind: Kind.STRING, value: (pickOf(DIRECTIVES, pick).match(/^@\w+/) ?? ['@key'])[0] },
          ],
        }) as unknown as ASTNode,
    ),
];

/** A text from which a piece was taken, to be left out or to stand twice. */
const cut = (sdl: string, at: number, pick: number): string => {
  const start = at % sdl.length;
  const end = start + (pick % 40);
  return pick % 2 === 0
    ? sdl.slice(0, start) + sdl.slice(end)
    : sdl.slice(0, end) + sdl.slice(start);
};

/** A schema after some changes. Where it cannot be read any more, as it was before the last. */
export const mutate = (sdl: string, mutations: readonly Mutation[]): string =>
  mutations.reduce((text, { kind, at, pick }) => {
    const turn = kind % (KINDS.length + 1);
    try {
      if (turn < KINDS.length)
        return print(pickOf(KINDS, turn)(parse(text, { noLocation: true }), at, pick));
      const rest = cut(text, at, pick);
      parse(rest);
      return rest;
    } catch {
      return text;
    }
  }, sdl);
