import { createLedger, pathName } from '../../../gateway/sources';

describe('what sources did', () => {
  it('is told by source: the worst of it, where, and since when', () => {
    const ledger = createLedger();
    ledger.note('willow', 'ok');
    ledger.note('willow', 'timeout', ['a.b', 'internal']);
    ledger.note('willow', 'stale', ['a.c'], Date.UTC(2026, 0, 2));
    ledger.note('willow', 'stale', ['a.c'], Date.UTC(2026, 0, 1));
    ledger.note('ours', 'ok');
    expect(ledger.sources((path) => path !== 'internal')).toEqual({
      complete: false,
      asked: [
        { name: 'ours', status: 'ok', paths: [], asOf: null },
        {
          name: 'willow',
          status: 'timeout',
          paths: ['a.b', 'a.c'],
          asOf: '2026-01-01T00:00:00.000Z',
        },
      ],
    });
  });

  it('is complete where nobody failed, and names no more paths than are read', () => {
    const ledger = createLedger();
    expect(ledger.sources(() => true)).toEqual({ complete: true, asked: [] });
    ledger.note(
      'w',
      'invalid',
      Array.from({ length: 900 }, (_one, at) => `p${at}`),
    );
    expect(ledger.sources(() => true).asked[0]?.paths).toHaveLength(50);
  });

  it('groups fields that came together, and leaves out what nobody asked for', () => {
    const ledger = createLedger();
    const entry = { source: 'w', version: 2, licence: 'CC0-1.0', asOf: 'then', cached: false };
    ledger.fetched({ ...entry, paths: ['a.b', 'a.id'] });
    ledger.fetched({ ...entry, paths: ['a.c'] });
    ledger.fetched({ ...entry, cached: true, paths: ['a.id'] });
    expect(ledger.provenance((path) => path !== 'a.id')).toEqual([
      { ...entry, paths: ['a.b', 'a.c'] },
    ]);
  });

  it('is named without positions in lists', () => {
    expect(pathName(['a', '@', '_entities', 3, 'b', 0, 'c'])).toBe('a.b.c');
  });
});
