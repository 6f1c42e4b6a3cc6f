import type { Knex } from 'knex';
import type { Value } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import type { FlowFilter } from '../flow/flow.args';
import { THIRD_PARTY_STANDARD } from '../flow/reporting';
import { ownerKey } from '../hosting/party.store';

/** A whole in parts per billion, and how far parts may miss it by rounding. */
const WHOLE = 1_000_000_000;
const NEARLY_WHOLE = 990_000_000;

/** Parts per billion of a percentage as text; alike on both databases, which round halves differently. */
const partOf = (of: string) =>
  `coalesce(cast(round(cast(${of}.percentage as double precision) * 10000000 + 0.001) as bigint), 0)`;

/** Whether places or years bound the scope, of which records of FTS say on which side of them money comes from. */
export const isStated = ({ countries, usageYears }: FlowFilter): boolean =>
  countries !== undefined || usageYears !== undefined;

/** The parts of queries over flows that a count needs and a list does not. */
export const createLotSql = (db: Knex, viewer: Viewer) => {
  /** Flows of a part of an activity that its whole reports too: the same payment in both. */
  const inPartAndWhole = () => {
    const alike = ['kind', 'date', 'units', 'nanos', 'currency', 'receiver_key', 'provider_key'];
    const same = (of: Knex.QueryBuilder) =>
      of
        // In one expression, so that flows are looked for by their activity and not by what they are alike in.
        .whereRaw(
          `case when ${alike.map((column) => `part.${column} = whole.${column}`).join(' and ')} then 1 else 0 end = 1`,
        )
        .whereNot('part.activity_key', db.ref('whole.activity_key'))
        .whereNull('whole.withdrawn_at')
        .where('whole.tier', '<=', viewer.tier)
        .where('whole.superseded_from', '>', viewer.tier)
        .select('part.id');
    // A cross join keeps SQLite from beginning with all flows: few activities have relations.
    const by = (relation: string, teller: string, told: string) =>
      same(
        db('activity_relations as related')
          .crossJoin(`flows as ${teller}` as never)
          .crossJoin(`flows as ${told}` as never)
          .where('related.relation', relation)
          .where(`${teller}.activity_record`, db.ref('related.parent_id'))
          .where(`${told}.activity_key`, db.ref('related.activity_key')),
      );
    return by('PARENT', 'part', 'whole').unionAll(by('CHILD', 'whole', 'part'));
  };

  /** Where FTS's own record says that the money comes from, seen from the places and years asked for. */
  const originOf = ({ countries, usageYears }: FlowFilter) => {
    const tests = [
      ...(countries
        ? [
            {
              type: 'LOCATION',
              column: 'country',
              values: countries.map((code) => code.toUpperCase()),
            },
          ]
        : []),
      ...(usageYears
        ? [{ type: 'USAGE_YEAR', column: 'name', values: usageYears.map(String) }]
        : []),
    ];
    if (tests.length === 0) return null;
    const bindings: Value[] = [];
    const objects = (
      side: string,
      { type, column, values }: (typeof tests)[number],
      beyond: boolean,
    ) => {
      const holes = values.map(() => '?').join(', ');
      bindings.push(side, type, ...(beyond ? values : []));
      return `exists (select 1 from fts_objects as o where o.parent_id = flows.id and o.side = ? and o.type = ?${
        beyond ? ` and (o.${column} is null or o.${column} not in (${holes}))` : ''
      })`;
    };
    const shared = tests.map((test) => objects('DESTINATION', test, true)).join(' or ');
    const inside = tests
      .map((test) => `${objects('SOURCE', test, false)} and not ${objects('SOURCE', test, true)}`)
      .join(' and ');
    // What FTS itself calls new money comes from outside, whatever place its giver has.
    const isNew =
      'exists (select 1 from fts_flows as f where f.parent_id = flows.id and f.new_money = 1)';
    return db.raw(
      `case when flows.standard <> '${THIRD_PARTY_STANDARD}' then null when ${shared} then 'SHARED' when ${inside} and not ${isNew} then 'INSIDE' else 'OUTSIDE' end`,
      bindings,
    );
  };

  /**
   * Splits flows by place or sector: joins their shares under an alias, and with `withRest` what no share
   * names, as a share of no code.
   * @returns which part of the flow a row is, of which whole.
   */
  const split = (
    query: Knex.QueryBuilder,
    alias: string,
    {
      dimensions,
      vocabulary,
      withRest,
    }: { dimensions: readonly string[]; vocabulary: string | null; withRest: boolean },
  ): { part: Knex.Raw; whole: Knex.Raw } => {
    const holes = dimensions.map(() => '?').join(', ');
    // Put so because SQLite would read all shares of a dimension, and not those of a flow.
    const ofFlow = (of: string) =>
      `${of}.parent_id = flows.id and coalesce(${of}.dimension, '') in (${holes})${vocabulary === null ? '' : ` and ${of}.vocabulary = ?`}`;
    const bindings: Value[] = [...dimensions, ...(vocabulary === null ? [] : [vocabulary])];
    const ofShares = (of: string) =>
      `(select ${of} from flow_shares as other where ${ofFlow('other')})`;
    const known = `coalesce(sum(${partOf('other')}), 0)`;
    // Parts that miss the whole by rounding only, or say more than there is, are parts of their sum.
    const whole = ofShares(`case when ${known} >= ${NEARLY_WHOLE} then ${known} else ${WHOLE} end`);
    if (!withRest) {
      void query
        .join(`flow_shares as ${alias}`, `${alias}.parent_id`, 'flows.id')
        .whereIn(`${alias}.dimension`, dimensions);
      if (vocabulary !== null) void query.where(`${alias}.vocabulary`, vocabulary);
      return { part: db.raw(partOf(alias)), whole: db.raw(whole, bindings) };
    }
    const rest = `${alias}_rest.rest`;
    void query
      .joinRaw(`cross join (select 0 as rest union all select 1 as rest) as ${alias}_rest`)
      .joinRaw(
        `left join flow_shares as ${alias} on ${rest} = 0 and ${ofFlow(alias)}`,
        bindings as never,
      )
      .whereRaw(
        `case when ${rest} = 0 then ${alias}.parent_id is not null else ${ofShares(known)} < ${NEARLY_WHOLE} end`,
        bindings,
      );
    return {
      part: db.raw(
        `case when ${rest} = 0 then ${partOf(alias)} else ${WHOLE} - ${ofShares(known)} end`,
        bindings,
      ),
      whole: db.raw(`case when ${rest} = 0 then ${whole} else ${WHOLE} end`, bindings),
    };
  };

  /** Whether a flow moves money from one body to another. */
  const isMoving = (filter: FlowFilter) =>
    // Where FTS says that money comes from elsewhere, it moved though its body is the same.
    `(${isStated(filter) ? `flows.standard = '${THIRD_PARTY_STANDARD}' or ` : ''}coalesce(${ownerKey('provider', viewer)}, '') <> coalesce(${ownerKey('receiver', viewer)}, '-'))`;
  const onlyMoving = (query: Knex.QueryBuilder, filter: FlowFilter) =>
    query.whereRaw(isMoving(filter));
  const onlyUnmoving = (query: Knex.QueryBuilder, filter: FlowFilter) =>
    query.whereRaw(`not ${isMoving(filter)}`);

  return { inPartAndWhole, originOf, split, onlyMoving, onlyUnmoving };
};
