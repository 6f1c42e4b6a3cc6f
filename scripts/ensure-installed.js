/**
 * Makes node_modules match package-lock.json, and only then: a stamp holds the hash of the lock that
 * was installed. Two commands may start at once, so the second waits for the first.
 */
const { createHash } = require('node:crypto');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const stamp = path.join(root, 'node_modules', '.peacegraph-lock');
const busy = path.join(root, '.installing');
const wanted = createHash('sha256')
  .update(fs.readFileSync(path.join(root, 'package-lock.json')))
  .update(process.versions.modules)
  .digest('hex');

const installed = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted;
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** True if this process now holds the lock; a lock of a process that is gone is taken over. */
const take = () => {
  try {
    fs.writeFileSync(busy, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    try {
      process.kill(Number(fs.readFileSync(busy, 'utf8')), 0);
    } catch (error) {
      if (error.code === 'ESRCH') fs.rmSync(busy, { force: true });
    }
    return false;
  }
};

while (!installed()) {
  if (!take()) {
    pause(500);
    continue;
  }
  try {
    if (installed()) break;
    console.error(
      'Installing the packages that package-lock.json names; the first time takes a minute or two.',
    );
    const done = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (done.status !== 0) process.exit(done.status || 1);
    fs.writeFileSync(stamp, wanted);
  } finally {
    fs.rmSync(busy, { force: true });
  }
}
