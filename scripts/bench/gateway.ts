import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { SUBGRAPH_NAMES } from '../../gateway/config';
import { createSigningKey, publicText, secretText } from '../../subgraphs/shared/http/keys';
import type { Contender } from './contender';
import { cpuOf, type LoadFigures, measureLoad, postQuery } from './load';
import { withFolder } from './measure';
import { installRival, startRival } from './rival';

const SUPERGRAPH = path.join(__dirname, '..', '..', 'schema', 'supergraph.graphql');
const CONTENDER = path.join(__dirname, 'contender.ts');
const REGISTER = path.join(__dirname, '..', 'register.js');
const START_MS = 60_000;

interface Served {
  address: string;
  child: ChildProcess;
}

const start = async (task: Contender): Promise<Served> => {
  const child = fork(CONTENDER, [], { execArgv: ['-r', REGISTER] });
  child.send(task);
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${task.kind} did not start.`))),
  ])) as [{ address: string }];
  return { address: message.address, child };
};

const stop = async (...children: ChildProcess[]): Promise<void> => {
  await Promise.all(
    children.map(async (child) => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }),
  );
};

const startSubgraphs = (folder: string, publicKey: string | null) =>
  Promise.all(
    SUBGRAPH_NAMES.map(async (name) => ({
      name,
      ...(await start({ kind: 'subgraph', folder, name, publicKey })),
    })),
  );

/** The supergraph with the addresses at which subgraphs really answer. */
const withAddresses = (sdl: string, subgraphs: readonly { name: string; address: string }[]) =>
  subgraphs.reduce(
    (text, { name, address }) => text.replaceAll(`local://${name}`, `${address}/graphql`),
    sdl,
  );

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
};

/** Waits until a gateway that reports nothing answers. */
const untilServes = async (address: string): Promise<void> => {
  const end = Date.now() + START_MS;
  while (!(await postQuery(address, { query: '{ __typename }' }).then(Boolean, () => false))) {
    if (Date.now() > end) throw new Error(`Nothing answers at ${address}.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/** One gateway's figures: for the same query by all, and with variables that no two requests share. */
interface Row {
  name: string;
  same: LoadFigures;
  unique: LoadFigures;
  /** Whether its answer is the one that the gateway in memory gives. */
  right: boolean;
}

const report = (rows: readonly Row[], failures: readonly string[]): string => {
  const cells = ({ requests, p50, p99, gatewayCpu, totalCpu, failed }: LoadFigures) =>
    `${requests.toFixed(1).padStart(7)} req/s  p50 ${p50.toFixed(0).padStart(5)}  p99 ${p99.toFixed(0).padStart(5)} ms  CPU ${gatewayCpu.toFixed(1).padStart(6)} of ${totalCpu.toFixed(1).padStart(6)} ms${failed > 0 ? `  ${failed} FAILED` : ''}`;
  const ours = rows.find(({ name }) => name === 'distributed');
  const lines = (['same', 'unique'] as const).flatMap((how) => [
    `  ${how === 'same' ? 'the same query by all' : 'variables that no two requests share'}\n`,
    ...rows.map((row) => {
      const times = ours ? ours[how].requests / row[how].requests : NaN;
      return `    ${row.name.padEnd(34)} ${cells(row[how])}  x${times.toFixed(2)}${row.right ? '' : '  ANSWERS DIFFER'}\n`;
    }),
  ]);
  return [
    'gateway: the dashboard query at 16 connections; CPU of the gateway alone, and of all processes, per operation; x: requests of `distributed` by those of the row\n',
    ...lines,
    ...failures.map((failure) => `  NOT MEASURED: ${failure}\n`),
  ].join('');
};

/**
 * Measures the gateway in memory and distributed beside others over the same subgraphs.
 * @param load fills the databases of a folder with the seeded world.
 */
export const benchGateway = (load: (folder: string) => Promise<void>): Promise<string> =>
  withFolder(async (folder) => {
    await load(folder);
    const sdl = await readFile(SUPERGRAPH, 'utf8');
    const rows: Row[] = [];
    const failures: string[] = [];
    let expected: unknown;
    const measure = async (name: string, { address, child }: Served, others: ChildProcess[]) => {
      process.stderr.write(`measuring: ${name}\n`);
      const { data, same, unique } = await measureLoad(address, () => [
        cpuOf(child.pid),
        others.reduce((sum, { pid }) => sum + cpuOf(pid), 0),
      ]);
      expected ??= data;
      rows.push({ name, same, unique, right: isDeepStrictEqual(data, expected) });
      await stop(child);
    };

    await measure('in memory', await start({ kind: 'in memory', folder, supergraphSdl: sdl }), []);
    const key = createSigningKey();
    const signed = await startSubgraphs(folder, publicText(key));
    const signedChildren = signed.map(({ child }) => child);
    for (const sharing of [true, false]) {
      const addresses = signed.map(({ name, address }) => ({ name, url: address }));
      const common = { addresses, supergraphSdl: sdl, key: secretText(key) };
      const served = await start({ kind: 'distributed', ...common, sharing });
      const name = sharing ? 'distributed' : 'distributed, without deduplication';
      await measure(name, served, signedChildren);
    }
    await stop(...signedChildren);

    // The others cannot sign.
    const open = await startSubgraphs(folder, null);
    const openChildren = open.map(({ child }) => child);
    const addressed = withAddresses(sdl, open);
    const stock = await start({ kind: 'stock', supergraphSdl: addressed });
    await measure('stock @apollo/gateway', stock, openChildren);
    await withFolder(async (place) => {
      const failure = await installRival(place);
      if (failure !== null) failures.push(`@graphql-hive/gateway cannot be installed: ${failure}`);
      for (const rust of failure === null ? [false, true] : []) {
        const name = `@graphql-hive/gateway, ${rust ? 'Rust' : 'default'} planner`;
        const port = await freePort();
        const child = await startRival(place, addressed, port, rust);
        try {
          const address = `http://127.0.0.1:${port}`;
          await untilServes(address);
          await measure(name, { address, child }, openChildren);
        } catch (error) {
          failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
          if (child.exitCode === null && child.signalCode === null) await stop(child);
        }
      }
    });
    await stop(...openChildren);
    return report(rows, failures);
  });
