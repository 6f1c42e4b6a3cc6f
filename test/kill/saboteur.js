/**
 * Loaded before a program by `node -r`: makes its n-th write to a database go wrong. `SABOTAGE_AT` is n,
 * from 1; `SABOTAGE_BY` is `kill` (the process ends as by a power cut, before the write), or the name of
 * an SQLite error that the write fails with, as it and all later ones then do. `SABOTAGE_LOG` names a
 * file that gets one line per write. `SABOTAGE_PAGES` (`funding.sqlite:60`) limits the size of a database,
 * which SQLite then finds to be full.
 */
const { appendFileSync } = require('node:fs');
const path = require('node:path');
const { Database } = require('sqlite3');

const WRITES =
  /^\s*(insert|update|delete|create|drop|alter|begin|commit|vacuum|savepoint|release)\b/i;
const at = Number(process.env.SABOTAGE_AT ?? 0);
const by = process.env.SABOTAGE_BY ?? 'kill';
const log = process.env.SABOTAGE_LOG;
const [limited, pages] = (process.env.SABOTAGE_PAGES ?? '').split(':');
let writes = 0;

for (const method of ['all', 'run', 'exec', 'get', 'each']) {
  const original = Database.prototype[method];
  Database.prototype[method] = function (given, ...rest) {
    const isSetUp = /^pragma busy_timeout/.test(given) && path.basename(this.filename) === limited;
    const sql = isSetUp ? `${given}; pragma max_page_count = ${pages}` : given;
    if (!WRITES.test(sql)) return original.call(this, sql, ...rest);
    writes += 1;
    if (log)
      appendFileSync(log, `${path.basename(this.filename)} ${sql.slice(0, 60).split('\n')[0]}\n`);
    const isHit = at > 0 && (by === 'kill' ? writes === at : writes >= at && !/^begin/i.test(sql));
    if (!isHit) return original.call(this, sql, ...rest);
    if (by === 'kill') process.kill(process.pid, 'SIGKILL');
    const error = Object.assign(new Error(`${by}: made to fail`), { code: by, errno: 13 });
    const answer = () => rest.at(-1).call({ changes: 0, lastID: 0 }, error);
    // What SQLite does when it cannot write: it undoes the transaction by itself.
    original.call(this, 'rollback', answer);
    return this;
  };
}
