import { boundsOf, endsIn, inShort, pageIn, type Transfer } from './world';

const pay = (from: string, to: string | null, amount: number, more: Partial<Transfer> = {}) => ({
  from,
  to,
  amount,
  ...more,
});
const trail = async (...args: Parameters<typeof endsIn>) => (await endsIn(...args)).map(inShort);

describe('a trail of money', () => {
  it('ends where the records show nothing further', async () => {
    expect(await trail([pay('D', 'A', 100)])).toEqual(['D > A RETAINED 100']);
  });

  it('says what a body kept as an end of its own, and is exact where one donor paid it all', async () => {
    expect(await trail([pay('D', 'A', 100), pay('A', 'B', 30)])).toEqual([
      'D > A RETAINED 70',
      'D > A > B RETAINED 30',
    ]);
  });

  it('attributes pro rata where a body’s income mixes', async () => {
    expect(await trail([pay('D', 'A', 100), pay('E', 'A', 300), pay('A', 'B', 200)])).toEqual([
      'D > A > B RETAINED ~50',
      'D > A RETAINED ~50',
    ]);
  });

  it('prefers the activity that the money came in for', async () => {
    const world = [
      pay('D', 'A', 100, { into: 'A-1' }),
      pay('E', 'A', 300, { into: 'A-2' }),
      pay('A', 'B', 60, { out: 'A-1' }),
      pay('A', 'C', 200, { out: 'A-2' }),
    ];
    const ends = await endsIn(world);
    expect(ends.map(inShort)).toEqual(['D > A > B RETAINED 60', 'D > A RETAINED 40']);
    expect(ends[0]?.way.map(({ basis }) => basis)).toEqual(['RECORDED', 'ACTIVITY_LINK']);
  });

  it('takes payments out of a part of the activity for payments out of it', async () => {
    const world = [
      pay('D', 'A', 100, { into: 'A-1' }),
      pay('E', 'A', 100, { into: 'A-2' }),
      pay('A', 'B', 60, { out: 'A-1-1' }),
    ];
    expect(await trail(world, boundsOf(), new Map([['A-1-1', ['A-1']]]))).toEqual([
      'D > A > B RETAINED 60',
      'D > A RETAINED 40',
    ]);
    expect(await trail(world)).toEqual(['D > A RETAINED ~70', 'D > A > B RETAINED ~30']);
  });

  it('ends where it comes back, and says how much circulates', async () => {
    expect(await trail([pay('D', 'A', 100), pay('A', 'B', 50), pay('B', 'A', 50)])).toEqual([
      'D > A RETAINED ~67',
      'D > A > B > A CYCLE ~33',
    ]);
    expect(await trail([pay('D', 'A', 100), pay('A', 'D', 40)])).toEqual([
      'D > A RETAINED 60',
      'D > A > D CYCLE 40',
    ]);
  });

  it('shows unknown receivers as rows of their own', async () => {
    expect(await trail([pay('D', null, 10), pay('D', 'A', 90), pay('A', null, 20)])).toEqual([
      'D > A RETAINED 70',
      'D > A > ? UNKNOWN_RECEIVER 20',
      'D > ? UNKNOWN_RECEIVER 10',
    ]);
  });

  it('ends at the bound, apart from what the last body kept', async () => {
    const world = [pay('D', 'A', 100), pay('A', 'B', 80), pay('B', 'C', 50)];
    expect(await trail(world, boundsOf({ maxHops: 1 }))).toEqual([
      'D > A > B MAX_HOPS 50',
      'D > A > B RETAINED 30',
      'D > A RETAINED 20',
    ]);
    expect(await trail(world, boundsOf({ maxHops: 0 }))).toEqual([
      'D > A MAX_HOPS 80',
      'D > A RETAINED 20',
    ]);
  });

  it('keeps nothing at a body that paid more than it got on record', async () => {
    expect(await trail([pay('D', 'A', 100), pay('A', 'B', 300), pay('A', 'C', 100)])).toEqual([
      'D > A > B RETAINED ~75',
      'D > A > C RETAINED ~25',
    ]);
  });

  it('carries no more of a donor’s money than was paid where another’s was paid back', async () => {
    expect(await trail([pay('D', 'A', 200), pay('C', 'A', -100), pay('A', 'B', 100)])).toEqual([
      'D > A > B RETAINED ~100',
      'D > A RETAINED ~100',
    ]);
  });

  it('takes corrections off the payments between the same two, and shows what outweighs them', async () => {
    expect(
      await trail([pay('D', 'A', 100), pay('D', 'A', -30), pay('D', 'B', -20), pay('A', 'C', -5)]),
    ).toEqual(['D > A RETAINED 70', 'D > B REPAID -20']);
  });

  it('asks for one receiver only', async () => {
    const world = [pay('D', 'A', 100), pay('A', 'B', 80), pay('D', 'B', 7), pay('B', 'C', 50)];
    expect(await trail(world, boundsOf({ to: 'B' }))).toEqual([
      'D > A > B REACHED 80',
      'D > B REACHED 7',
    ]);
  });

  it('looks at no more of the graph than a page needs', async () => {
    const world = Array.from({ length: 50 }, (_, place) => [
      pay('D', `A${place}`, 100 - place),
      pay(`A${place}`, `B${place}`, 10),
    ]).flat();
    const { ends, hasNext, asked } = await pageIn(world, 3, undefined);
    expect(ends.map(inShort)).toEqual([
      'D > A0 RETAINED 90',
      'D > A0 > B0 RETAINED 10',
      'D > A1 RETAINED 89',
    ]);
    expect(hasNext).toBe(true);
    expect(asked).toEqual([
      ['A0', 'A1', 'A2', 'A3'],
      ['B0', 'B1'],
    ]);
  });
});
