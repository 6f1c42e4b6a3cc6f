import { overlapOf, type Said } from '../../../subgraphs/policy/submission/overlap';
import { Stance } from '../../../subgraphs/policy/submission/submission';
import { Constituency } from '../../../subgraphs/shared/vocabulary';

const said = (body: string, constituencies: string[], themes: Record<string, Stance>): Said => ({
  body,
  constituencies,
  themes: Object.entries(themes).map(([theme, stance]) => ({ theme, stance })),
});
const compare = (...all: Said[]) => overlapOf(all, Constituency.WOMEN, Constituency.YOUTH);

describe('what two constituencies raise', () => {
  it('overlaps by the themes of both, out of those of either', () => {
    const found = compare(
      said('A', ['WOMEN'], { land: Stance.RAISES, seats: Stance.SUPPORTS }),
      said('B', ['YOUTH'], { land: Stance.SUPPORTS, jobs: Stance.RAISES }),
    );
    expect(found).toMatchObject({
      shared: ['land'],
      opposed: [],
      overlap: { count: 1, of: 3 },
      one: { alone: ['seats'] },
      other: { alone: ['jobs'] },
    });
  });

  it('is opposed where one asks for what the other speaks against, from either side', () => {
    const found = compare(
      said('A', ['WOMEN'], { curfew: Stance.OPPOSES, land: Stance.OPPOSES }),
      said('B', ['YOUTH'], { curfew: Stance.SUPPORTS, land: Stance.RAISES }),
    );
    expect(found.opposed).toEqual(['curfew']);
  });

  it('is the same from the other side', () => {
    const all = [
      said('A', ['WOMEN'], { curfew: Stance.OPPOSES, land: Stance.RAISES }),
      said('B', ['YOUTH'], { curfew: Stance.SUPPORTS }),
    ];
    const there = overlapOf(all, Constituency.YOUTH, Constituency.WOMEN);
    const here = compare(...all);
    expect([there.shared, there.opposed, there.overlap]).toEqual([
      here.shared,
      here.opposed,
      here.overlap,
    ]);
    expect([there.one, there.other]).toEqual([here.other, here.one]);
  });

  it('has no share where neither raised anything, and 1 where one body speaks for both', () => {
    expect(compare().overlap.share).toBeNull();
    expect(compare(said('A', ['WOMEN', 'YOUTH'], { land: Stance.RAISES }))).toMatchObject({
      bodiesInBoth: 1,
      overlap: { share: 1 },
    });
  });

  it('counts what it leaves out', () => {
    expect(compare(said('A', ['WOMEN'], {}), said('B', [], { land: Stance.RAISES }))).toMatchObject(
      { withoutThemes: 1, withoutConstituency: 1, overlap: { of: 0 } },
    );
  });
});
