import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Composed, Own } from '../../../../gateway/registry/parts';
import { createServing, followServing, type Served } from '../../../../gateway/registry/serving';
import { placeIn } from '../../../support/databases';
import { composeTexts, openTestRegistry, OWN, silent } from '../../../support/registry';

const NEXT: Own = { ...OWN, id: 'release-2' };
const BASE: Composed = { supergraphSdl: 'base', apiSdl: 'api of base' };

let folder: string;
let at: { place: string; dataDir: string };
const opened: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  const { DATA_DIR, DATABASE_URL } = placeIn(folder);
  at = { place: DATABASE_URL || DATA_DIR, dataDir: DATA_DIR };
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
  await rm(folder, { recursive: true });
});

/** A process: a registry of its own over the same database, and what it would serve. */
const open = async (own = OWN) => {
  const registry = await openTestRegistry(at, { own });
  opened.push(registry);
  let composed = 0;
  const serving = createServing({
    ledger: registry.ledger,
    own,
    base: BASE,
    compose: (partners) => {
      composed += 1;
      return composeTexts(own)(partners);
    },
    log: silent,
  });
  return { ...registry, serving, composed: () => composed };
};
type Process = Awaited<ReturnType<typeof open>>;

const publish = async ({ door }: Process, name: string, sdl: string) => {
  if (!(await door.overview()).partners.some((partner) => partner.name === name))
    await door.addPartner('steward', { name, trust: 'VERIFIED' });
  return door.publish('partner', name, { url: `https://${name}.example/`, sdl });
};
const servedBy = async ({ serving }: Process) => {
  const { supergraphSdl, partners } = await serving.find();
  return { supergraphSdl, partners: partners.map(({ name, version }) => `${name}@${version}`) };
};

describe('what is served', () => {
  it('is the graph without partners while none is in force', async () => {
    const one = await open();
    expect(await one.serving.find()).toEqual({ ...BASE, partners: [], quarantined: new Map() });
    await publish(one, 'willow-web', 'one');
    await one.door.retire('steward', 'willow-web', null);
    expect(await servedBy(one)).toEqual({ supergraphSdl: 'base', partners: [] });
  });

  it('was composed when it was published, and is not composed again', async () => {
    const [one, other] = [await open(), await open()];
    await publish(one, 'willow-web', 'w');
    await publish(other, 'heron', 'h');
    const expected = {
      supergraphSdl: 'release-1\nheron@1: h\nwillow-web@1: w',
      partners: ['heron@1', 'willow-web@1'],
    };
    expect(await servedBy(one)).toEqual(expected);
    expect(await servedBy(other)).toEqual(expected);
    await one.door.retire('steward', 'heron', null);
    expect((await servedBy(one)).partners).toEqual(['willow-web@1']);
    expect([one.composed(), other.composed()]).toEqual([0, 0]);
  });

  it('is composed once where nobody has yet, as after a release, whoever runs beside', async () => {
    const former = await open();
    await publish(former, 'willow-web', 'w');
    const [one, other] = [await open(NEXT), await open(NEXT)];
    expect((await servedBy(one)).supergraphSdl).toBe('release-2\nwillow-web@1: w');
    expect((await servedBy(other)).supergraphSdl).toBe('release-2\nwillow-web@1: w');
    expect([one.composed(), other.composed()]).toEqual([1, 0]);
    expect((await servedBy(former)).supergraphSdl).toBe('release-1\nwillow-web@1: w');
    expect((await former.door.supergraphs()).supergraphs).toHaveLength(2);
  });

  it('leaves out who does not compose any more, says why, and tries again when it changes', async () => {
    const former = await open();
    await publish(former, 'willow-web', 'BROKEN for release-2');
    await publish(former, 'heron', 'h');
    const next = await open(NEXT);
    expect((await servedBy(next)).partners).toEqual(['heron@1']);
    expect(await next.door.partner('willow-web')).toMatchObject({
      status: 'INCOMPATIBLE',
      version: 1,
      incompatible: ['willow-web is broken.'],
    });
    expect((await former.door.partner('willow-web')).status).toBe('PUBLISHED');
    expect((await servedBy(former)).partners).toEqual(['heron@1', 'willow-web@1']);
    await publish(next, 'willow-web', 'mended');
    expect((await servedBy(next)).partners).toEqual(['heron@1', 'willow-web@2']);
  });
});

describe('a server that follows the log', () => {
  const follow = async (fails = false) => {
    const one = await open();
    const applied: Served[] = [];
    const following = followServing(
      one.serving,
      async (served) => {
        applied.push(served);
        if (fails) throw new Error('It cannot be served.');
      },
      silent,
    );
    opened.push(following);
    return { applied, following };
  };
  const within = async (ms: number, holds: () => boolean) => {
    for (const end = Date.now() + ms; !holds() && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(holds()).toBe(true);
  };

  it('serves what another process changes within two seconds, quarantines included', async () => {
    const { applied } = await follow();
    const other = await open();
    await publish(other, 'willow-web', 'w');
    await within(2000, () => applied.at(-1)?.partners[0]?.version === 1);
    await other.door.quarantine('steward', 'willow-web', 'breaches');
    await within(2000, () => applied.at(-1)?.quarantined.get('willow-web') === 'breaches');
    await other.door.readmit('steward', 'willow-web');
    await within(2000, () => applied.at(-1)?.quarantined.size === 0);
  });

  it('stays at what it serves where the new cannot be served, and does not try it for ever', async () => {
    const { applied, following } = await follow(true);
    await expect(following.settle()).rejects.toThrow('cannot be served');
    await following.settle();
    expect(applied).toHaveLength(1);
  });
});
