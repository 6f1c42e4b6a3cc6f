import path from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import type { Finding } from '../../partners';
import { runInWorker, type WorkerLimits } from '../../worker';
import { createFinding } from '../ownership/finding';
import { touchedBy } from './touched';
import { type FieldUsage, USAGE_DAYS } from './usage';

const LIMITS: WorkerLimits = { ms: 20_000, heapMb: 512 };
/** How many operations a finding names; the others are counted. */
const NAMED = 5;

/** The operations that asked for any of these fields, the most frequent first. */
const usersOf = (coordinates: readonly string[], usage: ReadonlyMap<string, FieldUsage>) => {
  const counts = new Map<string, number>();
  for (const coordinate of new Set(coordinates))
    for (const { name, count } of usage.get(coordinate)?.operations ?? [])
      counts.set(name, Math.max(count, counts.get(name) ?? 0));
  return [...counts].sort(([, a], [, b]) => b - a);
};

const nameUsers = (users: readonly (readonly [string, number])[]): string => {
  const named = users.slice(0, NAMED).map(([name, count]) => `${name} (${count}×)`);
  const more = users.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
};

/**
 * What clients would notice if one schema took the place of another: what breaks operations that were
 * really sent, by their names; what would break others; and what may surprise.
 */
export const changesHere = async (
  before: string,
  after: string,
  usage: readonly FieldUsage[],
): Promise<Finding[]> => {
  const [old, next] = [before, after].map((sdl) => buildSchema(sdl, { assumeValid: true }));
  if (!old || !next) return [];
  const used = new Map(usage.map((field) => [field.coordinate, field]));
  return (await diff(old, next)).flatMap(({ criticality, message, path: place }): Finding[] => {
    if (criticality.level === CriticalityLevel.NonBreaking) return [];
    if (criticality.level === CriticalityLevel.Dangerous)
      return [createFinding('DANGEROUS_CHANGE', null, message, place)];
    const users = usersOf(place === undefined ? [] : touchedBy(old, place), used);
    if (users.length === 0) return [createFinding('BREAKING_CHANGE', null, message, place)];
    const says = `${message}. Clients asked for it in the last ${USAGE_DAYS} days: ${nameUsers(users)}.`;
    return [createFinding('BREAKING_CHANGE_USED', null, says, place)];
  });
};

/** {@link changesHere} in a thread: reading two schemas of the graph's size would keep requests waiting. */
export const changesOf = async (
  before: string,
  after: string,
  usage: readonly FieldUsage[],
): Promise<Finding[]> => {
  const outcome = await runInWorker<Finding[]>(
    { module: path.join(__dirname, 'changes'), name: 'changesHere', args: [before, after, usage] },
    LIMITS,
  );
  if (outcome.status === 'done') return outcome.value;
  const message = `What would change for clients could not be found out: ${outcome.message}`;
  return [createFinding('CHANGES_UNKNOWN', null, message)];
};
