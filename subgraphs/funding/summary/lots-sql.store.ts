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
    const same = (of: Knex.QueryBuilder) => {
      for (const column of alike) void of.where(`part.${column}`, db.ref(`whole.${column}`));
      return of
        .whereNot('part.activity_key', db.ref('whole.activity_key'))
        .whereNull('whole.withdrawn_at')
        .where('whole.tier', '<=', viewer.tier)
        .where('whole.superseded_from', '>', viewer.tier)
        .select('part.id');
    };
    const by = (relation: string, teller: string, told: string) =>
      same(
        db('activity_relations as related')
          .where('related.relation', relation)
          .join(`flows as ${teller}`, `${teller}.activity_record`, 'related.parent_id')
          .join(`flows as ${told}`, `${told}.activity_key`, 'related.activity_key'),
      );
    return by('PARENT', 'part', 'whole').union(by('CHILD', 'whole', 'part'));
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

  /** The parts of flows by place or sector: each with the whole that it is a part of. */
  const partsOf = (dimensions: readonly string[], vocabulary: string | null, withRest: boolean) => {
    const shares = (alias: string) => {
      const query = db(`flow_shares as ${alias}`).whereIn(`${alias}.dimension`, dimensions);
      return vocabulary === null ? query : query.where(`${alias}.vocabulary`, vocabulary);
    };
    const whole = shares('other')
      .where('other.parent_id', db.ref('own.parent_id'))
      .select(db.raw(`sum(${partOf('other')})`));
    const parts = shares('own').select(
      'own.parent_id',
      'own.dimension',
      'own.code',
      'own.estimated',
      db.raw(`${partOf('own')} as part`),
      whole.as('known'),
    );
    const told = db(parts.as('told')).select(
      'parent_id',
      'dimension',
      'code',
      'estimated',
      'part',
      // Parts that miss the whole by rounding only, or say more than there is, are parts of their sum.
      db.raw(`case when known >= ${NEARLY_WHOLE} then known else ${WHOLE} end as whole`),
    );
    if (!withRest) return told;
    const rest = db(
      shares('own')
        .select('own.parent_id', db.raw(`sum(${partOf('own')}) as known`))
        .groupBy('own.parent_id')
        .as('sums'),
    )
      .where('known', '<', NEARLY_WHOLE)
      .select(
        'parent_id',
        db.raw('null as dimension'),
        db.raw('null as code'),
        db.raw('0 as estimated'),
        db.raw(`${WHOLE} - known as part`),
        db.raw(`${WHOLE} as whole`),
      );
    return told.unionAll(rest);
  };

  /** Keeps flows that move money from one body to another. */
  const onlyMoving = (query: Knex.QueryBuilder, filter: FlowFilter) =>
    // Where FTS says that money comes from elsewhere, it moved though its body is the same.
    query.whereRaw(
      `(${isStated(filter) ? `flows.standard = '${THIRD_PARTY_STANDARD}' or ` : ''}coalesce(${ownerKey('provider', viewer)}, '') <> coalesce(${ownerKey('receiver', viewer)}, '-'))`,
    );

  return { inPartAndWhole, originOf, partsOf, onlyMoving };
};
