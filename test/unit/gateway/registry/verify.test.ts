import { linkEvents, sha256, START } from '../../../../gateway/registry/chain';
import type { NewEvent, RegistryEvent } from '../../../../gateway/registry/event';
import { verifyRegistry } from '../../../../gateway/registry/verify';

const published = (version: number, sdl: string): NewEvent => ({
  kind: 'PUBLISHED',
  partner: 'willow-web',
  payload: {
    ...{ version, sdl: sha256(sdl), url: 'https://willow.example/', licence: null },
    ...{ answerKey: null, canary: { z: 1, a: [1, 2] } },
  },
});
const HAPPENED: NewEvent[] = [
  { kind: 'PARTNER_ADDED', partner: 'willow-web', payload: { trust: 'PROVISIONAL' } },
  published(1, 'one'),
  published(2, 'two'),
  { kind: 'RETIRED', partner: 'willow-web', payload: { reason: 'It – “closed”' } },
];
const link = (happened: NewEvent[]) =>
  linkEvents(START, happened, { at: '2026-06-01T12:00:00.000Z', actor: 'steward:1' });
const LOG = link(HAPPENED);
const TEXTS = new Map(['one', 'two'].map((text) => [sha256(text), text]));

const verify = (log: readonly RegistryEvent[], texts: ReadonlyMap<string, string> = TEXTS) =>
  verifyRegistry(
    async (sequence) => log.filter((event) => event.sequence > sequence).slice(0, 3),
    async (hash) => texts.get(hash) ?? null,
  );
/** The log with one entry made another one. */
const changed = (index: number, change: object) =>
  LOG.map((event, at) => (at === index ? ({ ...event, ...change } as RegistryEvent) : event));

describe('verifying the registry', () => {
  it('finds nothing wrong with a log as it was written, also read from JSON in another order', async () => {
    const head = { sequence: 4, hash: LOG[3]?.hash };
    expect(await verify(LOG)).toEqual({ head, texts: 2, faults: [] });
    const again = LOG.map((event) => Object.fromEntries(Object.entries(event).reverse()));
    expect((await verify(again as unknown as RegistryEvent[])).faults).toEqual([]);
  });

  it.each([
    ['a payload', changed(1, { payload: { ...LOG[1]?.payload, url: 'https://else.example/' } }), 2],
    ['an actor', changed(2, { actor: 'steward:2' }), 3],
    ['a time', changed(0, { at: '2026-06-01T12:00:00.001Z' }), 1],
    ['a partner', changed(3, { partner: 'heron' }), 4],
  ])('finds %s that was changed', async (_what, log, entry) => {
    const { faults } = await verify(log);
    expect(faults[0]).toBe(`entry ${entry} is not what was written`);
  });

  it('finds an entry that was taken out, and one whose hash was made to fit', async () => {
    const shorter = LOG.filter(({ sequence }) => sequence !== 2);
    expect((await verify(shorter)).faults).toContain('entry 3 stands where 2 belongs');
    const forged = linkEvents(LOG[0] ?? START, [published(1, 'two')], {
      at: '2026-06-01T12:00:00.000Z',
      actor: 'steward:1',
    });
    const log = LOG.map((event) => (event.sequence === 2 ? (forged[0] ?? event) : event));
    expect((await verify(log)).faults).toContain(
      'entry 3 does not follow from the entry before it',
    );
  });

  it('finds texts that are missing or others', async () => {
    const { faults } = await verify(LOG, new Map([[sha256('one'), 'else']]));
    expect(faults).toEqual([
      `entry 2: its text ${sha256('one')} is another`,
      `entry 3: its text ${sha256('two')} is missing`,
    ]);
  });

  it('finds what cannot have happened', async () => {
    const { faults } = await verify(
      link([
        ...HAPPENED.slice(0, 2),
        published(3, 'two'),
        { kind: 'ROLLED_BACK', partner: 'willow-web', payload: { version: 7 } },
        { kind: 'RETIRED', partner: 'heron', payload: { reason: null } },
      ]),
    );
    expect(faults).toEqual([
      'entry 3: version 3 of willow-web is not its next',
      'entry 4: version 7 of willow-web was never in force',
      'entry 5: there is no partner heron',
    ]);
  });
});
