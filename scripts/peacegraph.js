#!/usr/bin/env node
/** The command `peacegraph`: runs the TypeScript sources as they are. */
const { statSync } = require('node:fs');

const LARGE = 32e6;
const mayBeLarge = (place) => {
  const found = statSync(place, { throwIfNoEntry: false });
  return found ? found.isDirectory() || found.size > LARGE : /^https?:/.test(place);
};

if (process.argv[2] === 'import') {
  // One file is read and one database written at a time; each further thread holds memory of its own.
  process.env.UV_THREADPOOL_SIZE ??= '2';
  if (process.argv.slice(4).some(mayBeLarge)) require('./lean.js');
}

require('./register.js');
require('./cli.ts');
