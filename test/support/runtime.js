const { createRequire, isBuiltin } = require('node:module');
const vm = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const { compileFunction } = vm;
/** As jest calls it, with the process's own globals for a context: see environment.js. */
vm.compileFunction = (code, names, { parsingContext, ...options }) =>
  compileFunction(
    code,
    names,
    parsingContext === globalThis ? options : { ...options, parsingContext },
  );

const isPackage = (name) => !/^[./]|^@jest\//.test(name) && !isBuiltin(name);

/**
 * How jest loads modules: ours anew for each file of tests, packages once for all files of a worker, by
 * Node.js itself. To load and to warm up GraphQL's, Apollo's and knex's took each file longer than most
 * of its tests. A package can therefore not be mocked by `jest.mock`.
 */
class SharedPackages extends Runtime {
  requireModuleOrMock(from, name) {
    return isPackage(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
}

module.exports = { __esModule: true, default: SharedPackages };
