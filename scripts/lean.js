/**
 * For programs that stream a large file: what is alive at any time is small, so V8 need not let the
 * heap grow around it. It must be told before anything else; for small files it would cost more than
 * it saves.
 */
const { setFlagsFromString } = require('node:v8');
setFlagsFromString('--heap-growing-percent=10');
setFlagsFromString('--max-semi-space-size=8');
