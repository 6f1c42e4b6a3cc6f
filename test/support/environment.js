require('reflect-metadata');
const asyncHooks = require('node:async_hooks');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const describeGlobals = () =>
  new Map(
    Reflect.ownKeys(globalThis).map((key) => [
      key,
      Object.getOwnPropertyDescriptor(globalThis, key),
    ]),
  );

/** What follows calls for as long as it is on, at a cost to every promise. */
const storages = new Set();
asyncHooks.AsyncLocalStorage = class extends asyncHooks.AsyncLocalStorage {
  constructor(...given) {
    super(...given);
    storages.add(this);
  }
};

/**
 * Where jest runs a file of tests: among the globals of its own process, in place of a context made for
 * the file. So packages can be shared by all files of a worker (runtime.js), globals are as fast to read
 * as in the program, and what a package makes is of the same classes as what a test makes. What a file
 * leaves among the globals is taken away after it.
 */
module.exports = class {
  fakeTimers = null;
  before = describeGlobals();

  constructor({ projectConfig }) {
    this.exit = process.exit;
    this.global = Object.assign(globalThis, projectConfig.globals);
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    process.exit = this.exit;
    // Those of packages go on again when they are next used.
    for (const storage of storages) storage.disable();
    storages.clear();
    for (const [key, { configurable, value }] of describeGlobals()) {
      const was = this.before.get(key);
      if (!configurable) continue;
      if (!was) delete globalThis[key];
      else if ('value' in was && was.value !== value) Object.defineProperty(globalThis, key, was);
    }
    this.global = null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return globalThis;
  }
};
