import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { PartnerFolder } from './folder';
import { DEVELOPMENT_KEYS } from './make-folder';

const KEYS = ['--keys', DEVELOPMENT_KEYS];
const LOCAL = '127.0.0.1';
const STARTS_MS = 20_000;
const STOPS_MS = 3000;
const MOST_WORDS = 10_000;

/** A partner's subgraph that runs on this machine. */
export interface PartnerProcess {
  readonly url: string;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** A port that nothing listens on at the moment. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, LOCAL);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
};

interface StartOptions {
  port?: number;
  /** Whose requests it answers; by default those that the folder's key signed. */
  access?: readonly string[];
  /** Told what it says; without, an error tells it. */
  onWords?: (words: string) => void;
}

/**
 * Runs the subgraph of a partner's folder until it says where it serves.
 * @throws Error if it ends before that.
 */
export const startPartner = async (
  { folder, start, port: usual }: PartnerFolder,
  { port = usual, access = KEYS, onWords }: StartOptions = {},
): Promise<PartnerProcess> => {
  const [program = '', ...args] = start;
  const given = [...access, '--port', String(port), '--host', LOCAL];
  const child = spawn(program, [...args, ...given], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // However this program ends, the other must not go on alone.
  const take = () => child.kill();
  process.once('exit', take);
  child.once('close', () => process.off('exit', take));
  let words = '';
  const hear = (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-MOST_WORDS);
    onWords?.(chunk.toString());
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), STOPS_MS);
    await ended;
    clearTimeout(insist);
  };

  let timer: NodeJS.Timeout | undefined;
  const serves = new Promise<'serves'>((resolve) => {
    child.stdout.on('data', () => words.includes(`:${port}/graphql`) && resolve('serves'));
  });
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('it does not say where it serves'), STARTS_MS);
  });
  const what = await Promise.race([serves, ended, late]);
  clearTimeout(timer);
  if (what === 'serves') return { url: `http://${LOCAL}:${port}/graphql`, ended, stop };
  await stop();
  throw new Error(
    `The subgraph in ${folder} does not start: ${what}${onWords ? '' : `\n${words}`}`,
  );
};
