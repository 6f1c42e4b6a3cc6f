import type { FindingCode } from '../../../../gateway/registry/ownership/codes';
import { PARTNER_LINK } from './graphs';

/** A schema that tries something, and the code by which that is refused. */
export interface Hostile {
  readonly tries: string;
  readonly code: FindingCode;
  readonly sdl: string;
}

const linked = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", ${imports}])`;
const hostile = (tries: string, code: FindingCode, body: string, head = PARTNER_LINK): Hostile => ({
  tries,
  code,
  sdl: `${head}\n${body}`,
});
/** Something that a partner may publish, for tricks that need company. */
const ROOT = 'type Query { willowWeb_hello: String }';

/** Every row of the list of tricks that composition lets through, and more of their kind. */
export const HOSTILE: readonly Hostile[] = [
  // Taking what is ours
  hostile(
    'takes a field of ours over',
    'OVERRIDE_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! name: String! @override(from: "organisations") }',
    linked('"@override"'),
  ),
  hostile(
    'takes a root field of ours over',
    'OVERRIDE_REFUSED',
    'type Query { sources: [String!] @override(from: "organisations") }',
    linked('"@override"'),
  ),
  hostile(
    'takes a field over by the full name of the directive',
    'OVERRIDE_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! name: String! @federation__override(from: "organisations") }',
  ),
  hostile(
    'shares a field of ours',
    'SHAREABLE_REFUSED',
    'type Query { willowWeb_a: Provenance } type Provenance @shareable { licence: String }',
    linked('"@shareable"'),
  ),
  hostile(
    'defines a field of ours',
    'FIELD_OF_OURS',
    'type Organisation @key(fields: "id") { id: ID! name: String! }',
  ),
  hostile(
    'shares what it has, to share more later',
    'SHAREABLE_REFUSED',
    'type Query { willowWeb_a: WillowWeb_A } type WillowWeb_A @shareable { b: Int }',
    linked('"@shareable"'),
  ),

  // Reading what is ours
  hostile(
    'has a field of ours sent',
    'EXTERNAL_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! name: String! @external willowWeb_a: Int @requires(fields: "name") }',
  ),
  hostile(
    'requires a field of ours',
    'REQUIRES_NOT_PUBLISHED',
    'type Organisation @key(fields: "id") { id: ID! name: String! @external willowWeb_a: Int @requires(fields: "name") }',
  ),
  hostile(
    'requires a field that nobody may see',
    'REQUIRES_NOT_PUBLISHED',
    'type Organisation @key(fields: "id") { id: ID! secret: String @external willowWeb_a: Int @requires(fields: "secret") }',
  ),
  hostile(
    'requires a field of a field',
    'REQUIRES_NOT_PUBLISHED',
    'type Organisation @key(fields: "id") { id: ID! country: Country @external willowWeb_a: Int @requires(fields: "country { iso3 }") } type Country @key(fields: "id") { id: ID! iso3: String @external }',
  ),
  hostile(
    'requires something for a field with arguments',
    'REQUIRES_WITH_ARGUMENTS',
    'type Country @key(fields: "id") { id: ID! iso3: String @external willowWeb_a(b: Int): Int @requires(fields: "iso3") }',
  ),
  hostile(
    'requires something for a type of its own',
    'REQUIRES_REFUSED',
    'type Query { willowWeb_a: WillowWeb_A } type WillowWeb_A @key(fields: "id") { id: ID! b: Int c: Int @requires(fields: "b") }',
  ),
  hostile(
    'provides a field of ours',
    'PROVIDES_REFUSED',
    'type Query { willowWeb_a: Organisation @provides(fields: "name") } type Organisation @key(fields: "id") { id: ID! name: String! @external }',
    linked('"@external", "@provides"'),
  ),
  hostile(
    'has another key of ours sent',
    'KEY_NOT_PUBLISHED',
    'type Organisation @key(fields: "name") { name: String! willowWeb_a: Int }',
  ),
  hostile(
    'has a field of ours sent as a key that is external',
    'KEY_NOT_PUBLISHED',
    'type Organisation @key(fields: "id") @key(fields: "name") { id: ID! name: String! @external willowWeb_a: Int }',
  ),
  hostile(
    'has a hidden field sent as a key',
    'KEY_NOT_PUBLISHED',
    'type Organisation @key(fields: "id") @key(fields: "secret") { id: ID! secret: String willowWeb_a: Int }',
  ),
  hostile(
    'has two fields sent as a key',
    'KEY_NOT_PUBLISHED',
    'type Organisation @key(fields: "id name") { id: ID! name: String! willowWeb_a: Int }',
  ),
  hostile(
    'has a field of a field sent as a key',
    'KEY_NOT_PUBLISHED',
    'type Organisation @key(fields: "country { id }") { country: Country willowWeb_a: Int } type Country @key(fields: "id") { id: ID! }',
  ),
  hostile(
    'joins by a key that is published for nobody',
    'KEY_NOT_PUBLISHED',
    'type Activity @key(fields: "identifier") @key(fields: "id") { id: ID! identifier: ID! willowWeb_a: Int }',
  ),
  hostile(
    'adds to an entity that partners only refer to',
    'ENTITY_NOT_EXTENDABLE',
    'type Flow @key(fields: "id") { id: ID! willowWeb_a: Int }',
  ),
  hostile(
    'has the keys sent of an entity that partners only refer to',
    'ENTITY_NOT_EXTENDABLE',
    'type Query { willowWeb_a: Flow } type Flow @key(fields: "id") { id: ID! }',
  ),
  hostile(
    'adds to an entity that is not for partners',
    'ENTITY_NOT_PUBLISHED',
    'type Source @key(fields: "id") { id: ID! willowWeb_a: Int }',
  ),

  // Hiding and breaking
  hostile(
    'hides a field of ours',
    'INACCESSIBLE_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! @inaccessible willowWeb_a: Int }',
    linked('"@inaccessible"'),
  ),
  hostile(
    'hides the query type',
    'INACCESSIBLE_REFUSED',
    'type Query @inaccessible { willowWeb_a: Int }',
    linked('"@inaccessible"'),
  ),
  hostile(
    'hides what it has itself',
    'INACCESSIBLE_REFUSED',
    'type Query { willowWeb_a: Int willowWeb_b: Int @inaccessible }',
    linked('"@inaccessible"'),
  ),
  hostile(
    'demands that clients are known',
    'AUTHENTICATED_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! @authenticated willowWeb_a: Int }',
    linked('"@authenticated"'),
  ),
  hostile(
    'demands scopes',
    'REQUIRES_SCOPES_REFUSED',
    'type Organisation @key(fields: "id") @requiresScopes(scopes: [["a"]]) { id: ID! willowWeb_a: Int }',
    linked('"@requiresScopes"'),
  ),
  hostile(
    'demands policies',
    'POLICY_REFUSED',
    'scalar Date @policy(policies: [["a"]]) type Query { willowWeb_a: Date }',
    linked('"@policy"'),
  ),
  hostile(
    'stands for an interface of ours',
    'INTERFACE_OBJECT_REFUSED',
    'type Named @interfaceObject @key(fields: "name") { name: String! willowWeb_a: Int }',
    linked('"@interfaceObject"'),
  ),
  hostile(
    'brings a directive into the supergraph',
    'COMPOSE_DIRECTIVE_REFUSED',
    'extend schema @link(url: "https://example.org/mine/v1.0", import: ["@mine"]) @composeDirective(name: "@mine") directive @mine on FIELD_DEFINITION type Query { willowWeb_a: Int @mine }',
    linked('"@composeDirective"'),
  ),
  hostile(
    'tags a field of ours',
    'TAG_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! @tag(name: "internal") willowWeb_a: Int }',
    linked('"@tag"'),
  ),
  hostile(
    'sets a context',
    'CONTEXT_REFUSED',
    'type Organisation @key(fields: "id") @context(name: "c") { id: ID! willowWeb_a: WillowWeb_A } type WillowWeb_A @key(fields: "id") { id: ID! b(c: ID @fromContext(field: "$c { id }")): Int }',
    linked('"@context", "@fromContext"'),
  ),
  hostile(
    'takes an argument from a context',
    'FROM_CONTEXT_REFUSED',
    'type Organisation @key(fields: "id") @context(name: "c") { id: ID! willowWeb_a: WillowWeb_A } type WillowWeb_A @key(fields: "id") { id: ID! b(c: ID @fromContext(field: "$c { id }")): Int }',
    linked('"@context", "@fromContext"'),
  ),
  hostile(
    'deprecates a field of ours',
    'DIRECTIVE_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! @deprecated(reason: "Ask us instead") willowWeb_a: Int }',
  ),
  hostile(
    'says by whom a scalar of ours is specified',
    'DIRECTIVE_REFUSED',
    'scalar Date @specifiedBy(url: "https://example.org/date") type Query { willowWeb_a: Date }',
  ),
  hostile(
    'uses a directive that nobody knows',
    'DIRECTIVE_REFUSED',
    'type Query { willowWeb_a: Int @connect(http: { GET: "http://127.0.0.1" }) }',
  ),
  hostile(
    'gives a directive an argument that it does not have',
    'DIRECTIVE_ARGUMENT_REFUSED',
    'type Organisation @key(fields: "id", scope: "all") { id: ID! willowWeb_a: Int }',
  ),
  hostile(
    'writes the fields of a key as a list',
    'DIRECTIVE_ARGUMENT_REFUSED',
    'type Organisation @key(fields: ["id"]) { id: ID! willowWeb_a: Int }',
  ),
  hostile(
    'adds a field that cannot be null to an entity',
    'NON_NULL_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! willowWeb_a: Int! }',
  ),
  hostile(
    'adds a root field that cannot be null',
    'NON_NULL_REFUSED',
    'type Query { willowWeb_a: [String]! }',
  ),
  hostile(
    'makes the key of an entity nullable',
    'KEY_FIELD_CHANGED',
    'type Organisation @key(fields: "id") { id: ID willowWeb_a: Int }',
  ),
  hostile(
    'gives the key of an entity an argument',
    'KEY_FIELD_CHANGED',
    'type Organisation @key(fields: "id") { id(format: String): ID! willowWeb_a: Int }',
  ),
  hostile(
    'defines an entity without its key',
    'KEY_MISSING',
    'type Organisation { id: ID! willowWeb_a: Int }',
  ),
  hostile(
    'extends an entity without its key field',
    'KEY_FIELD_MISSING',
    'extend type Organisation @key(fields: "id") { willowWeb_a: Int }',
  ),

  // Beyond its own names
  hostile('adds a mutation', 'MUTATION_REFUSED', `${ROOT} type Mutation { willowWeb_a: Int }`),
  hostile(
    'adds a mutation by another name',
    'MUTATION_REFUSED',
    `schema { query: Query mutation: WillowWeb_M } ${ROOT} type WillowWeb_M { willowWeb_a: Int }`,
  ),
  hostile('adds a subscription', 'SUBSCRIPTION_REFUSED', `${ROOT} type Subscription { a: Int }`),
  hostile(
    'renames the query type',
    'ROOT_TYPE_RENAMED',
    'schema { query: WillowWeb_Root } type WillowWeb_Root { organisations: [String] }',
  ),
  hostile(
    'adds a root field without its prefix',
    'ROOT_FIELD_WITHOUT_PREFIX',
    'type Query { a: Int }',
  ),
  hostile(
    'adds a root field with the prefix of another',
    'ROOT_FIELD_WITHOUT_PREFIX',
    'type Query { oakNet_a: Int }',
  ),
  hostile(
    'adds a root field that is nothing but its prefix',
    'ROOT_FIELD_WITHOUT_PREFIX',
    'type Query { willowWeb_: Int }',
  ),
  hostile(
    'extends the query type beyond its prefix',
    'ROOT_FIELD_WITHOUT_PREFIX',
    `${ROOT} extend type Query { willowweb_a: Int }`,
  ),
  hostile(
    'adds a field without its prefix to an entity',
    'FIELD_WITHOUT_PREFIX',
    'type Organisation @key(fields: "id") { id: ID! verified: Boolean }',
  ),
  hostile(
    'adds a field without its prefix by an extension',
    'FIELD_WITHOUT_PREFIX',
    'extend type Organisation @key(fields: "id") { id: ID! @external verified: Boolean }',
  ),
  hostile(
    'defines a type outside its namespace',
    'TYPE_OUTSIDE_NAMESPACE',
    'type Query { willowWeb_a: Event } type Event { b: Int }',
  ),
  hostile(
    'defines a type in the namespace of another',
    'TYPE_OUTSIDE_NAMESPACE',
    'type Query { willowWeb_a: OakNet_Event } type OakNet_Event { b: Int }',
  ),
  hostile(
    'adds a value to an enum of ours',
    'ENUM_OF_OURS',
    `${ROOT} enum OrganisationKind { NGO OTHER BEST }`,
  ),
  hostile(
    'extends an enum of ours',
    'ENUM_OF_OURS',
    `${ROOT} extend enum OrganisationKind { BEST }`,
  ),
  hostile(
    'redefines an input of ours',
    'INPUT_OF_OURS',
    `${ROOT} input OrganisationFilter { a: Int }`,
  ),
  hostile(
    'redefines a type of ours',
    'TYPE_OF_OURS',
    `${ROOT} type Provenance { licence: String }`,
  ),
  hostile('makes an entity of ours an enum', 'TYPE_OF_OURS', `${ROOT} enum Organisation { A }`),
  hostile(
    'defines a scalar of its own',
    'SCALAR_DEFINED',
    'scalar WillowWeb_Anything type Query { willowWeb_a: WillowWeb_Anything }',
  ),
  hostile(
    'lets an entity of ours implement an interface',
    'INTERFACE_ON_OURS',
    'interface WillowWeb_I { id: ID! } type Organisation implements WillowWeb_I @key(fields: "id") { id: ID! willowWeb_a: Int }',
  ),
  hostile(
    'implements an interface of ours',
    'INTERFACE_REFUSED',
    'type Query { willowWeb_a: WillowWeb_A } type WillowWeb_A implements Named { name: String! } interface Named { name: String! }',
  ),
  hostile(
    'refers to a type of ours that is no entity',
    'REFERENCE_REFUSED',
    'type Query { willowWeb_a: Provenance }',
  ),
  hostile(
    'answers with the query type, around every count of cost',
    'REFERENCE_REFUSED',
    'type Query { willowWeb_a: Query }',
  ),
  hostile(
    'takes an input of ours',
    'REFERENCE_REFUSED',
    'type Query { willowWeb_a(filter: OrganisationFilter): Int }',
  ),
  hostile(
    'puts a type of ours into a union',
    'REFERENCE_REFUSED',
    'type Query { willowWeb_a: WillowWeb_U } union WillowWeb_U = Provenance',
  ),
  hostile(
    'extends what it does not define whole',
    'EXTENSION_REFUSED',
    `${ROOT} enum WillowWeb_E { A } extend enum WillowWeb_E { B }`,
  ),
  hostile('defines a directive', 'DIRECTIVE_DEFINED', `${ROOT} directive @mine on OBJECT`),
  hostile(
    'defines a type that only looks like one of Federation’s',
    'TYPE_OUTSIDE_NAMESPACE',
    `${ROOT} type _Any { a: Int }`,
  ),
  hostile(
    'answers with whatever it likes',
    'REFERENCE_REFUSED',
    'type Query { willowWeb_a: _Any } scalar _Any',
  ),
  hostile('sends a query', 'SDL_NOT_A_SCHEMA', `${ROOT} query { organisations { id } }`),
  hostile('extends a directive', 'SDL_SYNTAX', `${ROOT} extend directive @key on FIELD_DEFINITION`),

  // Reserved names
  ...['join__Graph', 'link__Import', 'federation__FieldSet', 'core__Purpose', '__Secret'].map(
    (name) => hostile(`uses the name ${name}`, 'NAME_RESERVED', `${ROOT} enum ${name} { A }`),
  ),
  hostile(
    'hides a reserved name behind its prefix',
    'NAME_RESERVED',
    'type Query { willowWeb__a: Int }',
  ),
  hostile(
    'names a field after the prototype',
    'NAME_RESERVED',
    'type Query { willowWeb_a: WillowWeb_A } type WillowWeb_A { __proto__: Int }',
  ),
  hostile(
    'names a field after the constructor',
    'NAME_RESERVED',
    'type Query { willowWeb_a: WillowWeb_A } type WillowWeb_A { constructor: Int }',
  ),

  // Links
  hostile('does not link Federation 2', 'FEDERATION_LINK_MISSING', ROOT, ''),
  hostile(
    'links something else beside',
    'LINK_REFUSED',
    ROOT,
    `${PARTNER_LINK} @link(url: "https://specs.apollo.dev/connect/v0.1", import: ["@connect"])`,
  ),
  hostile('links Federation twice', 'LINK_REFUSED', ROOT, `${PARTNER_LINK}\n${PARTNER_LINK}`),
  hostile(
    'links Federation by another name',
    'LINK_REFUSED',
    'type Organisation @f__key(fields: "id") { id: ID! name: String! @f__override(from: "organisations") }',
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", as: "f")',
  ),
  hostile(
    'links a version that nobody knows',
    'FEDERATION_VERSION_REFUSED',
    ROOT,
    'extend schema @link(url: "https://specs.apollo.dev/federation/v9.9")',
  ),
  hostile(
    'links a Federation that is not Apollo’s',
    'LINK_REFUSED',
    ROOT,
    'extend schema @link(url: "https://example.org/federation/v2.9", import: ["@key"])',
  ),
  hostile('imports what is not allowed', 'LINK_IMPORT_REFUSED', ROOT, linked('"@override"')),
  hostile(
    'imports under another name',
    'LINK_IMPORT_REFUSED',
    ROOT,
    linked('{ name: "@override", as: "@key2" }'),
  ),
  hostile(
    'imports a directive under a name that is allowed',
    'LINK_IMPORT_REFUSED',
    'type Organisation @key(fields: "id") { id: ID! name: String! @deprecated(from: "organisations") }',
    linked('{ name: "@override", as: "@deprecated" }'),
  ),

  // Texts
  hostile(
    'puts a script into a description',
    'TEXT_WITH_MARKUP',
    'type Query { "<script>alert(1)</script>" willowWeb_a: Int }',
  ),
  hostile(
    'puts an image into a description',
    'TEXT_WITH_MARKUP',
    'type Query { "![x](https://example.org/count.png)" willowWeb_a: Int }',
  ),
  hostile(
    'puts a link into a reason',
    'TEXT_WITH_MARKUP',
    'type Query { willowWeb_a: Int @deprecated(reason: "[click](javascript:alert(1))") }',
  ),
  hostile(
    'spells a tag by entities',
    'TEXT_WITH_MARKUP',
    'type Query { "&lt;script&#62;" willowWeb_a: Int }',
  ),
  hostile(
    'puts markup into a default',
    'TEXT_WITH_MARKUP',
    'type Query { willowWeb_a(b: String = "<img src=x>"): Int }',
  ),
  hostile(
    'turns the direction of a description',
    'TEXT_WITH_CONTROLS',
    'type Query { "safe \\u202e evil" willowWeb_a: Int }',
  ),
  hostile(
    'puts a NUL into a description',
    'TEXT_WITH_CONTROLS',
    'type Query { "a\\u0000b" willowWeb_a: Int }',
  ),
  hostile(
    'writes a description without end',
    'DESCRIPTION_TOO_LONG',
    `type Query { "${'long '.repeat(500)}" willowWeb_a: Int }`,
  ),

  // Size
  hostile('is large', 'SDL_TOO_LARGE', `${ROOT} # ${'x'.repeat(100_000)}`),
  hostile(
    'has many tokens',
    'SDL_TOO_LARGE',
    `${ROOT} enum WillowWeb_E { ${'A '.repeat(30_000)} }`,
  ),
  hostile(
    'nests lists a thousand deep',
    'SDL_TOO_DEEP',
    `type Query { willowWeb_a: ${'['.repeat(1000)}Int${']'.repeat(1000)} }`,
  ),
  hostile('is no GraphQL', 'SDL_SYNTAX', 'type Query { willowWeb_a Int }'),
  hostile('has a text without end', 'SDL_SYNTAX', 'type Query { """ willowWeb_a: Int }'),
  hostile(
    'nests a key 2,500 deep',
    'KEY_NOT_PLAIN',
    `type Query { willowWeb_a: WillowWeb_A } type WillowWeb_A @key(fields: "${'a { '.repeat(2500)}id ${'}'.repeat(2500)}") { id: ID! a: WillowWeb_A }`,
  ),
  hostile(
    'nests a key of ours 2,500 deep',
    'KEY_NOT_PUBLISHED',
    `type Organisation @key(fields: "${'country { '.repeat(2500)}id ${'}'.repeat(2500)}") { id: ID! willowWeb_a: Int }`,
  ),
  hostile(
    'has 3,000 types',
    'TOO_MANY_TYPES',
    `${ROOT} ${Array.from({ length: 3000 }, (_, at) => `enum WillowWeb_${at}{A}`).join(' ')}`,
  ),
  hostile(
    'has many fields in one type',
    'TOO_MANY_FIELDS',
    `type Query { willowWeb_a: WillowWeb_A } type WillowWeb_A { ${Array.from({ length: 101 }, (_, at) => `f${at}: Int`).join(' ')} }`,
  ),
  hostile(
    'has many fields on an entity',
    'TOO_MANY_FIELDS',
    `type Organisation @key(fields: "id") { id: ID! ${Array.from({ length: 31 }, (_, at) => `willowWeb_f${at}: Int`).join(' ')} }`,
  ),
  hostile(
    'has many root fields, in parts',
    'TOO_MANY_FIELDS',
    Array.from({ length: 31 }, (_, at) => `extend type Query { willowWeb_f${at}: Int }`).join(' '),
  ),
  hostile(
    'has many arguments',
    'TOO_MANY_ARGUMENTS',
    `type Query { willowWeb_a(${Array.from({ length: 16 }, (_, at) => `f${at}: Int`).join(' ')}): Int }`,
  ),
  hostile(
    'has keys of many fields',
    'TOO_MANY_KEYS',
    'type Query { willowWeb_a: WillowWeb_A } type WillowWeb_A @key(fields: "a b c d") { a: ID b: ID c: ID d: ID }',
  ),
  hostile(
    'has lists within lists, of which cost would count one',
    'LIST_OF_LISTS',
    'type Query { willowWeb_a: [[Organisation]] } type Organisation @key(fields: "id", resolvable: false) { id: ID! }',
  ),
  hostile('has a long name', 'NAME_TOO_LONG', `type Query { willowWeb_${'a'.repeat(80)}: Int }`),
];
