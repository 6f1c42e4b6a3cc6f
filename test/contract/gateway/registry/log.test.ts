import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { faultOfLink, sha256, START } from '../../../../gateway/registry/chain';
import { createLedger } from '../../../../gateway/registry/ledger';
import { openRegistryDatabase, type RegistryDatabase } from '../../../../gateway/registry/open';
import { REGISTRY_MIGRATIONS } from '../../../../gateway/registry/registry.store';
import { databaseAt, openDatabase } from '../../../../subgraphs/shared/db';
import { placeIn } from '../../../support/databases';

let folder: string;
let place: string;
let one: RegistryDatabase;
let other: RegistryDatabase;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  const { DATA_DIR, DATABASE_URL } = placeIn(folder);
  place = DATABASE_URL || DATA_DIR;
  one = await openRegistryDatabase(place);
  other = await openRegistryDatabase(place);
});
afterEach(async () => {
  await Promise.all([one.close(), other.close()]);
  await rm(folder, { recursive: true });
});

const added = (partner: string) =>
  ({ kind: 'PARTNER_ADDED', partner, payload: { trust: 'PROVISIONAL' } }) as const;

describe('the log of the registry', () => {
  it('is a chain without gaps, whoever appends at the same time', async () => {
    const [mine, theirs] = [createLedger(one.registry), createLedger(other.registry)];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? mine : theirs).append(`actor ${index}`, () => ({
          events: [added(`p${index}`)],
        })),
      ),
    );
    const events = await one.registry.after(0, 100);
    expect(events).toHaveLength(20);
    let head = START;
    for (const event of events) {
      expect(faultOfLink(head, event)).toBeNull();
      head = event;
    }
    expect(await other.registry.head()).toEqual({ sequence: 20, hash: head.hash });
    for (const ledger of [mine, theirs]) expect((await ledger.refresh()).partners.size).toBe(20);
  });

  it('is decided on the newest state, also that of another process', async () => {
    const [mine, theirs] = [createLedger(one.registry), createLedger(other.registry)];
    const addOnce = (ledger: typeof mine) =>
      ledger.append('someone', ({ partners }) => ({
        events: partners.has('willow-web') ? [] : [added('willow-web')],
      }));
    await Promise.all([addOnce(mine), addOnce(theirs), addOnce(mine), addOnce(theirs)]);
    expect(await one.registry.after(0, 10)).toHaveLength(1);
  });

  it('takes entries and their texts together, or neither', async () => {
    const ledger = createLedger(one.registry);
    const refusing = ledger.append('someone', () => {
      throw new Error('no');
    });
    await expect(refusing).rejects.toThrow('no');
    const text = 'type Query { "Ünïcode \u0000 and more" a: Int }';
    await ledger.append('someone', () => ({ events: [added('willow-web')], texts: [text, text] }));
    expect(await ledger.text(sha256(text))).toBe(text);
    await expect(ledger.text(sha256('else'))).rejects.toThrow('lacks');
  });

  it('cannot be changed or shortened, as the database itself sees to', async () => {
    await createLedger(one.registry).append('someone', () => ({
      events: [added('willow-web')],
      texts: ['a text'],
    }));
    const db = await openDatabase(databaseAt(place, 'registry'), REGISTRY_MIGRATIONS);
    try {
      for (const table of ['events', 'texts']) {
        await expect(db(table).update({ hash: 'x' })).rejects.toThrow('append-only');
        await expect(db(table).delete()).rejects.toThrow('append-only');
      }
    } finally {
      await db.destroy();
    }
    expect(await one.registry.after(0, 10)).toHaveLength(1);
  });
});
