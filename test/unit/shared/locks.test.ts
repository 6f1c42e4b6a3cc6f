import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTurn, takeLock } from '../../../subgraphs/shared/locks';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a lock', () => {
  it('is held by several who share it, or by one', async () => {
    const file = path.join(folder, 'open');
    const [one, two] = [await takeLock(file, 'shared'), await takeLock(file, 'shared')];
    expect(await takeLock(file, 'exclusive')).toBeNull();
    await one?.();
    expect(await takeLock(file, 'exclusive')).toBeNull();
    await two?.();
    const alone = await takeLock(file, 'exclusive');
    expect(alone).not.toBeNull();
    expect(await takeLock(file, 'shared')).toBeNull();
    await alone?.();
  });
});

/** The lock of a file, as turns take it. */
const lockOf = (file: string) => () => takeLock(file, 'exclusive');

describe.each([
  ['that processes share', () => lockOf(path.join(folder, 'turn'))],
  ['of one process', () => null],
])('a turn %s', (_title, lockHere) => {
  it('does one work after the other, a failed one too, and work within work at once', async () => {
    const turn = createTurn(lockHere());
    const steps: string[] = [];
    const failing = turn.take(async () => {
      steps.push('first');
      await turn.take(async () => steps.push('within'));
      await turn.takeIfFree(async () => void steps.push('within, if free'));
      throw new Error('no luck');
    });
    const second = turn.take(async () => steps.push('second'));
    await expect(failing).rejects.toThrow('no luck');
    await second;
    expect(steps).toEqual(['first', 'within', 'within, if free', 'second']);
  });
});

describe('two processes’ turns', () => {
  it('wait for each other and say so once, or leave it where they need not have it', async () => {
    const file = path.join(folder, 'two');
    const [one, other] = [createTurn(lockOf(file)), createTurn(lockOf(file))];
    const steps: string[] = [];
    let told: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (told = resolve));
    let second: Promise<unknown> = Promise.resolve();
    await one.take(async () => {
      await other.takeIfFree(async () => void steps.push('never'));
      second = other.take(
        async () => steps.push('second'),
        () => {
          steps.push('waits');
          told();
        },
      );
      await waiting;
      steps.push('first');
    });
    await second;
    expect(steps).toEqual(['waits', 'first', 'second']);
  });
});
