import { type Appearance, visibilityOf } from '../../../subgraphs/policy/visibility/presences';

const appearance = (body: string, more: Partial<Appearance> = {}): Appearance => ({
  body,
  isNetwork: false,
  forNetwork: null,
  memberOf: [],
  named: null,
  ...more,
});
const network = (body: string, named: boolean | null, memberOf: string[] = []) =>
  appearance(body, { isNetwork: true, named, memberOf });
const see = (...all: Appearance[]) => visibilityOf('P', all, []);

describe('whether a network is seen', () => {
  it('is named in its own right if its papers name it once', () => {
    expect(see(network('N', false), network('N', true)).presences).toMatchObject([
      { presence: 'NAMED_IN_OWN_RIGHT', own: 2, named: 1, visibility: { count: 1, of: 2 } },
    ]);
  });

  it('leaves what nobody knows out of the share, and counts it', () => {
    expect(see(network('N', null), appearance('A', { memberOf: ['N'] }))).toMatchObject({
      namingUnknown: 1,
      visibility: { count: 0, of: 1, share: 0 },
      presences: [{ presence: 'NOT_NAMED', namingUnknown: 1, visibility: { count: 0, of: 1 } }],
    });
    expect(see(network('N', null)).visibility.share).toBeNull();
  });

  it('is there through a body that speaks for it, member or not', () => {
    expect(see(appearance('A', { forNetwork: 'N' })).presences).toMatchObject([
      { networkId: 'N', presence: 'THROUGH_MEMBERS_ONLY', membersForIt: 1, membersOtherwise: 0 },
    ]);
  });

  it('counts a member once for each of its networks, and once in all', () => {
    const { presences, visibility } = see(appearance('A', { memberOf: ['M', 'N'] }));
    expect(presences.map(({ members }) => members)).toEqual([1, 1]);
    expect(visibility).toMatchObject({ count: 0, of: 1 });
  });

  it('sees a network that is a member of another as both', () => {
    expect(see(network('N', true, ['UP']))).toMatchObject({
      named: 1,
      throughMembersOnly: 1,
      visibility: { count: 1, of: 1 },
    });
  });

  it('leaves bodies without a network beside', () => {
    expect(see(appearance('A', { named: true }), network('N', true))).toMatchObject({
      appearances: 2,
      withoutNetwork: 1,
      visibility: { count: 1, of: 1 },
    });
  });

  it('tells of those asked for even if they are absent', () => {
    expect(visibilityOf('P', [], ['N']).presences).toMatchObject([
      { networkId: 'N', presence: 'ABSENT', visibility: { count: 0, of: 0, share: null } },
    ]);
  });
});
