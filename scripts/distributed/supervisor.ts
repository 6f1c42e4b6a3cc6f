import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { type Config, SUBGRAPH_NAMES, type SubgraphAddress } from '../../gateway/config';
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

/** Ports that nothing listens on at the moment. */
const freePorts = async (count: number): Promise<number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0, LOCAL));
  // All at once, or the second could be the first again.
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
};

/** The gateway and its subgraphs, each a process that is kept running. */
export interface Installation {
  /** Where the gateway answers. */
  readonly address: string;
  /** Where its subgraphs do. */
  readonly subgraphs: readonly SubgraphAddress[];
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
  const count = SUBGRAPH_NAMES.length + 1;
  const [port = 0, ...others] =
    http.port === 0
      ? await freePorts(count)
      : Array.from({ length: count }, (_, place) => http.port + place);
  const subgraphs = SUBGRAPH_NAMES.map((name, place) => ({
    name,
    url: `http://${LOCAL}:${others[place]}`,
  }));

  const pieces = subgraphs.map(({ name, url }) =>
    keepRunning(
      {
        name,
        program: PROGRAM,
        args: ['subgraph', name],
        env: {
          ...common,
          SUBGRAPHS: '',
          PORT: new URL(url).port,
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
        SUBGRAPHS: subgraphs.map(({ name, url }) => `${name}=${url}`).join(','),
        GATEWAY_SIGNING_KEY: secretText(signing),
      },
    },
    onChange,
  );
  return {
    address: `http://${http.host}:${port}`,
    subgraphs,
    pieces: [...pieces, gateway],
    stop: async () => {
      // Those who still wait for an answer need the subgraphs.
      await gateway.stop();
      await Promise.all(pieces.map((piece) => piece.stop()));
    },
  };
};
