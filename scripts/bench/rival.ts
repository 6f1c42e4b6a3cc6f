import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The versions measured, so that figures of two days can be compared. */
const PACKAGES = [
  '@graphql-hive/gateway@2.15.1',
  '@graphql-hive/router-runtime@1.4.23',
  'graphql@16.15.0',
];
const INSTALL_MS = 300_000;

/**
 * Installs @graphql-hive/gateway into a folder of its own.
 * @returns null, or why it cannot be had.
 */
export const installRival = async (folder: string): Promise<string | null> => {
  await writeFile(path.join(folder, 'package.json'), '{"name":"rival","private":true}');
  try {
    const args = ['install', '--no-audit', '--no-fund', '--no-save', ...PACKAGES];
    await run('npm', args, { cwd: folder, timeout: INSTALL_MS });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 500) : String(error);
  }
};

/** Starts it over a supergraph whose addresses are real. */
export const startRival = async (
  folder: string,
  supergraphSdl: string,
  port: number,
  rust: boolean,
): Promise<ChildProcess> => {
  await writeFile(path.join(folder, 'supergraph.graphql'), supergraphSdl);
  const program = path.join(folder, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
  const args = ['supergraph', 'supergraph.graphql', '--host', '127.0.0.1', '--port', String(port)];
  return spawn(process.execPath, [program, ...args, ...(rust ? ['--hive-router-runtime'] : [])], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn' },
  });
};
