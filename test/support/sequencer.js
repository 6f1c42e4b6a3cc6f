const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take far longer than their size tells, in milliseconds. */
const LONG = [
  ['gateway/visibility.test.ts', 100_000],
  ['test/kill/', 50_000],
  ['gateway/cost.test.ts', 25_000],
  ['test/e2e/', 20_000],
  ['installation/hash.test.ts', 15_000],
];

/**
 * Long files first, in a fresh clone too, where jest knows no times: else one of the workers would end
 * with the longest of them while the others have nothing to do.
 */
module.exports = class extends Sequencer {
  time(test) {
    const [, assumed] = LONG.find(([part]) => test.path.includes(part)) ?? [];
    return super.time(test) ?? assumed ?? test.context.hasteFS.getSize(test.path) / 4;
  }
};
