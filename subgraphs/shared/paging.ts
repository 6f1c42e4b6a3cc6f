import type { Knex } from 'knex';
import { ArgsType, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { dialectOf, type Value } from './db';
import { BadInput, InvalidCursor } from './errors';
import { compareTexts, hashOf } from './ids';
import { DEFAULT_PAGE, MOST_AT_ONCE } from './page-size';

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: DEFAULT_PAGE, description: 'How many at most, 1 to 500.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before.' })
  after?: string;
}

@Directive('@shareable')
@ObjectType({ description: 'Where a page ends and whether another follows (Relay).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page began after a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first row.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last row: the next `after`.',
  })
  endCursor!: string | null;
}

/**
 * An order of rows that no two rows share: the last column is unique. All columns are non-null and
 * run the same way, so one row-value comparison continues a page on either database.
 */
export interface Order {
  columns: readonly string[];
  descending?: boolean;
}

/** One page of rows, as stores hand it to connections. */
export interface Page<Row> {
  rows: Row[];
  cursors: string[];
  hasNext: boolean;
  hasPrevious: boolean;
  count: () => Promise<number>;
}

/** A list's request: how many, after what, and what else must be the same for a cursor to fit. */
export interface PageRequest {
  first: number;
  after?: string | undefined;
  order: Order;
  /** Everything that shapes the list: its name, filter and parent. */
  scope: readonly unknown[];
}

/** Columns under which {@link slice} returns the order's values. */
const keyColumn = (index: number) => `key_${index}`;

const scopeOf = ({ scope, order }: PageRequest) => hashOf(scope, order).slice(0, 12);

/** A cursor of a list: where a row stands in it. */
export const encodeCursor = (scope: string, values: readonly Value[]): string =>
  Buffer.from(JSON.stringify([scope, hashOf(scope, values).slice(0, 8), ...values])).toString(
    'base64url',
  );

/** Where a cursor of this list stands; refuses one of any other. */
export const decodeCursor = (cursor: string, scope: string, length: number): Value[] => {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursor();
  }
  if (!Array.isArray(parts) || parts.length !== length + 2) throw new InvalidCursor();
  const [of, check, ...values] = parts as unknown[];
  const plain = values.every((value) => typeof value === 'string' || typeof value === 'number');
  if (!plain || of !== scope || check !== hashOf(scope, values).slice(0, 8))
    throw new InvalidCursor();
  return values as Value[];
};

/** @throws BadInput if a page of this size is never given. */
export const checkFirst = (first: number) => {
  if (first < 1 || first > MOST_AT_ONCE) {
    throw new BadInput(`\`first\` is ${first}; it must be 1 to ${MOST_AT_ONCE}.`);
  }
};

/** Narrows a query to one page: what lies after the cursor, in order, one row more than asked. */
const slice = (query: Knex.QueryBuilder, request: PageRequest): Knex.QueryBuilder => {
  const { order, first, after } = request;
  const { columns, descending = false } = order;
  checkFirst(first);
  if (after !== undefined) {
    const values = decodeCursor(after, scopeOf(request), columns.length);
    const places = values.map(() => '?').join(', ');
    void query.whereRaw(`(${columns.join(', ')}) ${descending ? '<' : '>'} (${places})`, values);
  }
  columns.forEach((column, index) => {
    void query.select({ [keyColumn(index)]: column }).orderBy(column, descending ? 'desc' : 'asc');
  });
  return query.limit(first + 1);
};

type Keyed = Record<string, Value>;

const toPage = <Row>(
  found: Keyed[],
  request: PageRequest,
  read: (row: Keyed) => Row,
  count: () => Promise<number>,
): Page<Row> => {
  const scope = scopeOf(request);
  const rows = found.slice(0, request.first);
  return {
    rows: rows.map(read),
    cursors: rows.map((row) =>
      encodeCursor(
        scope,
        request.order.columns.map((_, index) => row[keyColumn(index)] ?? ''),
      ),
    ),
    hasNext: found.length > rows.length,
    hasPrevious: request.after !== undefined,
    count,
  };
};

const countOf = async (query: Knex.QueryBuilder): Promise<number> => {
  const [row] = (await query.clearSelect().count({ n: '*' })) as { n: number }[];
  return Number(row?.n ?? 0);
};

/**
 * One page of a list by keyset, in one query; the count is a second query when somebody asks.
 * @param base the rows that exist, with their columns: visibility and filters already applied.
 */
export const pageOf = async <Row>(
  base: () => Knex.QueryBuilder,
  request: PageRequest,
  read: (row: never) => Row,
): Promise<Page<Row>> => {
  const found = (await slice(base(), request)) as Keyed[];
  return toPage(found, request, read as (row: Keyed) => Row, () => countOf(base()));
};

const compareKeys = (length: number, descending: boolean) => (a: Keyed, b: Keyed) => {
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a[keyColumn(index)] ?? '', b[keyColumn(index)] ?? ''];
    if (x === y) continue;
    const before = typeof x === 'string' ? compareTexts(x, String(y)) : x - Number(y);
    return descending ? -before : before;
  }
  return 0;
};

/**
 * A page of children for each of many parents, in one query: a bounded read per key of a parent, so
 * a parent with a million children costs no more than one with fifty.
 * @param keys the keys under which each parent's children are stored.
 * @param base the children under one key, as {@link pageOf} wants them; the key is only to be compared with.
 * @param counts how many children each parent has; asked at most once for all parents.
 */
export const pagesByParent = async <Row>(
  db: Knex,
  parents: readonly { id: string; keys: readonly string[] }[],
  base: (key: string) => Knex.QueryBuilder,
  request: PageRequest,
  read: (row: never) => Row,
  counts: () => Promise<Map<string, number>>,
): Promise<Page<Row>[]> => {
  checkFirst(request.first);
  const parentOf = new Map(parents.flatMap(({ id, keys }) => keys.map((key) => [key, id])));
  const found = new Map<string, Keyed[]>();
  const rows = await dialectOf(db).forEachKey(db, [...parentOf.keys()], (key) =>
    slice(base(key), request),
  );
  for (const row of rows) {
    const parent = parentOf.get(String(row.parent_key)) ?? '';
    found.set(parent, [...(found.get(parent) ?? []), row]);
  }
  let counted: Promise<Map<string, number>> | undefined;
  const compare = compareKeys(request.order.columns.length, request.order.descending ?? false);
  return parents.map(({ id }) =>
    toPage(
      // A record that names one parent by two of its keys is one child.
      (found.get(id) ?? [])
        .sort(compare)
        .filter((row, index, all) => index === 0 || compare(row, all[index - 1] ?? row) !== 0),
      request,
      read as (row: Keyed) => Row,
      async () => (await (counted ??= counts())).get(id) ?? 0,
    ),
  );
};

/**
 * A page of rows that are already in memory and few by nature, under the same rules.
 * @param rows in the order of their keys.
 * @param keyOf a row's place: unique, and in the order of the rows, which is that of {@link compareTexts}.
 */
export const pageOfAll = <Row>(
  rows: readonly Row[],
  request: Omit<PageRequest, 'order'>,
  keyOf: (row: Row) => string,
): Page<Row> => {
  checkFirst(request.first);
  const whole: PageRequest = { ...request, order: { columns: ['place'] } };
  const [after] = request.after === undefined ? [] : decodeCursor(request.after, scopeOf(whole), 1);
  const rest =
    after === undefined ? rows : rows.filter((row) => compareTexts(keyOf(row), String(after)) > 0);
  const found = rest.slice(0, request.first);
  return {
    rows: found,
    cursors: found.map((row) => encodeCursor(scopeOf(whole), [keyOf(row)])),
    hasNext: rest.length > found.length,
    hasPrevious: request.after !== undefined,
    count: async () => rows.length,
  };
};

/** What a connection's class gives: Relay's shape over one {@link Page}. */
export interface ConnectionOf<Node> {
  edges(): { node: Node; cursor: string }[];
  nodes(): Node[];
  pageInfo(): PageInfo;
  totalCount(): Promise<number>;
}

/**
 * The connection type of an entity.
 * @param name the entity's GraphQL name; the types are `<name>Connection` and `<name>Edge`.
 * @param plural the entity in plain words, for descriptions.
 */
export const connectionOf = <Node extends object>(
  name: string,
  plural: string,
  node: () => new () => Node,
) => {
  @ObjectType(`${name}Edge`, { description: `One of ${plural} and its cursor.` })
  class Edge {
    @Field(() => node(), { description: 'The row.' })
    node!: Node;

    @Field(() => ID, { description: 'Where this row stands: an `after` that continues behind it.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${plural} (Relay).` })
  class Connection implements ConnectionOf<Node> {
    page: Page<Node>;

    constructor(page: Page<Node>) {
      this.page = page;
    }

    @Field(() => [Edge], { description: 'The rows with their cursors.' })
    edges(): Edge[] {
      return this.page.rows.map((row, index) => ({
        node: row,
        cursor: this.page.cursors[index] ?? '',
      }));
    }

    @Field(() => [node()], { description: 'The rows.' })
    nodes(): Node[] {
      return this.page.rows;
    }

    @Field(() => PageInfo, { description: 'Where the page ends.' })
    pageInfo(): PageInfo {
      const { cursors, hasNext, hasPrevious } = this.page;
      return {
        hasNextPage: hasNext,
        hasPreviousPage: hasPrevious,
        startCursor: cursors[0] ?? null,
        endCursor: cursors.at(-1) ?? null,
      };
    }

    @Field(() => Int, { description: 'How many rows the whole list has, all pages together.' })
    totalCount(): Promise<number> {
      return this.page.count();
    }
  }
  return Connection;
};
