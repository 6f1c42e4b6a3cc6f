import {
  faultOfReport,
  faultOfReporters,
  isOwn,
  withinBounds,
} from '../../../scripts/import/bounds';
import { Authority } from '../../../subgraphs/organisations';
import { Visibility } from '../../../subgraphs/shared/viewer';

const bounds = { publishers: ['PG-Willow', '360G-web'] };

describe('the bounds of a partner', () => {
  it.each([
    ['PG-WILLOW', true],
    ['pg-willow', true],
    ['PG-WILLOW-1', false],
    ['', false],
    [null, false],
  ])('hold that %j is its own: %j', (identifier, own) => {
    expect(isOwn(bounds, identifier)).toBe(own);
    expect(faultOfReporters(bounds, [identifier]) === null).toBe(own);
  });

  it.each([
    ['PG-WILLOW-1', true],
    ['pg-willow/a', true],
    ['360G-WEB:2', true],
    ['PG-WILLOW', false],
    ['PG-WILLOWS-1', false],
    ['PG-OAK-1', false],
    ['', false],
    [null, false],
  ])('hold that it may report %j: %j', (identifier, within) => {
    expect(faultOfReport(bounds, ['PG-WILLOW'], identifier) === null).toBe(within);
    expect(faultOfReport(bounds, ['PG-WILLOW', 'PG-OAK'], identifier)).toContain('PG-OAK');
    expect(faultOfReport(bounds, [], identifier)).toContain('nobody');
  });

  it('hold nothing for its own where there is nobody for whom it speaks', () => {
    expect(faultOfReport({ publishers: [] }, ['PG-WILLOW'], 'PG-WILLOW-1')).not.toBeNull();
  });

  it('let it say all of its own bodies, and of others what joins nothing and is believed last', () => {
    const said = {
      recordId: 'r',
      visibility: Visibility.PUBLIC,
      licence: null,
      name: 'A body',
      ...{ kind: 'NETWORK', legalForm: 'UNKNOWN', authority: Authority.OWN_WORDS },
    };
    const identifiers = ['pg-willow', '360G-web', 'PG-OAK'];
    expect(withinBounds(bounds, { ...said, key: 'PG-WILLOW', identifiers })).toMatchObject({
      identifiers: ['pg-willow', '360G-web'],
      authority: Authority.OWN_WORDS,
    });
    expect(withinBounds(bounds, { ...said, key: 'PG-OAK', identifiers })).toMatchObject({
      identifiers: ['PG-OAK'],
      authority: Authority.BESIDE,
    });
    expect(withinBounds(bounds, { ...said, key: 'XI-1' }).identifiers).toEqual([]);
  });
});
