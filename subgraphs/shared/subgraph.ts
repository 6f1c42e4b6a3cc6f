import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  print,
  printSchema,
} from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { Knex } from 'knex';
import { DateScalar, DateTimeScalar, DecimalScalar, UrlScalar } from './scalars';
import type { Viewer } from './viewer';

/** One of the graph's own data sources, as the gateway sees it. */
export interface Subgraph<Context extends object = object> {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** The subgraph's schema with its federation directives, as composition wants it. */
  readonly sdl: string;
  /** What the resolvers of one request share: loaders, so that one request asks once. */
  context(viewer: Viewer): Context;
  /** The version of the bodies' read model that this subgraph has followed to. */
  version(): Promise<number>;
  readonly db: Knex;
}

type ResolveReference<Context> = (reference: never, context: Context) => unknown;

interface Parts<Context> {
  resolvers: NonEmptyArray<new () => object>;
  /** Entity classes of other subjects that only field resolvers return. */
  orphanedTypes?: (new () => object)[];
  /** How `@key` references of the gateway become entities, by type name. */
  references: Record<string, ResolveReference<Context>>;
}

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@provides", "@cost", "@listSize"])';

type WithDirectives = { astNode?: { directives?: readonly ConstDirectiveNode[] } | null };
const directivesOf = (of: WithDirectives | undefined) => of?.astNode?.directives ?? [];

const fieldsOf = (
  type: GraphQLNamedType,
): Record<string, WithDirectives & { args?: readonly (WithDirectives & { name: string })[] }> =>
  'getFields' in type ? type.getFields() : {};

const directive = (sdl: string): ConstDirectiveNode => {
  const [definition] = parse(`type T { f: Int ${sdl} }`, { noLocation: true }).definitions;
  const [field] = (definition?.kind === Kind.OBJECT_TYPE_DEFINITION && definition.fields) || [];
  const [found] = field?.directives ?? [];
  if (!found) throw new Error(`There is no directive in: ${sdl}`);
  return found;
};
const SLICED = directive(
  '@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)',
);
/** A page, and the keys under which its parents are known. */
const PAGE = directive('@cost(weight: 2)');
const COUNT = directive('@cost(weight: 1)');
/** What a list of objects without pages is taken to hold where its field does not say. */
const FEW = directive('@listSize(assumedSize: 10)');
/** A part of what is there already. */
const NOTHING = directive('@cost(weight: 0)');

/**
 * What the shape of Relay's connections says of cost, so that no resolver has to: a connection is as
 * long as `first`, one look-up brings it, and its count takes another. Any other list of objects says
 * what it is taken to hold.
 */
const costOfShape = (
  parent: string,
  { name, type, arguments: args }: FieldDefinitionNode,
  isObject: (type: string) => boolean,
): ConstDirectiveNode[] => {
  if (/Connection!?$/.test(print(type)) && args?.some((arg) => arg.name.value === 'first'))
    return [SLICED, PAGE];
  if (parent.endsWith('Connection')) {
    if (name.value === 'totalCount') return [COUNT];
    if (['nodes', 'edges', 'pageInfo'].includes(name.value)) return [NOTHING];
  }
  if (parent.endsWith('Edge') && name.value === 'node') return [NOTHING];
  const [, item] = /^\[(\w+)/.exec(print(type)) ?? [];
  return item !== undefined && isObject(item) ? [FEW] : [];
};

/** type-graphql keeps directives on synthetic nodes that no printer reads: put them back. */
const withDirectives = (definition: DefinitionNode, schema: GraphQLSchema): DefinitionNode => {
  if (
    definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
    definition.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION
  ) {
    return definition;
  }
  const type = schema.getType(definition.name.value);
  if (!type) return definition;
  const fields = fieldsOf(type);
  return {
    ...definition,
    directives: [...directivesOf(type as WithDirectives)],
    fields: definition.fields?.map((field) => {
      const own = directivesOf(fields[field.name.value]).filter(
        ({ name }) => name.value !== 'deprecated',
      );
      const stated = new Set(own.map(({ name }) => name.value));
      const ofShape =
        field.kind === Kind.FIELD_DEFINITION
          ? costOfShape(definition.name.value, field, (name) => isObjectType(schema.getType(name)))
          : [];
      return {
        ...field,
        directives: [
          ...(field.directives ?? []),
          ...own,
          ...ofShape.filter(({ name }) => !stated.has(name.value)),
        ],
      };
    }),
  } as DefinitionNode;
};

interface Federated {
  schema: GraphQLSchema;
  sdl: string;
}

const buildFederatedSchema = <Context extends object>({
  resolvers,
  orphanedTypes = [],
  references,
}: Parts<Context>): Federated => {
  const plain = buildSchemaSync({
    resolvers,
    orphanedTypes,
    validate: false,
    // Classes of all subgraphs live in one process; each schema takes only what it names.
    skipCheck: true,
    scalarsMap: [],
  });
  const printed = parse(printSchema(plain));
  const typeDefs: DocumentNode = {
    ...printed,
    definitions: [
      ...parse(FEDERATION).definitions,
      ...printed.definitions.map((definition) => withDirectives(definition, plain)),
    ],
  };
  const resolverMap: Record<string, unknown> = createResolversMap(plain);
  for (const [name, resolve] of Object.entries(references)) {
    resolverMap[name] = {
      ...(resolverMap[name] as object | undefined),
      __resolveReference: resolve,
    };
  }
  for (const scalar of [DateScalar, DateTimeScalar, DecimalScalar, UrlScalar]) {
    if (plain.getType(scalar.name)) resolverMap[scalar.name] = scalar;
  }
  return {
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolverMap as never }),
    sdl: print(typeDefs),
  };
};

/**
 * An Apollo Federation 2 schema of type-graphql classes, and its SDL: made when it is first asked for,
 * since an import needs none, and only once, since it knows of no database.
 */
export const federatedSchema = <Context extends object>(
  parts: Parts<Context>,
): (() => Federated) => {
  let federated: Federated | undefined;
  return () => (federated ??= buildFederatedSchema(parts));
};
