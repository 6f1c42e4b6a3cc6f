import { UnusableAnswer } from '../../../../gateway/supergraph/bounded-answer';
import { createBreaker } from '../../../../gateway/supergraph/contain/breaker';
import { createBulkhead } from '../../../../gateway/supergraph/contain/bulkhead';
import { createLastAnswers } from '../../../../gateway/supergraph/contain/last-answers';
import { createStanding } from '../../../../gateway/supergraph/contain/standing';
import { ownTurn } from '../../../../gateway/supergraph/contain/turns';
import { Abandoned } from '../../../../gateway/supergraph/in-flight';

let now: number;
const clock = () => now;
beforeEach(() => (now = 1_000_000));

const good = async () => 'good';
const bad = () => Promise.reject(new Error('bad'));

describe('a breaker', () => {
  const open = async () => {
    const breaker = createBreaker(clock);
    for (let round = 0; round < 5; round += 1)
      await expect(breaker.run(bad)).rejects.toThrow('bad');
    return breaker;
  };

  it('leaves alone whoever fails, and tries once after a rest', async () => {
    const breaker = await open();
    expect(breaker.isOpen()).toBe(true);
    await expect(breaker.run(good)).rejects.toThrow(UnusableAnswer);
    now += 2001;
    let asked = 0;
    let release: (value: string) => void = () => undefined;
    const trial = breaker.run(() => {
      asked += 1;
      return new Promise<string>((resolve) => (release = resolve));
    });
    await expect(breaker.run(good)).rejects.toThrow('left alone');
    release('good');
    expect([await trial, asked]).toEqual(['good', 1]);
    expect(await breaker.run(good)).toBe('good');
  });

  it('rests longer after each trial that fails', async () => {
    const breaker = await open();
    now += 2001;
    await expect(breaker.run(bad)).rejects.toThrow('bad');
    now += 2001;
    await expect(breaker.run(good)).rejects.toThrow('left alone');
    now += 2000;
    expect(await breaker.run(good)).toBe('good');
  });

  it('opens for half of the answers, and not for a few', async () => {
    const breaker = createBreaker(clock);
    for (let round = 0; round < 40; round += 1) {
      await breaker.run(good);
      await breaker.run(good);
      await breaker.run(bad).catch(() => undefined);
    }
    expect(breaker.isOpen()).toBe(false);
    for (let round = 0; round < 20 && !breaker.isOpen(); round += 1)
      await breaker.run(round % 2 === 0 ? good : bad).catch(() => undefined);
    expect(breaker.isOpen()).toBe(true);
  });

  it('counts nobody who left', async () => {
    const breaker = createBreaker(clock);
    for (let round = 0; round < 20; round += 1)
      await breaker.run(() => Promise.reject(new Abandoned('left'))).catch(() => undefined);
    expect(breaker.isOpen()).toBe(false);
  });
});

describe('a bulkhead', () => {
  const pending = () => {
    let end: () => void = () => undefined;
    const work = () => new Promise<void>((resolve) => (end = resolve));
    return { work, end: () => end() };
  };
  const never = new AbortController().signal;

  it('lets some in, some wait, and refuses the rest', async () => {
    const { run } = createBulkhead({ atOnce: 1, waiting: 1 });
    const [first, second] = [pending(), pending()];
    const running = run(never, first.work);
    let began = false;
    const waiting = run(never, () => {
      began = true;
      return second.work();
    });
    await expect(run(never, async () => 1)).rejects.toMatchObject({ failure: 'unavailable' });
    expect(began).toBe(false);
    first.end();
    await running;
    second.end();
    await waiting;
    expect(await run(never, async () => 2)).toBe(2);
  });

  it('gives up the place of one who leaves the queue', async () => {
    const { run } = createBulkhead({ atOnce: 1, waiting: 1 });
    const first = pending();
    const running = run(never, first.work);
    const leaver = new AbortController();
    const left = run(leaver.signal, async () => 1);
    leaver.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    const next = run(never, async () => 2);
    first.end();
    await running;
    expect(await next).toBe(2);
  });
});

describe('the standing of a partner', () => {
  it('ends in quarantine after three breaches in ten minutes, and is told once', () => {
    const told: string[] = [];
    const standing = createStanding((reason) => told.push(reason), clock);
    for (const minute of [0, 6, 12]) {
      now = minute * 60_000;
      standing.breach('slips');
    }
    expect(standing.isQuarantined()).toBe(false);
    standing.breach('last');
    standing.breach('after');
    expect([standing.isQuarantined(), told]).toEqual([true, ['last']]);
    standing.readmit();
    standing.breach('again');
    expect(standing.isQuarantined()).toBe(false);
  });
});

describe('last good answers', () => {
  it('stand in for a while, within bounds', () => {
    const answers = createLastAnswers(1000, clock);
    answers.keep('a', Buffer.from('1'));
    now += 1000;
    expect(answers.get('a')?.json.toString()).toBe('1');
    now += 1;
    expect(answers.get('a')).toBeNull();
    for (let at = 0; at < 20; at += 1) answers.keep(`k${at}`, Buffer.alloc(1024 * 1024));
    expect(answers.get('k12')).toBeNull();
    expect(answers.get('k19')).not.toBeNull();
    answers.keep('huge', Buffer.alloc(9 * 1024 * 1024));
    expect([answers.get('huge'), answers.get('k19') === null]).toEqual([null, false]);
  });

  it('are none by default', () => {
    const answers = createLastAnswers(0, clock);
    answers.keep('a', Buffer.from('1'));
    expect(answers.get('a')).toBeNull();
  });
});

it('large answers are read in turns of the event loop of their own', async () => {
  let turns = 0;
  const count = () => {
    turns += 1;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  const seen = await Promise.all(
    [1, 2, 3].map(async () => {
      await ownTurn(1e6);
      return turns;
    }),
  );
  clearImmediate(timer);
  expect(new Set(seen).size).toBe(3);
});
