import { purposeOf, withConvening } from '../../../subgraphs/funding';

const aid = (code: string) => purposeOf([{ vocabulary: '1', code }]);

describe('the purpose of money whose title is about a convening', () => {
  it.each([
    'Regional dialogues on peace',
    'Diálogo entre comunidades',
    'A round table of mediators',
    'Conférence annuelle',
    'Peace Exchange of women’s networks',
  ])('is convening by rule: %s', (title) => {
    for (const code of ['C01', 'D02'])
      expect(withConvening(aid(code), [null, title])).toEqual({ kind: 'CONVENING', basis: 'RULE' });
  });

  it('stays core where it is declared as core', () => {
    expect(withConvening(aid('B01'), ['Dialogue'])).toEqual({ kind: 'CORE', basis: 'DECLARED' });
  });

  it.each(['Exchange rates', 'Conferencing equipment', 'Dialogued', ''])(
    'is not moved by other words: %s',
    (title) => {
      expect(withConvening(aid('C01'), [title])).toEqual({ kind: 'PROJECT', basis: 'DECLARED' });
    },
  );
});
