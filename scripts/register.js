/** Lets Node.js run the TypeScript sources as they are: each file is compiled when it is first required. */
const { transformSync } = require('@swc/core');
const { addHook } = require('pirates');
const options = require('./swc-options.js');

process.setSourceMapsEnabled(true);
addHook((code, filename) => transformSync(code, { ...options, filename }).code, {
  exts: ['.ts'],
  ignoreNodeModules: true,
});
