import { askEntities, wholeOf } from '../ask-entities';
import { type Bench, type Check, finding } from '../bench';
import { sampleName } from '../samples';

const AT_ONCE = 50;
const ROUNDS = 4;

/** How long answers took. */
export interface Latency {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

/** Requests at once are answered in time. @param onLatency told how long they took. */
export const loadCheck = (onLatency: (latency: Latency) => void): Check => ({
  id: 'load',
  title: `${AT_ONCE} requests at once are answered in time`,
  run: async (bench: Bench) => {
    const entity = bench.entities[0];
    const known = entity ? (bench.samples.get(sampleName(entity)) ?? []) : [];
    const times: number[] = [];
    let failed = 0;
    const one = async () => {
      const began = performance.now();
      try {
        const right = entity
          ? (await askEntities(bench, entity, known, wholeOf(entity, 1))).findings.length === 0
          : (await bench.ask('{ __typename }')).data !== null;
        if (!right) failed += 1;
      } catch {
        failed += 1;
      }
      times.push(performance.now() - began);
    };
    for (let round = 0; round < ROUNDS; round += 1)
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    times.sort((a, b) => a - b);
    const latency = {
      requests: times.length,
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
    };
    onLatency(latency);
    const slow = times.filter((ms) => ms > bench.deadlineMs).length;
    const bad = Math.max(slow, failed);
    return {
      says: `half of ${latency.requests} within ${latency.p50Ms} ms, 95 % within ${latency.p95Ms} ms`,
      findings:
        bad === 0
          ? []
          : [
              finding(
                'LOAD',
                `With ${AT_ONCE} at once, ${bad} of ${latency.requests} were not answered rightly within ${bench.deadlineMs} ms.`,
                'Answer several requests at the same time, and look up the entities of a request together.',
              ),
            ],
    };
  },
});
