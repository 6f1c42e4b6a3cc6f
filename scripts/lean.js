/**
 * For programs that stream much through little: what is alive at any time is small, so the heap need
 * not grow around it, and two threads are enough for one database and one file. To be required first.
 */
require('node:v8').setFlagsFromString('--heap-growing-percent=30');
process.env.UV_THREADPOOL_SIZE ??= '2';
