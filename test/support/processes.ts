import { type Config, readConfig } from '../../gateway/config';
import { type Installation, startDistributed } from '../../scripts/distributed/supervisor';
import type { PieceState } from '../../scripts/distributed/piece';
import type { SigningKey } from '../../subgraphs/shared/http/keys';

interface Change {
  name: string;
  state: PieceState;
}

/** The gateway and each subgraph as a process over databases, all of them up. */
export const openProcesses = async (
  place: { DATA_DIR: string; DATABASE_URL: string } & Record<string, string>,
  key: SigningKey | null = null,
) => {
  const env = { PATH: process.env.PATH, ...place, LOG_LEVEL: 'silent', PORT: '0' };
  const config: Config = readConfig(env);
  const waiting = new Set<{ change: Change; resolve: () => void }>();
  /** Resolves when a piece comes to a state the next time. */
  const next = (name: string, state: PieceState): Promise<void> =>
    new Promise((resolve) => waiting.add({ change: { name, state }, resolve }));

  const pieces = ['organisations', 'networks', 'funding', 'policy', 'gateway'];
  const up = Promise.all(pieces.map((name) => next(name, 'up')));
  const installation: Installation = await startDistributed(config, env, key, (name, state) => {
    for (const one of waiting) {
      if (one.change.name !== name || one.change.state !== state) continue;
      waiting.delete(one);
      one.resolve();
    }
  });
  await up;
  const piece = (name: string) => {
    const found = installation.pieces.find((one) => one.name === name);
    if (!found) throw new Error(`There is no piece ${name}.`);
    return found;
  };
  return {
    address: installation.address,
    subgraphs: installation.subgraphs,
    next,
    /** Ends a piece as a crash would. */
    kill: (name: string) => process.kill(piece(name).pid() ?? 0, 'SIGKILL'),
    close: () => installation.stop(),
  };
};
