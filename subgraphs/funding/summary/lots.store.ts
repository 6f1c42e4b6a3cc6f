import type { Knex } from 'knex';
import { keysAt, keysSeenBy } from '../../shared/bodies';
import type { Viewer } from '../../shared/viewer';
import { present } from '../classification/grouping';
import { MONTH, OTHER_SIDE, type Side } from '../flow/columns';
import { createFlowList } from '../flow/flow-list.store';
import type { FlowFilter } from '../flow/flow.args';
import { THIRD_PARTY_STANDARD } from '../flow/reporting';
import { ownerKey } from '../hosting/party.store';
import { onlyConvertible } from './convertible.store';
import { FlowDimension } from './dimension';
import { createLotSql, isStated } from './lots-sql.store';
import { type Span, spansOf } from './spans.store';

/** FTS's own amounts are in this currency. */
const DOLLARS = 'USD';
/**
 * Which bodies on a side of flows are told apart: each, or only those that within the scope also stand on
 * the other side of some flow, the others being one as if they were unknown: their money needs no netting.
 */
export type ToldApart = 'EACH' | 'MIXED';

/** Which flows, within what, and what must be told apart. */
export interface LotQuestion {
  /** With kinds; of it, `countries`, `regions`, `sectors` and `usageYears` also say which part of a flow is meant. */
  filter: FlowFilter;
  /** Flows of FTS only. */
  onlyFts: boolean;
  dimensions: readonly FlowDimension[];
  /** Which providers and receivers are told apart. */
  provider?: ToldApart;
  receiver?: ToldApart;
  /** The currency asked for. */
  currency: string;
  /** Flows whole, whatever part of them the filter means. */
  unsplit?: boolean;
  /** Without what bodies pay themselves, which moves no money. */
  onlyMoving?: boolean;
  /** The flows within which a body is looked for on the other side; default: those of the filter. */
  within?: FlowFilter;
  /**
   * Which flows there are, whatever they add up to: rows without sums, currency and month, those left out
   * that cannot be converted.
   */
  distinct?: boolean;
  /** Only flows of some time, in addition to what the filter says. */
  span?: Span | undefined;
  /** Only flows whose provider has received nothing, or whose receiver has given nothing, in the scope; or, if `MIXED`, the others. */
  only?: { side: Side; which: 'PURE' | 'MIXED' };
}

/** Flows that are alike in what is asked, added up, as the database gives them: what is not asked is not there. */
export interface LotRow {
  provider_key?: string | null;
  receiver_key?: string | null;
  origin?: 'OUTSIDE' | 'INSIDE' | 'SHARED' | null;
  currency: string;
  /** `2020-03`; empty where no rate is needed. */
  month: string;
  /** Which part of each flow is meant, `part ÷ whole`, by place and by sector. */
  place_part?: number | string;
  place_whole?: number | string;
  sector_part?: number | string;
  sector_whole?: number | string;
  estimated?: number | string;
  units: string;
  nanos: string;
  flows: number | string;
  /** The values of the dimensions asked for. */
  value_0?: string | number | null;
  value_1?: string | number | null;
  value_2?: string | number | null;
}

/** The value of the dimension that was asked for at a place. */
export const valueAt = (row: LotRow, place: number): string | null => {
  const value = place === 0 ? row.value_0 : place === 1 ? row.value_1 : row.value_2;
  return value === null || value === undefined ? null : String(value);
};

/** What a flow's own columns say of a dimension; what a host got or paid in a body's name is that body's. */
const columnsOf = (provider: string, receiver: string): Partial<Record<FlowDimension, string>> => ({
  [FlowDimension.YEAR]: 'substr(flows.date, 1, 4)',
  [FlowDimension.QUARTER]:
    "substr(flows.date, 1, 4) || '-Q' || ((cast(substr(flows.date, 6, 2) as integer) + 2) / 3)",
  [FlowDimension.PURPOSE]: 'flows.purpose',
  [FlowDimension.PURPOSE_BASIS]: 'flows.purpose_basis',
  [FlowDimension.FLEXIBILITY]: 'flows.flexibility',
  [FlowDimension.AID_TYPE]: 'flows.aid_types',
  [FlowDimension.SOURCE]: 'flows.source_id',
  [FlowDimension.PROVIDER]: provider,
  [FlowDimension.RECEIVER]: receiver,
  [FlowDimension.LEGAL_RECEIVER]: 'flows.receiver_key',
  [FlowDimension.PROVIDER_OUTCOME]: provider,
  [FlowDimension.RECEIVER_OUTCOME]: receiver,
  [FlowDimension.CONSTITUENCY]: receiver,
  [FlowDimension.RECEIVER_STANDING]: receiver,
  [FlowDimension.LOCALITY_BY_TYPE]: receiver,
  // The country first, which is of two letters or missing.
  [FlowDimension.LOCALITY]: `case when places.dimension = 'COUNTRY' then places.code else '' end || ' ' || coalesce(${receiver}, '')`,
  [FlowDimension.COUNTRY]: "case when places.dimension = 'COUNTRY' then places.code end",
  [FlowDimension.REGION]: "case when places.dimension = 'REGION' then places.code end",
  [FlowDimension.SECTOR]: 'sectors.code',
});

/** Dimensions by which all the flows there are add up to a few rows. */
const OF_FEW = [
  FlowDimension.YEAR,
  FlowDimension.QUARTER,
  FlowDimension.PURPOSE,
  FlowDimension.PURPOSE_BASIS,
  FlowDimension.FLEXIBILITY,
  FlowDimension.AID_TYPE,
  FlowDimension.SOURCE,
];
const isOfFew = ({ dimensions, provider, receiver }: LotQuestion) =>
  dimensions.every((one) => OF_FEW.includes(one)) && !provider && !receiver;

const PLACES = ['COUNTRY', 'REGION'];
const BY_PLACE = [FlowDimension.COUNTRY, FlowDimension.REGION, FlowDimension.LOCALITY];
const isPlace = (dimension: FlowDimension) => BY_PLACE.includes(dimension);

/** OECD DAC's sectors: of three digits in one vocabulary of IATI, of five in the other. */
const vocabularyOf = (sectors: readonly string[] | undefined): string =>
  sectors?.every((code) => code.length === 3) ? '2' : '1';

/** Reads flows added up as far as a count can do with, for one viewer. */
export const createLotStore = (db: Knex, viewer: Viewer) => {
  const flowList = createFlowList(db, viewer);
  const sql = createLotSql(db, viewer);
  const owner: Record<Side, string> = {
    provider: ownerKey('provider', viewer),
    receiver: ownerKey('receiver', viewer),
  };
  const columns = columnsOf(owner.provider, owner.receiver);

  const base = ({ filter, onlyFts, span }: Pick<LotQuestion, 'filter' | 'onlyFts' | 'span'>) => {
    const inTime = [filter.date, filter.year, span?.from, span?.until].some(present);
    const query = flowList.list(filter, { ofOwners: true, asTheyLie: !inTime });
    if (onlyFts) void query.where('flows.standard', THIRD_PARTY_STANDARD);
    return query;
  };

  /** The keys of all bodies that stand on a side of some flow of the scope. */
  const standingOn = (side: Side, { filter, within, onlyFts }: LotQuestion) => {
    const scope = within ?? filter;
    const flows = sql
      .onlyMoving(base({ filter: scope, onlyFts }), scope)
      .select(db.raw(owner[side]));
    // A body may give under one of its keys and receive under another.
    const keys = db('body_keys as own')
      .join('body_keys as known', 'known.id', 'own.id')
      .select('own.key')
      .whereIn('known.key', flows);
    return keysAt(keysSeenBy(db, keys, viewer, 'known'), viewer, 'own');
  };
  const mixedKey = (side: Side, question: LotQuestion) =>
    db.raw(`case when ${owner[side]} in (?) then ${owner[side]} end`, [
      standingOn(OTHER_SIDE[side], question),
    ]);

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
      const query = base(question).whereNotIn('flows.id', sql.inPartAndWhole());
      if (question.span?.from !== undefined)
        void query.where('flows.date', '>=', question.span.from);
      if (question.span?.until !== undefined)
        void query.where('flows.date', '<', question.span.until);
      if (question.onlyMoving) void sql.onlyMoving(query, filter);
      if (question.only) {
        const { side, which } = question.only;
        const others = standingOn(OTHER_SIDE[side], question);
        if (which === 'MIXED') void query.whereRaw(`${owner[side]} in (?)`, [others]);
        else
          void query.where((any) => {
            void any.whereRaw(`${owner[side]} is null or ${owner[side]} not in (?)`, [others]);
            // Flows that say where their money comes from do not ask for their giver's income.
            if (isStated(filter)) void any.orWhere('flows.standard', THIRD_PARTY_STANDARD);
          });
      }
      let grouped = 0;
      const add = (name: string, of: string | Knex.Raw) => {
        void query.select(db.raw('? as ??', [typeof of === 'string' ? db.raw(of) : of, name]));
        grouped += 1;
      };
      const ofPlaces = !unsplit && (filter.countries !== undefined || filter.regions !== undefined);
      const ofSectors = !unsplit && filter.sectors !== undefined;
      const byPlace = ofPlaces || dimensions.some(isPlace);
      if (byPlace) {
        const of = { dimensions: PLACES, vocabulary: null, withRest: !ofPlaces };
        const { part, whole } = sql.split(query, 'places', of);
        // A flow for a country and a region is meant by the part that names the country.
        if (ofPlaces)
          void query
            .where('places.dimension', filter.countries ? 'COUNTRY' : 'REGION')
            .whereIn(
              'places.code',
              filter.countries?.map((code) => code.toUpperCase()) ?? filter.regions ?? [],
            );
        add('place_part', part);
        add('place_whole', whole);
      }
      const bySector = ofSectors || dimensions.includes(FlowDimension.SECTOR);
      if (bySector) {
        const { part, whole } = sql.split(query, 'sectors', {
          dimensions: ['SECTOR'],
          vocabulary: vocabularyOf(filter.sectors),
          withRest: !ofSectors,
        });
        if (ofSectors) void query.whereIn('sectors.code', filter.sectors ?? []);
        add('sector_part', part);
        add('sector_whole', whole);
      }
      const estimates = [
        ...(byPlace ? ['coalesce(places.estimated, 0)'] : []),
        ...(bySector ? ['coalesce(sectors.estimated, 0)'] : []),
      ];
      if (estimates.length > 0) add('estimated', `(${estimates.join(' + ')})`);
      const origin = sql.originOf(filter);
      if (origin) add('origin', origin);
      if (question.distinct) onlyConvertible(query, money, currency);
      else {
        add('currency', money);
        add('month', db.raw(`case when ${money} = ? then '' else ${MONTH} end`, [currency]));
      }
      for (const [side, told] of [
        ['provider', provider],
        ['receiver', receiver],
      ] as const)
        if (told) add(`${side}_key`, told === 'EACH' ? owner[side] : mixedKey(side, question));
      dimensions.forEach((dimension, index) => {
        const column = columns[dimension];
        if (column === undefined) throw new Error(`${dimension} is no column.`);
        add(`value_${index}`, column);
      });
      if (!question.distinct)
        void query.select(
          db.raw(`cast(sum(${own('flows.usd_units', 'flows.units')}) as text) as units`),
          db.raw(`cast(sum(${own('flows.usd_nanos', 'flows.nanos')}) as text) as nanos`),
          db.raw('count(*) as flows'),
        );
      return (await query.groupByRaw(
        Array.from({ length: grouped }, (_, index) => index + 1).join(', '),
      )) as LotRow[];
    },

    /** The times of which the flows are looked at one after the other, so that few rows are held at a time. */
    spans: async (question: LotQuestion): Promise<Span[]> =>
      isOfFew(question) ? [{}] : spansOf(db, question.filter),

    /** How many flows of a part of an activity are left out, since its whole reports them too. */
    doubled: async (question: Pick<LotQuestion, 'filter' | 'onlyFts'>): Promise<number> => {
      const row = (await base(question)
        .whereIn('flows.id', sql.inPartAndWhole())
        .count({ flows: '*' })
        .first()) as { flows: number | string } | undefined;
      return Number(row?.flows ?? 0);
    },

    /** What bodies paid themselves, by currency, as it is reported. */
    toThemselves: async (
      question: Pick<LotQuestion, 'filter' | 'onlyFts'>,
    ): Promise<Pick<LotRow, 'currency' | 'units' | 'nanos' | 'flows'>[]> =>
      (await sql
        .onlyUnmoving(base(question), question.filter)
        .whereNotIn('flows.id', sql.inPartAndWhole())
        .select('flows.currency', {
          units: db.raw('cast(sum(flows.units) as text)'),
          nanos: db.raw('cast(sum(flows.nanos) as text)'),
        })
        .count({ flows: '*' })
        .groupBy('flows.currency')
        .orderBy('flows.currency')) as LotRow[],

    /** How many flows of other standards are of these kinds. */
    ofOtherStandards: async (filter: FlowFilter): Promise<number> => {
      const row = (await flowList
        .list(filter, { ofOwners: true })
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
