/**
 * Lets Node.js run the TypeScript sources as they are: each file is compiled when it is first required,
 * and what came of it is kept until the file changes.
 */
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { addHook } = require('pirates');
const options = require('./swc-options.js');

const ROOT = path.join(__dirname, '..');
const KEPT = path.join(ROOT, 'node_modules', '.cache', 'peacegraph');
const COMPILER = `${require('@swc/core/package.json').version} ${JSON.stringify(options)}`;

/** Whole or not at all, since several processes may start at once; a folder of others' is left alone. */
const keep = (file, text) => {
  try {
    fs.mkdirSync(KEPT, { recursive: true });
    fs.writeFileSync(`${file}.${process.pid}`, text);
    fs.renameSync(`${file}.${process.pid}`, file);
  } catch {
    // It is compiled again the next time.
  }
};

const readKept = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const compile = (code, filename) => {
  const head = `// ${createHash('sha256').update(COMPILER).update(filename).update(code).digest('hex')}`;
  const file = path.join(KEPT, `${path.relative(ROOT, filename).replaceAll(path.sep, '+')}.js`);
  const kept = readKept(file);
  if (kept.startsWith(head)) return kept.slice(head.length + 1);
  const compiled = require('@swc/core').transformSync(code, { ...options, filename }).code;
  keep(file, `${head}\n${compiled}`);
  return compiled;
};

process.setSourceMapsEnabled(true);
addHook(compile, { exts: ['.ts'], ignoreNodeModules: true });
