import type { Knex } from 'knex';
import type { Value } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import { createFlowList } from '../flow/flow-list.store';
import type { FlowFilter } from '../flow/flow.args';
import { THIRD_PARTY_STANDARD } from '../flow/reporting';
import { bodyKeyIn, FlowDimension } from './dimension';

/** FTS's own amounts are in this currency. */
const DOLLARS = 'USD';
/** A whole in parts per billion, and how far parts may miss it by rounding. */
const WHOLE = 1_000_000_000;
const NEARLY_WHOLE = 990_000_000;

/** Which flows, within what, and what must be told apart. */
export interface LotQuestion {
  /** With kinds; of it, `countries`, `regions`, `sectors` and `usageYears` also say which part of a flow is meant. */
  filter: FlowFilter;
  /** Flows of FTS only. */
  onlyFts: boolean;
  dimensions: readonly FlowDimension[];
  provider: boolean;
  receiver: boolean;
  /** The currency asked for. */
  currency: string;
  /** Flows whole, whatever part of them the filter means. */
  unsplit?: boolean;
  /** Without what bodies pay themselves, which moves no money. */
  onlyMoving?: boolean;
}

/** Flows that are alike in what is asked, added up. */
export interface LotRow {
  provider_key: string | null;
  receiver_key: string | null;
  origin: 'OUTSIDE' | 'INSIDE' | 'SHARED' | null;
  currency: string;
  /** `2020-03`; empty where no rate is needed. */
  month: string;
  /** Which part of each flow is meant, `part ÷ whole`, by place and by sector. */
  place_part: number;
  place_whole: number;
  sector_part: number;
  sector_whole: number;
  estimated: number;
  units: string;
  nanos: string;
  flows: number;
  /** Beside each dimension asked for, its value. */
  values: (string | null)[];
  /** The keys of the bodies in these. */
  bodies: (string | null)[];
}

/** What a flow's own columns say of a dimension. */
const COLUMNS: Partial<Record<FlowDimension, string>> = {
  [FlowDimension.YEAR]: 'substr(flows.date, 1, 4)',
  [FlowDimension.QUARTER]:
    "substr(flows.date, 1, 4) || '-Q' || ((cast(substr(flows.date, 6, 2) as integer) + 2) / 3)",
  [FlowDimension.PURPOSE]: 'flows.purpose',
  [FlowDimension.PURPOSE_BASIS]: 'flows.purpose_basis',
  [FlowDimension.FLEXIBILITY]: 'flows.flexibility',
  [FlowDimension.AID_TYPE]: 'flows.aid_types',
  [FlowDimension.SOURCE]: 'flows.source_id',
  [FlowDimension.PROVIDER]: 'flows.provider_key',
  [FlowDimension.RECEIVER]: 'flows.receiver_key',
  [FlowDimension.PROVIDER_OUTCOME]: 'flows.provider_key',
  [FlowDimension.RECEIVER_OUTCOME]: 'flows.receiver_key',
  [FlowDimension.CONSTITUENCY]: 'flows.receiver_key',
  [FlowDimension.RECEIVER_STANDING]: 'flows.receiver_key',
  [FlowDimension.LOCALITY_BY_TYPE]: 'flows.receiver_key',
  // The country first, which is of two letters or missing.
  [FlowDimension.LOCALITY]:
    "case when places.dimension = 'COUNTRY' then places.code else '' end || ' ' || coalesce(flows.receiver_key, '')",
  [FlowDimension.COUNTRY]: "case when places.dimension = 'COUNTRY' then places.code end",
  [FlowDimension.REGION]: "case when places.dimension = 'REGION' then places.code end",
  [FlowDimension.SECTOR]: 'sectors.code',
};

/** Parts per billion of a percentage as text; alike on both databases, which round halves differently. */
const partOf = (of: string) =>
  `coalesce(cast(round(cast(${of}.percentage as double precision) * 10000000 + 0.001) as bigint), 0)`;

const PLACES = ['COUNTRY', 'REGION'];
const BY_PLACE = [FlowDimension.COUNTRY, FlowDimension.REGION, FlowDimension.LOCALITY];
const isPlace = (dimension: FlowDimension) => BY_PLACE.includes(dimension);

/** OECD DAC's sectors: of three digits in one vocabulary of IATI, of five in the other. */
const vocabularyOf = (sectors: readonly string[] | undefined): string =>
  sectors?.every((code) => code.length === 3) ? '2' : '1';

/** Reads flows added up as far as a count can do with, for one viewer. */
export const createLotStore = (db: Knex, viewer: Viewer) => {
  const flowList = createFlowList(db, viewer);

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

  const base = ({ filter, onlyFts }: Pick<LotQuestion, 'filter' | 'onlyFts'>) => {
    const query = flowList.list(filter);
    if (onlyFts) void query.where('flows.standard', THIRD_PARTY_STANDARD);
    return query;
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
    if (tests.length === 0) return db.raw('null');
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

  return {
    /** Flows added up. */
    lots: async (question: LotQuestion): Promise<LotRow[]> => {
      const { filter, dimensions, provider, receiver, currency, unsplit = false } = question;
      // An amount that the source itself gives in the currency asked for is taken as it is.
      const own = (columns: string, otherwise: string) =>
        currency === DOLLARS
          ? `case when flows.usd_units is not null then ${columns} else ${otherwise} end`
          : otherwise;
      const money = own(`'${DOLLARS}'`, 'flows.currency');
      const query = base(question).whereNotIn('flows.id', inPartAndWhole());
      // Where FTS says that money comes from elsewhere, it moved though its body is the same.
      if (question.onlyMoving)
        void query.whereRaw(
          `(${filter.countries || filter.usageYears ? `flows.standard = '${THIRD_PARTY_STANDARD}' or ` : ''}coalesce(flows.provider_key, '') <> coalesce(flows.receiver_key, '-'))`,
        );
      let grouped = 0;
      const add = (name: string, sql: string | Knex.Raw) => {
        void query.select(db.raw('? as ??', [typeof sql === 'string' ? db.raw(sql) : sql, name]));
        grouped += 1;
      };
      const ofPlaces = !unsplit && (filter.countries !== undefined || filter.regions !== undefined);
      const ofSectors = !unsplit && filter.sectors !== undefined;
      const byPlace = ofPlaces || dimensions.some(isPlace);
      if (byPlace) {
        const places = partsOf(PLACES, null, !ofPlaces).as('places');
        if (!ofPlaces) void query.leftJoin(places, 'places.parent_id', 'flows.id');
        else
          // A flow for a country and a region is meant by the part that names the country.
          void query
            .join(places, 'places.parent_id', 'flows.id')
            .where('places.dimension', filter.countries ? 'COUNTRY' : 'REGION')
            .whereIn(
              'places.code',
              filter.countries?.map((code) => code.toUpperCase()) ?? filter.regions ?? [],
            );
        add('place_part', 'coalesce(places.part, 1)');
        add('place_whole', 'coalesce(places.whole, 1)');
      }
      const bySector = ofSectors || dimensions.includes(FlowDimension.SECTOR);
      if (bySector) {
        const sectors = partsOf(['SECTOR'], vocabularyOf(filter.sectors), !ofSectors).as('sectors');
        if (!ofSectors) void query.leftJoin(sectors, 'sectors.parent_id', 'flows.id');
        else
          void query
            .join(sectors, 'sectors.parent_id', 'flows.id')
            .whereIn('sectors.code', filter.sectors ?? []);
        add('sector_part', 'coalesce(sectors.part, 1)');
        add('sector_whole', 'coalesce(sectors.whole, 1)');
      }
      const estimates = [
        ...(byPlace ? ['coalesce(places.estimated, 0)'] : []),
        ...(bySector ? ['coalesce(sectors.estimated, 0)'] : []),
      ];
      if (estimates.length > 0) add('estimated', `(${estimates.join(' + ')})`);
      add('origin', originOf(filter));
      add('money', money);
      add(
        'month',
        db.raw(
          `case when ${money} = ? then '' else substr(coalesce(flows.value_date, flows.date), 1, 7) end`,
          [currency],
        ),
      );
      if (provider) add('provider_key', 'flows.provider_key');
      if (receiver) add('receiver_key', 'flows.receiver_key');
      dimensions.forEach((dimension, index) => {
        const column = COLUMNS[dimension];
        if (column === undefined) throw new Error(`${dimension} is no column.`);
        add(`value_${index}`, column);
      });
      const rows = (await query
        .select(
          db.raw(`cast(sum(${own('flows.usd_units', 'flows.units')}) as text) as units`),
          db.raw(`cast(sum(${own('flows.usd_nanos', 'flows.nanos')}) as text) as nanos`),
          db.raw('count(*) as flows'),
        )
        .groupByRaw(Array.from({ length: grouped }, (_, index) => index + 1).join(', '))) as Record<
        string,
        Value
      >[];
      const valuesOf = (row: Record<string, Value>) =>
        dimensions.map((_, index) => {
          const value = row[`value_${index}`] ?? null;
          return value === null ? null : String(value);
        });
      return rows.map((row) => ({
        provider_key: (row.provider_key ?? null) as string | null,
        receiver_key: (row.receiver_key ?? null) as string | null,
        origin: row.origin as LotRow['origin'],
        currency: String(row.money),
        month: String(row.month),
        place_part: Number(row.place_part ?? 1),
        place_whole: Number(row.place_whole ?? 1),
        sector_part: Number(row.sector_part ?? 1),
        sector_whole: Number(row.sector_whole ?? 1),
        estimated: Number(row.estimated ?? 0),
        units: String(row.units),
        nanos: String(row.nanos),
        flows: Number(row.flows),
        values: valuesOf(row),
        bodies: valuesOf(row).map((value, index) =>
          bodyKeyIn(dimensions[index] ?? FlowDimension.YEAR, value),
        ),
      }));
    },

    /** How many flows of a part of an activity are left out, since its whole reports them too. */
    doubled: async (question: Pick<LotQuestion, 'filter' | 'onlyFts'>): Promise<number> => {
      const row = (await base(question)
        .whereIn('flows.id', inPartAndWhole())
        .count({ flows: '*' })
        .first()) as { flows: number | string } | undefined;
      return Number(row?.flows ?? 0);
    },

    /** How many flows of other standards are of these kinds. */
    ofOtherStandards: async (filter: FlowFilter): Promise<number> => {
      const row = (await flowList
        .list(filter)
        .whereNot('flows.standard', THIRD_PARTY_STANDARD)
        .count({ flows: '*' })
        .first()) as { flows: number | string } | undefined;
      return Number(row?.flows ?? 0);
    },

    /** The sources whose reports lead some flows. */
    sources: async (question: Pick<LotQuestion, 'filter' | 'onlyFts'>): Promise<string[]> => {
      const rows = (await base(question).distinct({ id: 'flows.source_id' }).orderBy('id')) as {
        id: string;
      }[];
      return rows.map(({ id }) => id);
    },
  };
};
export type LotStore = ReturnType<typeof createLotStore>;
