import { createServer } from 'node:net';
import path from 'node:path';
import { type Config, SUBGRAPH_NAMES } from '../../gateway/config';
import {
  createSigningKey,
  publicText,
  secretText,
  type SigningKey,
} from '../../subgraphs/shared/http/keys';
import { keepRunning, type Piece, type PieceState } from './piece';

const PROGRAM = path.join(__dirname, '..', 'peacegraph.js');
const LOCAL = '127.0.0.1';
const KEY_VARIABLES = [
  'GATEWAY_SIGNING_KEY',
  'GATEWAY_SIGNING_KEY_FILE',
  'GATEWAY_PUBLIC_KEYS',
  'GATEWAY_PUBLIC_KEYS_FILE',
] as const;

/** A port that nothing listens on at the moment. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LOCAL, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** The gateway and its subgraphs, each a process that is kept running. */
export interface Installation {
  /** Where the gateway answers. */
  readonly address: string;
  readonly pieces: readonly Piece[];
  stop(): Promise<void>;
}

/**
 * Starts the gateway and each subgraph as a process of its own. Their databases have to be there.
 * @param key with which the gateway signs; a new one, for as long as they run, unless it is given.
 * @param onChange told of each piece's changes.
 */
export const startDistributed = async (
  { http }: Pick<Config, 'http'>,
  env: NodeJS.ProcessEnv,
  key: SigningKey | null,
  onChange: (name: string, state: PieceState, about: string) => void,
): Promise<Installation> => {
  const signing = key ?? createSigningKey();
  const common = Object.fromEntries(
    Object.entries(env).filter(([name]) => !KEY_VARIABLES.some((secret) => secret === name)),
  );
  const port = http.port === 0 ? await freePort() : http.port;
  const subgraphs: { name: string; port: number }[] = [];
  for (const [place, name] of SUBGRAPH_NAMES.entries())
    subgraphs.push({ name, port: http.port === 0 ? await freePort() : port + 1 + place });

  const pieces = subgraphs.map((subgraph) =>
    keepRunning(
      {
        name: subgraph.name,
        program: PROGRAM,
        args: ['subgraph', subgraph.name],
        env: {
          ...common,
          SUBGRAPHS: '',
          PORT: String(subgraph.port),
          // Only the gateway talks to them.
          HOST: LOCAL,
          GATEWAY_PUBLIC_KEYS: publicText(signing),
        },
      },
      onChange,
    ),
  );
  const gateway = keepRunning(
    {
      name: 'gateway',
      program: PROGRAM,
      args: ['serve'],
      env: {
        ...common,
        PORT: String(port),
        SUBGRAPHS: subgraphs.map((one) => `${one.name}=http://${LOCAL}:${one.port}`).join(','),
        GATEWAY_SIGNING_KEY: secretText(signing),
      },
    },
    onChange,
  );
  return {
    address: `http://${http.host}:${port}`,
    pieces: [...pieces, gateway],
    stop: async () => {
      // Those who still wait for an answer need the subgraphs.
      await gateway.stop();
      await Promise.all(pieces.map((piece) => piece.stop()));
    },
  };
};
