import { createHash } from 'node:crypto';
import type { NewEvent, RegistryEvent } from './event';

/** The head of a log without entries. */
export const START = { sequence: 0, hash: '0'.repeat(64) };

/** The last entry that a log has. */
export type Head = Pick<RegistryEvent, 'sequence' | 'hash'>;

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** JSON without spaces and with sorted keys, the same for values that say the same. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sorted);

/** The SHA-256 of a text, hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What an entry's hash is of: all that it says, the hash of the entry before included. */
const hashOf = (event: Omit<RegistryEvent, 'hash'>): string => {
  const { sequence, at, actor, kind, partner, payload, previous } = event;
  return sha256(canonicalJson({ sequence, at, actor, kind, partner, payload, previous }));
};

/** Makes what happened the next entries of a log. */
export const linkEvents = (
  head: Head,
  happened: readonly NewEvent[],
  by: { at: string; actor: string },
): RegistryEvent[] => {
  let { sequence, hash: previous } = head;
  return happened.map((event) => {
    sequence += 1;
    const entry = { ...event, ...by, sequence, previous };
    previous = hashOf(entry);
    return { ...entry, hash: previous } as RegistryEvent;
  });
};

/** What is wrong with an entry as the one after a head; null if it follows. */
export const faultOfLink = (head: Head, event: RegistryEvent): string | null => {
  if (event.sequence !== head.sequence + 1)
    return `entry ${event.sequence} stands where ${head.sequence + 1} belongs`;
  if (event.previous !== head.hash)
    return `entry ${event.sequence} does not follow from the entry before it`;
  if (event.hash !== hashOf(event)) return `entry ${event.sequence} is not what was written`;
  return null;
};
