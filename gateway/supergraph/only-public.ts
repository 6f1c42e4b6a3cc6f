import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, parse } from 'graphql';
import type { RequestContext } from '../context';
import { createAskedPaths, placeOf } from './asked-paths';
import { UnusableAnswer } from './bounded-answer';
import { noAnswer } from './source-answer';

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];
type Representation = Readonly<Record<string, unknown>>;

const EXISTS =
  'query Exists($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';

/** What says whether the public may know of entities. */
export interface Owners {
  /** The subgraph of ours that owns a type's entities; undefined for types that are not ours. */
  readonly ownerOf: (typeName: string) => string | undefined;
  readonly sourceOf: (name: string) => GraphQLDataSource | undefined;
}

/** Requests as anybody would have made them: their loaders are shared within one request. */
const createPublicContexts = () => {
  const known = new WeakMap<RequestContext, RequestContext>();
  return (context: RequestContext): RequestContext => {
    const before = known.get(context);
    if (before) return before;
    const { viewer } = context;
    const anybody = {
      ...context,
      viewer: { ...viewer, tier: 0 },
      contexts: new Map<string, object>(),
      showProvenance: false,
    };
    known.set(context, anybody);
    return anybody;
  };
};

/** Puts what was asked for some places back to these places; the others are empty. */
const spread = (
  answer: { data?: unknown; errors?: readonly GraphQLError[] },
  kept: readonly number[],
  places: number,
) => {
  const { _entities: entities } = (answer.data ?? {}) as { _entities?: readonly unknown[] };
  const all: unknown[] = Array.from({ length: places }, () => null);
  kept.forEach((place, at) => (all[place] = entities?.[at] ?? null));
  const errors = answer.errors?.map((error) => {
    const [first, at, ...rest] = error.path ?? [];
    if (first !== '_entities' || typeof at !== 'number') return error;
    const path = [first, kept[at] ?? at, ...rest];
    return new GraphQLError(error.message, { path, extensions: error.extensions });
  });
  return { ...answer, data: answer.data && { _entities: all }, ...(errors && { errors }) };
};

/**
 * A partner's source that is told of no entity that the public may not know of. Who may see more gets its
 * answer without what the partner would say of these: the partner would learn from the question alone that
 * they are there.
 */
export const createOnlyPublic = (
  name: string,
  partner: GraphQLDataSource,
  { ownerOf, sourceOf }: Owners,
): GraphQLDataSource => {
  const asPublic = createPublicContexts();
  const askedPaths = createAskedPaths();

  /** @throws UnusableAnswer where the owner cannot tell: then nothing is told either. */
  const ask = async (
    owner: string,
    representations: readonly Representation[],
    context: RequestContext,
  ) => {
    const request = { query: EXISTS, variables: { representations }, operationName: 'Exists' };
    const options = { kind: 'incoming operation', request, context: asPublic(context) };
    const answer = await sourceOf(owner)?.process(options as unknown as ProcessOptions);
    const { _entities: entities } = (answer?.data ?? {}) as { _entities?: unknown };
    if (!Array.isArray(entities) || entities.length !== representations.length)
      throw new UnusableAnswer(`${owner} cannot tell what is public.`, 'unavailable');
    return entities.map((entity: unknown) => entity !== null);
  };

  const publicOnes = async (
    representations: readonly Representation[],
    context: RequestContext,
  ) => {
    const owners = representations.map(({ __typename }) => ownerOf(String(__typename)));
    const isPublic = representations.map(() => true);
    for (const owner of new Set(owners)) {
      if (owner === undefined) continue;
      const theirs = representations.filter((_one, at) => owners[at] === owner);
      const found = (await ask(owner, theirs, context))[Symbol.iterator]();
      owners.forEach((one, at) => {
        if (one === owner) isPublic[at] = found.next().value === true;
      });
    }
    return isPublic;
  };

  return {
    process: async (options) => {
      const context = options.context as unknown as RequestContext;
      const variables = options.request.variables ?? {};
      const { representations: all } = variables as {
        representations?: readonly Representation[];
      };
      if (context.viewer.tier === 0 || !all) return partner.process(options);
      let isPublic: boolean[];
      try {
        isPublic = await publicOnes(all, context);
      } catch (error) {
        const document = parse(options.request.query ?? '');
        const asked = { entities: true, fields: askedPaths(document).first };
        return noAnswer({ source: name, context, at: placeOf(options) }, error, asked) as never;
      }
      const kept = all.flatMap((_one, at) => (isPublic[at] ? [at] : []));
      if (kept.length === all.length) return partner.process(options);
      if (kept.length === 0) return { data: { _entities: all.map(() => null) } } as never;
      const request = {
        ...options.request,
        variables: { ...variables, representations: kept.flatMap((at) => all[at] ?? []) },
      };
      const answer = await partner.process({ ...options, request } as ProcessOptions);
      return spread(answer as never, kept, all.length) as never;
    },
  };
};
