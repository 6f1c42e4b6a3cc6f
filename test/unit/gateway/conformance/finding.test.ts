import { finding, shown } from '../../../../gateway/registry/conformance/bench';

describe('a finding', () => {
  it('shows the words of others, and nothing that hides or turns words', () => {
    const { message } = finding('X', `It says ${shown('\u202egnp\u0000\u001b[2J')}.`, 'Do not.');
    expect(message).toBe('It says "\\u202egnp\\u0000\\u001b[2J".');
  });

  it('is of bounded length', () => {
    expect(shown('x'.repeat(1000))).toHaveLength(80);
    expect(finding('X', 'x'.repeat(10_000), 'y').message).toHaveLength(500);
  });
});
