/**
 * Plays every behaviour of a hostile partner against this gateway and against @apollo/gateway as it comes,
 * and prints both: what became of the answer, how long others waited meanwhile, and how long nobody was served.
 * `npm run partner-bench -- errors` plays those that have `errors` in their names.
 */
import 'reflect-metadata';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createSigningKey, publicText, secretText } from '../../subgraphs/shared/http/keys';
import { BEHAVIOURS } from './behaviours';
import type { Figures, Order, Piece } from './bench-piece';
import { type Answer, faultsIn, QUESTION, toldOf } from './judge';
import type { Behaviour } from './server';

const PATIENCE_MS = 2000;
/** Of the same question at a time, each in words of its own so that each is asked. */
const AT_ONCE = 3;
const LEAST_HONEST = 25;
const CALM_EVERY = 6;
const HONEST = '{ organisations(first: 20) { nodes { id name } } }';

const started = async (piece: Piece) => {
  const child = fork(path.join(__dirname, 'bench-piece.ts'), {
    execArgv: ['-r', path.join(__dirname, '..', '..', 'scripts', 'register.js'), '--expose-gc'],
  });
  child.send(piece);
  const [address] = (await once(child, 'message')) as [unknown];
  return { child, address };
};
const tell = async (child: ChildProcess, order: Order): Promise<Figures> => {
  child.send(order);
  return ((await once(child, 'message')) as [Figures])[0];
};

const ask = async (address: string, query: string): Promise<Answer | null> => {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return (await answer.json()) as Answer;
  } catch {
    return null;
  }
};

const verdictOf = (answer: Answer | null): string => {
  if (!answer) return 'no answer';
  const faults = faultsIn(answer);
  if (faults.length > 0) return faults.join(', ');
  const { status, errors } = toldOf(answer);
  if (status) return status;
  return errors.length > 0 ? 'an error' : 'nobody is told';
};

const percentile = (figures: readonly number[], share: number): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length * share)] ?? NaN;

interface Round {
  verdict: string;
  honest: number[];
  figures: Figures;
}

let words = 0;
const roundOf = async (
  { child, address }: { child: ChildProcess; address: string },
  behaviour: Behaviour | null,
): Promise<Round> => {
  await tell(child, { begin: true, resolve: behaviour?.resolve ?? [] });
  const honest: number[] = [];
  let over = false;
  const beside = async () => {
    while (!over || honest.length < LEAST_HONEST) {
      const began = performance.now();
      await ask(address, HONEST);
      honest.push(performance.now() - began);
    }
  };
  const besides = beside();
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () =>
      ask(address, QUESTION.replaceAll('first: 20', `first: ${((words += 1) % 400) + 20}`)),
    ),
  );
  over = true;
  await besides;
  const figures = await tell(child, { figures: true });
  return { verdict: [...new Set(answers.map(verdictOf))].join(' / '), honest, figures };
};

const column = (text: string, width: number) => text.slice(0, width - 1).padEnd(width);

const main = async () => {
  const key = createSigningKey();
  const partners = await started({ kind: 'partners', secret: secretText(key) });
  const urls = partners.address as { willow: string; elm: string };
  const byNumber = { ...urls, willow: urls.willow.replace('willow.test', '127.0.0.1') };
  const answerKey = publicText(key);
  const open = async (kind: 'ours' | 'stock') => {
    const { child, address } = await started({
      kind,
      urls: kind === 'ours' ? urls : byNumber,
      answerKey,
    });
    const base = String(address).replace(/\/$/, '');
    return { child, address: kind === 'ours' ? `${base}/graphql` : base };
  };
  const gateways = { ours: await open('ours'), stock: await open('stock') };
  const kinds = ['ours', 'stock'] as const;
  const all = { ours: [] as Round[], stock: [] as Round[] };
  const calm = { ours: [] as Round[], stock: [] as Round[] };
  /** Long enough for the guards to forget what was. */
  const pass = async () => {
    for (const { child } of [partners, gateways.ours]) await tell(child, { pass: 3_600_000 });
  };
  const calmRound = async () => {
    await tell(partners.child, { play: null });
    await pass();
    for (const kind of kinds) calm[kind].push(await roundOf(gateways[kind], null));
  };
  for (let round = 0; round < 4; round += 1) await calmRound();
  const memory = {
    ours: calm.ours.at(-1)?.figures.memory ?? NaN,
    stock: calm.stock.at(-1)?.figures.memory ?? NaN,
  };
  for (const kind of kinds) calm[kind].length = 0;

  console.log(
    column('a partner that …', 54) +
      column('this gateway', 26) +
      column('blocked', 9) +
      column('@apollo/gateway', 40) +
      'blocked',
  );
  const wanted = BEHAVIOURS.filter(({ name }) => name.includes(process.argv[2] ?? ''));
  for (const [at, behaviour] of wanted.entries()) {
    if (at % CALM_EVERY === 0) await calmRound();
    const line: string[] = [column(behaviour.name, 54)];
    for (const kind of kinds) {
      await tell(partners.child, { play: null });
      await pass();
      await ask(gateways[kind].address, '{ willowWeb_news }');
      await tell(partners.child, { play: behaviour.name });
      const round = await roundOf(gateways[kind], behaviour);
      all[kind].push(round);
      line.push(
        column(round.verdict, kind === 'ours' ? 26 : 40),
        column(`${Math.round(round.figures.blocked)} ms`, 9),
      );
    }
    console.log(line.join(''));
  }
  for (const kind of kinds) {
    const times = (rounds: Round[]) => rounds.flatMap(({ honest }) => honest);
    const [p99, base] = [percentile(times(all[kind]), 0.99), percentile(times(calm[kind]), 0.99)];
    const blocked = Math.max(...all[kind].map(({ figures }) => figures.blocked));
    const calmly = Math.max(...calm[kind].map(({ figures }) => figures.blocked));
    const grown = (all[kind].at(-1)?.figures.memory ?? NaN) - memory[kind];
    console.log(
      `${kind}: honest p99 ${p99.toFixed(0)} ms, calm ${base.toFixed(0)} ms (${(p99 / base).toFixed(2)}×, bar 2×); ` +
        `event loop kept ${blocked.toFixed(0)} ms of CPU at most, calm ${calmly.toFixed(0)} ms (bar 100 ms); ` +
        `memory ${grown.toFixed(0)} MB more (bar 100 MB); ${times(all[kind]).length} honest requests`,
    );
  }
  for (const { child } of [partners, ...Object.values(gateways)]) child.disconnect();
};

void main();
