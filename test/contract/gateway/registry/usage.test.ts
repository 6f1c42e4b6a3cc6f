import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openRegistryDatabase, type RegistryDatabase } from '../../../../gateway/registry/open';
import { createUsage } from '../../../../gateway/registry/usage';
import { placeIn } from '../../../support/databases';

const log = pino({ level: 'silent' });

let folder: string;
let database: RegistryDatabase;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  const { DATA_DIR, DATABASE_URL } = placeIn(folder);
  database = await openRegistryDatabase(DATABASE_URL || DATA_DIR);
  now = Date.parse('2026-06-01T12:00:00Z');
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const open = (most?: number) =>
  createUsage(database.usage, log, { clock: () => now, ...(most !== undefined && { most }) });
const anOperation = (name: string, ...coordinates: string[]) => ({ id: name, name, coordinates });

describe('what clients ask for', () => {
  it('is counted by field, over processes and days, the most frequent operation first', async () => {
    const [one, other] = [open(), open()];
    one.count(anOperation('Totals', 'Query.flows', 'Flow.id'));
    for (let times = 0; times < 3; times += 1) other.count(anOperation('List', 'Query.flows'));
    await Promise.all([one.flush(), other.flush()]);
    now += 86_400_000;
    one.count(anOperation('List', 'Query.flows'));
    expect(await one.read()).toEqual([
      { coordinate: 'Flow.id', operations: [{ name: 'Totals', count: 1 }] },
      {
        coordinate: 'Query.flows',
        operations: [
          { name: 'List', count: 4 },
          { name: 'Totals', count: 1 },
        ],
      },
    ]);
    await Promise.all([one.close(), other.close()]);
  });

  it('is forgotten after 30 days', async () => {
    const usage = open();
    usage.count(anOperation('Old', 'Query.old'));
    await usage.flush();
    now += 30 * 86_400_000;
    expect(await usage.read()).toHaveLength(1);
    now += 86_400_000;
    usage.count(anOperation('New', 'Query.new'));
    expect((await usage.read()).map(({ coordinate }) => coordinate)).toEqual(['Query.new']);
    await usage.close();
  });

  it('has room for so many operations a day, in memory and written; others are one', async () => {
    const [one, other] = [open(3), open(3)];
    for (let index = 0; index < 10; index += 1) one.count(anOperation(`A${index}`, 'Query.a'));
    await one.flush();
    for (let index = 0; index < 10; index += 1) other.count(anOperation(`B${index}`, 'Query.b'));
    const read = await other.read();
    expect(await database.usage.operationsOf('2026-06-01')).toHaveLength(4);
    expect(read).toEqual([
      expect.objectContaining({ coordinate: 'Query.a' }),
      { coordinate: 'Query.b', operations: [{ name: 'others', count: 17 }] },
    ]);
    expect(read[0]?.operations).toContainEqual({ name: 'A0', count: 1 });
    await Promise.all([one.close(), other.close()]);
  });
});
