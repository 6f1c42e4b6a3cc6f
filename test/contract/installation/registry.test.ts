import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { REGISTRY_FILE } from '../../../scripts/installation/manifest';
import {
  copyRegistry,
  restoreRegistry,
  writeRegistry,
} from '../../../scripts/installation/registry';
import { placeIn } from '../../support/databases';
import { openTestRegistry } from '../../support/registry';

let folder: string;
let backup: string;
let source: { place: string; dataDir: string };
let described: Awaited<ReturnType<typeof writeRegistry>>;

const here = (name: string) => {
  const { DATA_DIR, DATABASE_URL } = placeIn(path.join(folder, name));
  return { place: DATABASE_URL || DATA_DIR, dataDir: DATA_DIR };
};
const inFiles = (name: string) => {
  const dataDir = path.join(folder, name);
  return { place: dataDir, dataDir };
};
const manifest = () => ({ registry: described }) as Parameters<typeof restoreRegistry>[1];
const saidBy = async (at: { place: string; dataDir: string }) => {
  const { door, close } = await openTestRegistry(at);
  try {
    const { events, head } = await door.log({ after: 0 });
    return { events, head, served: await door.supergraph(2), partner: await door.partner('heron') };
  } finally {
    await close();
  }
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  backup = path.join(folder, 'backup');
  await mkdir(backup);
  source = here('source');
  const { door, close } = await openTestRegistry(source);
  for (const name of ['willow-web', 'heron']) {
    await door.addPartner('steward:1', { name, trust: 'VERIFIED' });
    await door.publish('partner:1', name, { url: `https://${name}.example/`, sdl: `of ${name}` });
  }
  await close();
  described = await writeRegistry(source.place, backup);
});
afterAll(() => rm(folder, { recursive: true }));

describe('the log of partners', () => {
  it('is in a backup with all its texts, and is restored to either database', async () => {
    expect(described.entries).toBe(8);
    const [one, other] = [here('restored'), inFiles('restored to files')];
    for (const target of [one, other]) {
      expect(await restoreRegistry(backup, manifest(), target.place)).toBe(8);
      expect(await saidBy(target)).toEqual(await saidBy(source));
    }
  });

  it('is copied from one database to another', async () => {
    const target = inFiles('copied');
    expect(await copyRegistry(source.place, target.place)).toBe(8);
    expect(await saidBy(target)).toEqual(await saidBy(source));
    const back = here('copied back');
    expect(await copyRegistry(target.place, back.place)).toBe(8);
    expect(await saidBy(back)).toEqual(await saidBy(source));
  });

  it('is never written over', async () => {
    expect(await restoreRegistry(backup, manifest(), source.place)).toBeNull();
    expect(await copyRegistry(inFiles('copied').place, source.place)).toBeNull();
    expect((await saidBy(source)).events).toHaveLength(8);
  });

  it('is not restored where an entry is not as it was written', async () => {
    const file = path.join(backup, REGISTRY_FILE);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('https://heron.example/', 'https://crow.example/'));
    const target = here('unsound');
    await expect(restoreRegistry(backup, manifest(), target.place)).rejects.toThrow('not sound');
    await writeFile(file, text);
    expect(await restoreRegistry(backup, manifest(), target.place)).toBe(8);
  });

  it('may be none', async () => {
    expect(await copyRegistry(here('empty').place, here('other').place)).toBe(0);
    expect(await restoreRegistry(backup, {} as never, here('old').place)).toBe(0);
  });
});
