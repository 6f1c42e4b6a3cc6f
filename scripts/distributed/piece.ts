import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const FIRST_WAIT_MS = 100;
/** Short enough for a piece to be back within five seconds of the cause's end. */
const LONGEST_WAIT_MS = 2000;
/** A piece that ran so long did start well; the next wait is short again. */
const STEADY_MS = 10_000;
const GRACE_MS = 10_000;

export type PieceState = 'starting' | 'up' | 'down' | 'stopped';

/** How a piece is run. */
export interface PieceTask {
  name: string;
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** A process that is kept running. */
export interface Piece {
  readonly name: string;
  state(): PieceState;
  pid(): number | undefined;
  /** Ends it for good: asks, and after ten seconds insists. */
  stop(): Promise<void>;
}

/**
 * Runs a program, and again whenever it ends, after a wait that grows while it keeps failing.
 * @param onChange told of each change, with the address once it serves.
 */
export const keepRunning = (
  { name, program, args, env }: PieceTask,
  onChange: (name: string, state: PieceState, about: string) => void,
): Piece => {
  let child: ChildProcess;
  let state: PieceState = 'starting';
  let wait = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  const change = (to: PieceState, about = '') => {
    state = to;
    onChange(name, to, about);
  };
  const begin = () => {
    const began = Date.now();
    child = spawn(process.execPath, [program, ...args], {
      env,
      // An interrupt at the terminal is ours to pass on, in order.
      detached: true,
      // The channel tells us that it serves, and tells it when we are gone.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (message) => {
      const { address } = message as { address?: unknown };
      change('up', `${String(address)} (process ${child.pid})`);
    });
    const ended = (how: string) => {
      if (stopping) return change('stopped');
      if (Date.now() - began > STEADY_MS) wait = FIRST_WAIT_MS;
      change('down', `${how}; started again in ${wait} ms`);
      timer = setTimeout(begin, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
    child.once('exit', (code, signal) => ended(`ended with ${signal ?? code}`));
    child.on('error', ({ message }) => {
      // A process that never was does not exit.
      if (child.pid === undefined) ended(message);
    });
  };
  begin();

  return {
    name,
    state: () => state,
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      const { pid, exitCode, signalCode } = child;
      if (pid === undefined || exitCode !== null || signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(insist);
    },
  };
};
