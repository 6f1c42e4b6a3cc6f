import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type KeyPlace, openKeys } from '../../../gateway/access/open';
import { openGraph } from '../../../gateway/graph';
import { backUp } from '../../../scripts/installation/backup';
import { hashInstallation } from '../../../scripts/installation/hash';
import { restoreKeys } from '../../../scripts/installation/keys';
import { restore, verifyBackup } from '../../../scripts/installation/restore';
import { verifyInstallation } from '../../../scripts/installation/verify';
import { doImport, type Import, writeFiles } from '../../kill/scenarios';
import { placeIn } from '../../support/databases';

const IMPORTS: Import[] = [
  { kind: 'iati', file: 'donor-1.xml' },
  { kind: 'org-id', file: 'registers.json' },
  { kind: 'statements', file: 'says-2.jsonl' },
  { kind: 'iati', file: 'donor-2.xml' },
];
const SECRET = 'a secret that is long enough for a test';

let folder: string;
let backup: string;
/** On the database that this run tests. */
let source: KeyPlace;
let hash: string;
let texts: { valid: string; revoked: string };
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  writeFiles(folder);
  source = here('source');
  backup = path.join(folder, 'backup');
  const keys = await openKeys(source);
  const made = {
    valid: await keys.create({ label: 'one', tier: 1 }),
    revoked: await keys.create({ label: 'two', tier: 3 }),
  };
  texts = { valid: made.valid.text, revoked: made.revoked.text };
  await keys.revoke(made.revoked.key.id);
  await keys.close();
  const graph = await openGraph(source.place);
  for (const one of IMPORTS) await doImport(graph, folder, one);
  hash = (await hashInstallation(graph)).whole;
  await backUp(graph, backup, source);
  await graph.close();
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

const here = (name: string, secret: string | null = null): KeyPlace => {
  const { DATA_DIR, DATABASE_URL } = placeIn(path.join(folder, name));
  return { place: DATABASE_URL || DATA_DIR, dataDir: DATA_DIR, secrets: { key: secret } };
};
const inFiles = (name: string): KeyPlace => {
  const dataDir = path.join(folder, name);
  return { place: dataDir, dataDir, secrets: { key: null } };
};
const stateOf = async ({ place }: KeyPlace) => {
  const graph = await openGraph(place);
  try {
    return await verifyInstallation(graph);
  } finally {
    await graph.close();
  }
};
const checkAt = async (at: KeyPlace, text: string): Promise<string> => {
  const keys = await openKeys(at);
  const check = await keys.check(text).finally(() => keys.close());
  return check.status === 'refused' ? check.because : check.status;
};
const giveSecret = async (to: KeyPlace): Promise<void> => {
  await mkdir(to.dataDir, { recursive: true });
  await writeFile(
    path.join(to.dataDir, 'key-secret'),
    await readFile(path.join(source.dataDir, 'key-secret')),
  );
};

/** What an installation says after an import that joins what it holds. */
const hashAfterMore = async ({ place }: KeyPlace): Promise<string> => {
  const graph = await openGraph(place);
  await doImport(graph, folder, { kind: 'iati', file: 'network.xml' });
  const { whole } = await hashInstallation(graph);
  await graph.close();
  return whole;
};

describe('a backup', () => {
  it('is restored to files, with all it says', async () => {
    const target = inFiles('files');
    expect((await restore(backup, target.place, { replace: false })).hash).toBe(hash);
    expect(await stateOf(target)).toMatchObject({ whole: hash, faults: [], unfinished: [] });
  }, 60_000);

  it('takes the place of an installation on either database where that is asked, and goes on there', async () => {
    const target = here('filled');
    const before = await hashAfterMore(target);
    await expect(restore(backup, target.place, { replace: false })).rejects.toThrow(/--replace/);
    expect((await stateOf(target)).whole).toBe(before);
    await restore(backup, target.place, { replace: true });
    expect(await stateOf(target)).toMatchObject({ whole: hash, faults: [], unfinished: [] });
    expect(await hashAfterMore(target)).toBe(await hashAfterMore(source));
  }, 60_000);
});

describe('the keys in a backup', () => {
  it('are hashes without the secret that keys them, and are checked', async () => {
    const text = await readFile(path.join(backup, 'keys.json'), 'utf8');
    const manifest = await verifyBackup(backup);
    expect(manifest.keys).toMatchObject({ count: 2 });
    const secret = await readFile(path.join(source.dataDir, 'key-secret'), 'utf8');
    for (const hidden of [secret, ...Object.values(texts).map((key) => key.split('_')[2] ?? '')]) {
      expect(text).not.toContain(hidden);
      expect(JSON.stringify(manifest)).not.toContain(hidden);
    }
    await writeFile(path.join(backup, 'keys.json'), text.replace('"tier": 1', '"tier": 3'));
    await expect(verifyBackup(backup)).rejects.toThrow(/keys\.json.*bytes differ/);
    await writeFile(path.join(backup, 'keys.json'), text);
  });

  it('count where the secret is the same, and a revoked one does not', async () => {
    const target = here('same secret');
    await giveSecret(target);
    const restored = await restoreKeys(backup, await verifyBackup(backup), target);
    expect(restored).toEqual({ status: 'restored', count: 2, secret: 'same' });
    expect(await checkAt(target, texts.valid)).toBe('valid');
    expect(await checkAt(target, texts.revoked)).toBe('revoked');
  });

  it('say that they count for nothing where the secret is another one or missing, until it comes', async () => {
    const manifest = await verifyBackup(backup);
    const [missing, other] = [here('missing'), here('other', SECRET)];
    expect(await restoreKeys(backup, manifest, missing)).toMatchObject({ secret: 'missing' });
    await giveSecret(missing);
    expect(await checkAt(missing, texts.valid)).toBe('valid');
    expect(await restoreKeys(backup, manifest, other)).toMatchObject({ secret: 'other' });
    expect(await checkAt(other, texts.valid)).toBe('unknown');
  });

  it('give nothing back that was revoked since: where there are keys, those stay', async () => {
    const manifest = await verifyBackup(backup);
    const target = here('revoked since');
    await giveSecret(target);
    await restoreKeys(backup, manifest, target);
    const keys = await openKeys(target);
    for (const { id } of await keys.list()) await keys.revoke(id);
    await keys.close();
    expect(await restoreKeys(backup, manifest, target)).toEqual({ status: 'kept' });
    expect(await checkAt(target, texts.valid)).toBe('revoked');
  });

  it('may be none', async () => {
    const place = path.join(folder, 'without');
    const graph = await openGraph(source.place);
    const manifest = await backUp(graph, place);
    await graph.close();
    expect(manifest.keys).toBeUndefined();
    expect(await restoreKeys(place, manifest, here('none'))).toEqual({ status: 'none' });
  });
});
