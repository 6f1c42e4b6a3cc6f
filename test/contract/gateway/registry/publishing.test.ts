import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseKey } from '../../../../gateway/access/key';
import { placeIn } from '../../../support/databases';
import { openTestRegistry, type TestRegistry } from '../../../support/registry';

let folder: string;
let at: { place: string; dataDir: string };
let registry: TestRegistry;
let door: TestRegistry['door'];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  const { DATA_DIR, DATABASE_URL } = placeIn(folder);
  at = { place: DATABASE_URL || DATA_DIR, dataDir: DATA_DIR };
  registry = await openTestRegistry(at);
  door = registry.door;
});
afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true });
});

const STEWARD = 'steward:1';
const add = (name = 'willow-web') =>
  door.addPartner(STEWARD, { name, trust: 'PROVISIONAL' as const });
const aPublication = (sdl: string, url = 'https://willow.example/graphql') => ({ url, sdl });
const publish = (sdl: string, name = 'willow-web', url?: string) =>
  door.publish('partner:1', name, aPublication(sdl, url));
const kinds = async () => (await door.log({ after: 0 })).events.map(({ kind }) => kind);
const statusOf = async (name = 'willow-web') => {
  const { status, version, pending } = await door.partner(name);
  return { status, version, pending };
};

describe('a partner', () => {
  it('is taken in with a key that is shown once and counts for it alone', async () => {
    const { partner, key } = await add();
    expect(partner).toMatchObject({ name: 'willow-web', trust: 'PROVISIONAL', status: 'ADDED' });
    expect(await registry.keys.check(key)).toMatchObject({
      status: 'valid',
      key: { tier: 0, partner: 'willow-web' },
    });
    expect(JSON.stringify(await door.log({ after: 0 }))).not.toContain(parseKey(key)?.secret);
  });

  it.each([
    ['Willow', 'form'],
    ['w', 'form'],
    ['-willow', 'form'],
    ['willow--web', 'form'],
    ['a'.repeat(31), 'form'],
    ['funding', 'taken by `funding`'],
    ['fun-ding', 'taken by `funding`'],
    ['core', 'taken'],
  ])('is not called %s', async (name, words) => {
    await expect(add(name)).rejects.toThrow(words);
    expect(await kinds()).toEqual([]);
  });

  it('is not taken in twice, nor beside one whose name differs by a hyphen', async () => {
    await add('willow-web');
    await expect(add('willow-web')).rejects.toThrow('taken');
    await expect(add('wil-lowweb')).rejects.toThrow('taken by `willow-web`');
  });

  it('has keys that are made, rotated with an overlap and revoked, each in the log', async () => {
    await add();
    await add('heron');
    const { id, key } = await door.makeKey(STEWARD, 'willow-web', 'ci');
    const fresh = await door.rotateKey(STEWARD, 'willow-web', id, 60_000);
    for (const text of [key, fresh.key])
      expect((await registry.keys.check(text)).status).toBe('valid');
    await expect(door.revokeKey(STEWARD, 'heron', id)).rejects.toThrow('heron has no key');
    await door.revokeKey(STEWARD, 'willow-web', id);
    await expect(door.revokeKey(STEWARD, 'willow-web', id)).rejects.toThrow('revoked before');
    expect((await kinds()).slice(-3)).toEqual(['KEY_MADE', 'KEY_ROTATED', 'KEY_REVOKED']);
  });
});

describe('a publication', () => {
  beforeEach(() => add());

  it('that passes is in force at once, as the next version', async () => {
    expect(await publish('one')).toMatchObject({ status: 'PUBLISHED', version: 1, findings: [] });
    expect(await publish('two')).toMatchObject({ status: 'PUBLISHED', version: 2 });
    expect(await statusOf()).toEqual({ status: 'PUBLISHED', version: 2, pending: null });
    expect(await door.version('willow-web', 1)).toMatchObject({ sdl: 'one', version: 1 });
    expect((await kinds()).slice(2)).toEqual(['PUBLISHED', 'COMPOSED', 'PUBLISHED', 'COMPOSED']);
  });

  it('that is wrong changes nothing and says why', async () => {
    await publish('one');
    expect(await publish('WRONG')).toMatchObject({
      status: 'REFUSED',
      version: null,
      findings: [{ code: 'WRONG' }],
    });
    expect(await statusOf()).toEqual({ status: 'PUBLISHED', version: 1, pending: null });
    expect((await door.log({ after: 0 })).events.at(-1)).toMatchObject({
      kind: 'PUBLICATION_REFUSED',
      payload: { by: 'CHECK', findings: [{ code: 'WRONG' }] },
    });
  });

  it('whose endpoint does not stand the trial changes nothing and says why', async () => {
    const refused = await publish('one', 'willow-web', 'https://down.example/');
    expect(refused).toMatchObject({ status: 'REFUSED', findings: [{ code: 'DOWN' }] });
    expect(await statusOf()).toEqual({ status: 'ADDED', version: null, pending: null });
  });

  it('has a key for answers that can be read', async () => {
    await expect(
      door.publish('partner:1', 'willow-web', { ...aPublication('one'), answerKey: 'no key' }),
    ).rejects.toThrow('answerKey');
    expect(await statusOf()).toMatchObject({ status: 'ADDED' });
  });

  it('is only looked at by a check', async () => {
    expect(await door.check('willow-web', { sdl: 'NEW' })).toMatchObject({
      status: 'NEEDS_STEWARD',
      dataFlow: ['Ids of organisations.'],
    });
    expect((await door.check('willow-web', { sdl: 'WRONG' })).status).toBe('FAILED');
    expect((await door.check('willow-web', { sdl: 'one' })).status).toBe('PASSED');
    expect(await kinds()).toEqual(['PARTNER_ADDED', 'KEY_MADE']);
  });

  it('waits for a steward where policy says so, and is tried only then', async () => {
    await publish('one');
    const down = 'https://down.example/';
    expect(await publish('NEW', 'willow-web', down)).toMatchObject({
      status: 'PENDING',
      version: 2,
    });
    expect(await statusOf()).toEqual({ status: 'PUBLISHED', version: 1, pending: 2 });
    expect(await door.approve(STEWARD, 'willow-web', 2)).toMatchObject({ status: 'REFUSED' });
    expect(await statusOf()).toEqual({ status: 'PUBLISHED', version: 1, pending: 2 });
    await publish('NEW and mended');
    expect(await statusOf()).toEqual({ status: 'PUBLISHED', version: 1, pending: 3 });
    await expect(door.approve(STEWARD, 'willow-web', 2)).rejects.toThrow('does not wait');
    expect(await door.approve(STEWARD, 'willow-web', 3)).toMatchObject({ status: 'PUBLISHED' });
    expect(await statusOf()).toEqual({ status: 'PUBLISHED', version: 3, pending: null });
    expect((await kinds()).slice(-3)).toEqual(['APPROVED', 'PUBLISHED', 'COMPOSED']);
  });

  it('is refused by a steward for a reason', async () => {
    await publish('NEW');
    await door.refuse(STEWARD, 'willow-web', 1, 'not ours to show');
    expect(await statusOf()).toEqual({ status: 'ADDED', version: null, pending: null });
    await expect(door.approve(STEWARD, 'willow-web', 1)).rejects.toThrow('does not wait');
  });

  it('is in force beside those that other processes publish at the same time', async () => {
    const other = await openTestRegistry(at);
    await add('heron');
    const both = await Promise.all([
      publish('one'),
      other.door.publish('partner:2', 'heron', aPublication('two')),
    ]);
    await other.close();
    expect(both.map(({ status }) => status)).toEqual(['PUBLISHED', 'PUBLISHED']);
    const { supergraphs } = await door.supergraphs();
    expect(supergraphs.at(-1)?.partners).toEqual([
      { name: 'heron', version: 1 },
      { name: 'willow-web', version: 1 },
    ]);
  });
});

describe('what is in force', () => {
  beforeEach(async () => {
    await add();
    for (const sdl of ['one', 'two', 'three']) await publish(sdl);
  });

  it('can be an earlier version again, by default the one before', async () => {
    expect(await door.rollBack(STEWARD, 'willow-web', null)).toEqual({ version: 2 });
    expect(await door.rollBack(STEWARD, 'willow-web', 1)).toEqual({ version: 1 });
    expect(await statusOf()).toMatchObject({ status: 'PUBLISHED', version: 1 });
    await expect(door.rollBack(STEWARD, 'willow-web', null)).rejects.toThrow('no earlier version');
    expect((await kinds()).slice(-2)).toEqual(['ROLLED_BACK', 'ROLLED_BACK']);
    expect(await publish('four')).toMatchObject({ version: 4 });
  });

  it('can be that of any earlier supergraph again, which was kept whole', async () => {
    await add('heron');
    await publish('h', 'heron');
    await door.retire(STEWARD, 'willow-web', null);
    await door.rollBackAll(STEWARD, 2);
    expect(await statusOf()).toMatchObject({ status: 'PUBLISHED', version: 2 });
    expect(await statusOf('heron')).toMatchObject({ status: 'ADDED', version: null });
    expect(await door.supergraph(2)).toMatchObject({
      supergraphSdl: 'release-1\nwillow-web@2: two',
    });
    await expect(door.rollBackAll(STEWARD, 99)).rejects.toThrow('no supergraph 99');
  });

  it('ends with a retirement, and begins anew with the next publication', async () => {
    await door.retire(STEWARD, 'willow-web', 'it closed');
    expect(await statusOf()).toEqual({ status: 'RETIRED', version: null, pending: null });
    await expect(door.retire(STEWARD, 'willow-web', null)).rejects.toThrow('already');
    await expect(door.rollBack(STEWARD, 'willow-web', 1)).rejects.toThrow('in force');
    await publish('four');
    expect(await statusOf()).toMatchObject({ status: 'PUBLISHED', version: 4 });
  });

  it('stays in quarantine through all of this, until a steward readmits it', async () => {
    await door.quarantine('gateway', 'willow-web', 'foreign fields');
    await door.quarantine('gateway', 'willow-web', 'foreign fields');
    await publish('four');
    expect(await door.partner('willow-web')).toMatchObject({
      status: 'QUARANTINED',
      version: 4,
      quarantine: { reason: 'foreign fields' },
    });
    await door.readmit(STEWARD, 'willow-web');
    expect(await statusOf()).toMatchObject({ status: 'PUBLISHED' });
    expect((await kinds()).filter((kind) => kind === 'QUARANTINED')).toHaveLength(1);
  });

  it('is the same for whoever reads the log from its beginning', async () => {
    await door.retire(STEWARD, 'willow-web', null);
    await publish('NEW');
    const other = await openTestRegistry(at);
    expect(await other.door.partner('willow-web')).toEqual(await door.partner('willow-web'));
    expect(await other.door.supergraphs()).toEqual(await door.supergraphs());
    await other.close();
  });

  it('is asked for by names that there are', async () => {
    for (const asked of [
      () => door.partner('nobody'),
      () => door.publish('x', 'nobody', aPublication('one')),
      () => door.version('willow-web', 9),
      () => door.supergraph(9),
      () => door.text('0'),
    ])
      await expect(asked()).rejects.toThrow(/There is no|has no version/);
  });
});
