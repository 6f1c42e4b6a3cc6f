/** Runs scripts of package.json at once, each with what it says when it ends; fails if one of them fails. */
const { spawn } = require('node:child_process');

const run = (name) =>
  new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', name], { shell: process.platform === 'win32' });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes) => (said += bytes.toString()));
    child.on('close', (code) => {
      process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'}: ${name}\n${said}`);
      resolve(code === 0);
    });
  });

Promise.all(process.argv.slice(2).map(run)).then((passed) => {
  process.exitCode = passed.every(Boolean) ? 0 : 1;
});
