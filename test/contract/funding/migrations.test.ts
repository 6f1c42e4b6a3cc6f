import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { FUNDING_MIGRATIONS } from '../../../subgraphs/funding';
import { openDatabase } from '../../../subgraphs/shared/db';

const STAMP = {
  source_id: 'src',
  record_id: 'r',
  tier: 0,
  retrieved_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  hash: 'h',
};
const FLOW = {
  ...STAMP,
  id: 'flow',
  kind: 'DISBURSEMENT',
  date: '2020-01-01',
  units: 12,
  nanos: 500_000_000,
  amount: '12.5',
  currency: 'USD',
  activity_record: 'a',
  activity_key: 'XX-1-A',
  provider_basis: 'UNKNOWN',
  receiver_basis: 'UNKNOWN',
  aid_types: '[]',
  purpose: 'UNKNOWN',
  purpose_basis: 'UNKNOWN',
  flexibility: 'UNKNOWN',
  flexibility_basis: 'UNKNOWN',
  superseded_from: 4,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
});
afterEach(() => rm(folder, { recursive: true }));

const indexesOf = async (db: Knex): Promise<string[]> =>
  (
    (await db('sqlite_master').where({ type: 'index', tbl_name: 'flows' }).whereNotNull('sql')) as {
      name: string;
    }[]
  ).map(({ name }) => name);

it('a database of before grants and FTS keeps its flows and their indexes, and takes flows without activities', async () => {
  const file = path.join(folder, 'funding.sqlite');
  const before = await openDatabase(file, FUNDING_MIGRATIONS.slice(0, 4));
  await before('flows').insert(FLOW);
  const indexes = await indexesOf(before);
  await before.destroy();

  const after = await openDatabase(file, FUNDING_MIGRATIONS);
  try {
    expect(await after('flows')).toMatchObject([{ ...FLOW, boundary: null, regrant_type: null }]);
    expect(await indexesOf(after)).toEqual(expect.arrayContaining(indexes));
    await after('flows').insert({
      ...FLOW,
      id: 'fts',
      activity_record: null,
      activity_key: null,
      boundary: 'INCOMING',
    });
    await expect(after('flows').insert(FLOW)).rejects.toThrow(/UNIQUE/);
  } finally {
    await after.destroy();
  }
});
