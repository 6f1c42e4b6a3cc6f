import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig, start } from '../../gateway';
import { openKeys } from '../../gateway/access/open';
import { createFictionalWorld } from '../../scripts/builtin/fictional/world';
import { loadFictionalWorld } from '../../scripts/builtin/load';
import { createSigningKey, publicText, readPublicKeys } from '../../subgraphs/shared/http/keys';
import { partnerSdl, servePartner } from '../support/partner';

/**
 * `npm run churn-test`: a partner is published and retired again and again while clients ask on sixteen
 * connections, half of them for what comes and goes. It fails if a request fails that has no cause to, or if
 * memory has grown by more than a tenth once the first tenth of the rounds is over.
 */
const ROUNDS = Number(process.argv[2] ?? 100);
const CONNECTIONS = 16;
const MOST_GROWTH = 1.1;
const MEGABYTE = 1024 * 1024;
const NAME = 'willow-web';
const OURS = '{ organisation(id: "PG-FICTIONAL-0009") { name } }';
const BOTH = '{ organisation(id: "PG-FICTIONAL-0009") { name willowWeb_workshops { topic } } }';

interface Answer {
  data?: { organisation: { name: string } | null };
  errors?: { message: string }[];
}

/** That the partner's field is not there while it is retired is what a client has to expect. */
const isExpected = ({ errors = [] }: Answer): boolean =>
  errors.every(({ message }) => message.includes('willowWeb_workshops'));

const heldMemory = (): number => {
  // Collected twice: what a first collection lets go of can be taken by a second only.
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / MEGABYTE;
};

const main = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-churn-'));
  const place = { DATA_DIR: folder, PARTNER_PRIVATE_ADDRESSES: '127.0.0.1', RATE_LIMITS: 'off' };
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...place });
  const keys = await openKeys(config);
  const steward = (await keys.create({ label: 'steward', tier: 3 })).text;
  await keys.close();
  const key = createSigningKey();
  const partner = await servePartner(NAME, readPublicKeys(publicText(key)));
  const running = await start(
    config,
    (graph) => loadFictionalWorld(graph, createFictionalWorld()),
    undefined,
    { key },
  );
  const write = async (at: string, body: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${steward}` };
    const to = `${running.address}/registry/partners${at}`;
    const answer = await fetch(to, { method: 'POST', headers, body: JSON.stringify(body) });
    const read = (await answer.json()) as { version?: number };
    if (!answer.ok) throw new Error(`${at}: ${JSON.stringify(read).slice(0, 500)}`);
    return read;
  };

  let over = false;
  const asked = { whole: 0, without: 0 };
  const failures: string[] = [];
  const ask = async (query: string) => {
    const answer = await fetch(`${running.address}/graphql?query=${encodeURIComponent(query)}`);
    const read = (await answer.json()) as Answer;
    if (read.errors === undefined) asked.whole += 1;
    else if (query === BOTH && isExpected(read)) asked.without += 1;
    else failures.push(JSON.stringify(read).slice(0, 300));
  };
  const client = async (query: string) => {
    while (!over)
      await ask(query).catch((error: unknown) => {
        failures.push(String(error));
      });
  };
  const clients = Promise.all(
    Array.from({ length: CONNECTIONS }, (_, n) => client(n % 2 === 0 ? OURS : BOTH)),
  );

  let before = 0;
  try {
    await write('', { name: NAME, trust: 'PROVISIONAL' });
    const sdl = partnerSdl(NAME);
    partner.says(sdl);
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { version } = await write(`/${NAME}/publish`, { url: partner.url, sdl });
      await write(`/${NAME}/approve`, { version });
      await write(`/${NAME}/retire`, { reason: 'test' });
      if (round === Math.ceil(ROUNDS / 10)) before = heldMemory();
      if (round % 10 === 0)
        process.stdout.write(
          `${round} rounds, ${asked.whole} answers whole, ${asked.without} without it, ${failures.length} failed, ${heldMemory().toFixed(0)} MB\n`,
        );
    }
  } finally {
    over = true;
    await clients;
    await running.close();
    await partner.close();
    await rm(folder, { recursive: true });
  }
  const growth = heldMemory() / before;
  process.stdout.write(
    `memory after the first tenth ${before.toFixed(0)} MB, times that at the end ${growth.toFixed(2)}; failed: ${failures.length}\n`,
  );
  for (const failure of failures.slice(0, 5)) process.stdout.write(`${failure}\n`);
  if (failures.length > 0 || growth > MOST_GROWTH) process.exitCode = 1;
};

void main();
