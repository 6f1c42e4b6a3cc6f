/**
 * Loaded before a program by `node -r`: ends the process before its n-th write to PostgreSQL, as a power
 * cut would. `SABOTAGE_AT` is n, from 1; `SABOTAGE_LOG` names a file that gets one line per write.
 */
const { appendFileSync } = require('node:fs');
const { Client } = require('pg');

const WRITES = /^\s*(insert|update|delete|copy|begin|commit)\b/i;
const at = Number(process.env.SABOTAGE_AT ?? 0);
const log = process.env.SABOTAGE_LOG;
let writes = 0;

const original = Client.prototype.query;
Client.prototype.query = function (query, ...rest) {
  const sql = typeof query === 'string' ? query : query.text;
  if (WRITES.test(sql)) {
    writes += 1;
    if (log) appendFileSync(log, `postgres ${sql.slice(0, 60).split('\n')[0]}\n`);
    if (writes === at) process.kill(process.pid, 'SIGKILL');
  }
  return original.call(this, query, ...rest);
};
