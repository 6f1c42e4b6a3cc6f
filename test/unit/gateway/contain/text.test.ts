import fc from 'fast-check';
import { cleanText } from '../../../../gateway/supergraph/contain/text';

describe('a text of a partner', () => {
  it.each([
    ['what is plain', 'Wells & books\n\t2024', 'Wells & books\n\t2024'],
    ['other scripts, and marks of direction that they need', 'سلام\u200f، мир', 'سلام\u200f، мир'],
    ['emoji of several characters', '👩‍🌾', '👩‍🌾'],
    ['composed letters', 'Me\u0301decins', 'M\u00e9decins'],
  ])('keeps %s', (_what, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['escape sequences', 'a\u001bb'],
    ['carriage returns', 'a\rb'],
    ['C1 controls', 'a\u009bb'],
    ['overrides of direction', 'a\u202eb'],
    ['isolates of direction', 'a\u2066\u2069b'],
    ['a mark of byte order', '\ufeffab'],
    ['a lone half of a character', 'a\ud800b'],
    ['another half', 'a\udfffb'],
  ])('loses %s', (_what, text) => {
    expect(cleanText(text)).toBe('ab');
  });

  it('is well-formed and the same when it is cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(Buffer.from(clean).toString()).toBe(clean);
      }),
    );
  });

  it('stacks no more marks than any language, in linear time', () => {
    const began = process.cpuUsage().user;
    expect(cleanText(`o${'\u0334\u0301'.repeat(200_000)}`).length).toBeLessThan(40);
    expect(process.cpuUsage().user - began).toBeLessThan(300_000);
  });
});
