import type { Graph } from '../../gateway/graph';
import { createRandom } from '../builtin/fictional/random';
import { insertRows, inWrite, settle, type Value } from '../../subgraphs/shared/db';

const ROWS_AT_ONCE = 20_000;
/** Flows for each body, and bodies of each sort: of ten, one gives only and three pass on. */
const FLOWS_OF_A_BODY = 10;
const OF_TEN = { giving: 1, passing: 3 };
const COUNTRIES = ['ML', 'NE', 'TD', 'NG', 'SD', 'SS', 'CD', 'CF', 'CO', 'GT', 'MM', 'PH'];
const CURRENCIES = ['USD', 'EUR', 'GBP'];
const YEARS = [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024];
const AT = '2026-01-01T00:00:00.000Z';

/** The ids of the bodies of a world of so many flows, each its own key. */
export const bodyIds = (flows: number): string[] =>
  Array.from({ length: Math.ceil(flows / FLOWS_OF_A_BODY) }, (_, index) => `XX-BODY-${index}`);

/** Where those that give end among them, and those that pass on. */
const endsOf = ({ length }: readonly string[]): [giving: number, passing: number] => [
  Math.ceil((length * OF_TEN.giving) / 10),
  Math.ceil((length * (OF_TEN.giving + OF_TEN.passing)) / 10),
];

type Database = Graph['funding']['db'];

const inParts = async (
  db: Database,
  table: string,
  columns: string[],
  count: number,
  row: (index: number) => Value[][],
  shared: Record<string, Value> = {},
) => {
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const length = Math.min(ROWS_AT_ONCE, count - from);
    const rows = Array.from({ length }, (_, index) => row(from + index)).flat();
    await insertRows(db, table, columns, rows, shared);
  }
};

/** What all flows of a world made for measuring have alike. */
const FLOW_DEFAULTS = {
  source_id: 'bench',
  tier: 0,
  retrieved_at: AT,
  updated_at: AT,
  hash: '',
  kind: 'DISBURSEMENT',
  nanos: 0,
  provider_basis: 'IDENTIFIER',
  receiver_basis: 'IDENTIFIER',
  aid_types: '[]',
  purpose: 'UNKNOWN',
  purpose_basis: 'UNKNOWN',
  flexibility: 'UNKNOWN',
  flexibility_basis: 'UNKNOWN',
  superseded_from: 4,
};

/** Fills in bodies, each its own key, as the first version of who is who. */
const fillBodies = async (trx: Database, ids: readonly string[]) => {
  const standing = { version_from: 1, version_until: 2_000_000_000 };
  await inParts(
    trx,
    'bodies',
    ['row_id', 'id', 'name', 'sort_name'],
    ids.length,
    (index) => [[index, ids[index] ?? '', `Body ${index}`, `body ${index}`]],
    {
      ...standing,
      tier_from: 0,
      tier_until: 4,
      kind: 'NATIONAL_NGO',
      legal_form: 'LEGAL_ENTITY',
      country: 'ML',
      listed: 1,
      digest: '',
      updated_at: AT,
    },
  );
  await inParts(
    trx,
    'body_keys',
    ['key', 'id'],
    ids.length,
    (index) => [[ids[index] ?? '', ids[index] ?? '']],
    standing,
  );
};

/** Requests see the bodies as of the lowest version of all subgraphs: without this, nobody. */
const publishBodies = async ({ subgraphs }: Graph) => {
  for (const { db } of subgraphs) await db('bodies_state').update({ version: 1 });
};

/** One payment of a world made for measuring, in US dollars. */
export interface BenchPayment {
  from: string;
  to: string;
  amount: number;
}

/** Fills the database of funding with payments, and with the bodies that they are between. */
export const fillWithPayments = async (
  graph: Graph,
  payments: readonly BenchPayment[],
): Promise<void> => {
  const { db } = graph.funding;
  await publishBodies(graph);
  await inWrite(db, async (trx) => {
    await fillBodies(trx, [...new Set(payments.flatMap(({ from, to }) => [from, to]))]);
    await inParts(
      trx,
      'flows',
      ['id', 'record_id', 'units', 'amount', 'provider_key', 'receiver_key'],
      payments.length,
      (index) => {
        const { from, to, amount } = payments[index] ?? { from: '', to: '', amount: 0 };
        const id = `f${String(index).padStart(9, '0')}`;
        return [[id, String(index), amount, String(amount), from, to]];
      },
      { ...FLOW_DEFAULTS, currency: 'USD', date: '2020-05-01' },
    );
  });
  await settle(db);
};

/**
 * Fills the database of funding with a seeded world, past the importers, which would take a quarter of
 * an hour: bodies that give, that pass on and that only receive, and payments between them in three
 * currencies, a tenth of them for two countries.
 */
export const fillWithMoney = async (graph: Graph, flows: number): Promise<void> => {
  const { db } = graph.funding;
  await publishBodies(graph);
  const random = createRandom(1);
  const ids = bodyIds(flows);
  const [giving, passing] = endsOf(ids);
  const idAt = (from: number, to: number) => ids[random.between(from, to - 1)] ?? '';
  await inWrite(db, async (trx) => {
    await fillBodies(trx, ids);
    const months = YEARS.flatMap((year) =>
      Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`),
    );
    await inParts(
      trx,
      'rates',
      ['currency', 'month', 'sdr_per_unit'],
      months.length,
      (index) =>
        CURRENCIES.map((currency, n) => [currency, months[index] ?? '', `0.${7 + n}${index % 10}`]),
      { source_id: 'bench' },
    );
    await inParts(
      trx,
      'flows',
      [
        'id',
        'record_id',
        'date',
        'units',
        'amount',
        'currency',
        'reporter_key',
        'provider_key',
        'receiver_key',
      ],
      flows,
      (index) => {
        // Half of the money enters, half goes on.
        const enters = random.between(0, 1) === 0;
        const month = months[random.between(0, months.length - 1)] ?? '';
        const units = random.between(1000, 500_000);
        const currency = random.pick(CURRENCIES);
        const provider = enters ? idAt(0, giving) : idAt(giving, passing);
        const receiver = enters ? idAt(giving, ids.length) : idAt(passing, ids.length);
        return [
          [
            `f${String(index).padStart(9, '0')}`,
            String(index),
            `${month}-15`,
            units,
            String(units),
            currency,
            provider,
            provider,
            receiver,
          ],
        ];
      },
      FLOW_DEFAULTS,
    );
    await inParts(
      trx,
      'flow_shares',
      ['parent_id', 'code', 'percentage'],
      flows,
      (index) => {
        const id = `f${String(index).padStart(9, '0')}`;
        const at = random.between(0, COUNTRIES.length - 1);
        const [one, other] = [COUNTRIES[at] ?? '', COUNTRIES[(at + 1) % COUNTRIES.length] ?? ''];
        return index % 10 === 0
          ? [
              [id, one, '60'],
              [id, other, '40'],
            ]
          : [[id, one, '100']];
      },
      { dimension: 'COUNTRY', vocabulary: 'ISO', estimated: 0, inherited: 0 },
    );
  });
  await settle(db);
};

/** Networks per hundred bodies, how deep they stand in each other, and members of each. */
const NETWORKS_OF_100 = 5;
const DEPTH = 6;
const MEMBERS = 20;

/** The ids of the networks of a world of so many flows, which are among those that pass on. */
const networkIds = (flows: number): string[] => {
  const ids = bodyIds(flows);
  const [giving] = endsOf(ids);
  return ids.slice(giving, giving + Math.floor((ids.length * NETWORKS_OF_100) / 100));
};

/** Those of them that stand lowest: each with all others of its {@link DEPTH} above it. */
export const lowestNetworkIds = (flows: number): string[] =>
  networkIds(flows).filter((_, index) => index % DEPTH === DEPTH - 1);

/** What says that a body belongs to a network. */
export const membership = (network: string, member: string) => ({
  network_key: network,
  member_key: member,
  role: 'MEMBER',
});

/**
 * Makes some of those that pass money on in {@link fillWithMoney} networks: each with twenty members, of whom the first is
 * a network of the level below, six levels deep, and an assembly of its members.
 */
export const fillWithNetworks = async (
  { funding: { db } }: Graph,
  flows: number,
): Promise<void> => {
  const random = createRandom(2);
  const ids = bodyIds(flows);
  const [, passing] = endsOf(ids);
  const networks = networkIds(flows);
  const shared = { owner: 'networks', position: 0, tier: 0 };
  await inWrite(db, async (trx) => {
    await inParts(
      trx,
      'facts',
      ['record', 'kind', 'subject_key', 'other_key', 'data'],
      networks.length,
      (index) => {
        const network = networks[index] ?? '';
        const below = index % DEPTH === DEPTH - 1 ? null : (networks[index + 1] ?? null);
        const members = Array.from({ length: MEMBERS }, (_, place) =>
          place === 0 && below !== null
            ? below
            : (ids[random.between(passing, ids.length - 1)] ?? ''),
        );
        return [
          [
            `g${index}`,
            'governing-body',
            network,
            null,
            '{"title":"Assembly","kind":"GENERAL_ASSEMBLY","seatCount":null,"composedByMembers":true}',
          ],
          ...members.map((member, place): Value[] => [
            `m${index}-${place}`,
            'membership',
            network,
            member,
            '{"role":"MEMBER"}',
          ]),
        ];
      },
      shared,
    );
  });
  await settle(db);
};
