import { namingOf } from '../../../scripts/partner/naming';

describe('a partner’s name', () => {
  it('leads to a prefix and a namespace', () => {
    expect(namingOf('willow-web')).toEqual({
      name: 'willow-web',
      prefix: 'willowWeb',
      namespace: 'WillowWeb',
    });
    expect(namingOf('a1-2b').namespace).toBe('A12b');
  });

  it.each([
    ['Willow', /small letters/],
    ['willow_web', /small letters/],
    ['-willow', /small letters/],
    ['willow--web', /small letters/],
    ['1willow', /small letters/],
    ['../willow', /small letters/],
    ['', /small letters/],
    ['w', /2 to 30/],
    ['w'.repeat(31), /2 to 30/],
    ['funding', /of the graph’s own/],
  ])('is refused with its reason: %j', (name, reason) => {
    expect(() => namingOf(name)).toThrow(reason);
  });
});
