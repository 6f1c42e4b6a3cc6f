#!/usr/bin/env node
/** The command `peacegraph`: runs the TypeScript sources as they are. */
if (process.argv[2] === 'import') require('./lean.js');
process.env.TS_NODE_PROJECT = require('node:path').join(__dirname, '..', 'tsconfig.json');
require('@swc-node/register');
require('./cli.ts');
