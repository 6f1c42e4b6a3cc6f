import { compareTexts } from '../subgraphs/shared/ids';

/** What became of a source that an answer asked, from well to ill. */
export const SOURCE_STATUSES = [
  'ok',
  'stale',
  'timeout',
  'unavailable',
  'invalid',
  'quarantined',
] as const;
/**
 * `ok`: it answered. `stale`: it did not; an earlier answer of it stands in. `timeout`: it took too long.
 * `unavailable`: it could not be reached, or failed. `invalid`: what it answered cannot be taken.
 * `quarantined`: it is not asked, because it broke the contract.
 */
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/** One source that an answer asked. */
export interface SourceReport {
  readonly name: string;
  /** The worst of what became of it in this answer. */
  readonly status: SourceStatus;
  /** Fields of the answer that are empty, or for `stale` old, because of it: names with dots, in any list. */
  readonly paths: readonly string[];
  /** For `stale`, when the oldest of what stands in was answered; else null: it is of this moment. */
  readonly asOf: string | null;
}

/** `extensions.sources` of an answer. */
export interface SourcesExtension {
  /** Whether every source that was asked answered, now. */
  readonly complete: boolean;
  /** In the order of their names. */
  readonly asked: readonly SourceReport[];
}

/** One entry of `extensions.provenance`: fields of an answer that came together. */
export interface ProvenanceEntry {
  readonly source: string;
  /** The published version of a partner's subgraph; null for ours, whose rows say more under `provenance`. */
  readonly version: number | null;
  /** The licence of a partner's data as it states it; null if it does not, and for ours. */
  readonly licence: string | null;
  /** When the source answered. */
  readonly asOf: string;
  /** Whether that was for an earlier request. */
  readonly cached: boolean;
  /** Fields of the answer: names with dots, in any list. */
  readonly paths: readonly string[];
}

/** The most paths that one source's report names. */
const MOST_PATHS = 50;

/** Steps of a path without positions in lists, and without the step by which entities are asked for. */
export const pathName = (steps: readonly (string | number)[]): string =>
  steps
    .filter((step) => typeof step === 'string' && step !== '@' && step !== '_entities')
    .join('.');

interface Noted {
  status: SourceStatus;
  paths: Set<string>;
  asOf: number | null;
}

/** What one request's sources did, noted as they do it. */
export const createLedger = () => {
  const noted = new Map<string, Noted>();
  const fetched = new Map<string, Omit<ProvenanceEntry, 'paths'> & { paths: Set<string> }>();
  return {
    /** @param asOf milliseconds since 1970, of an answer that is not of this moment. */
    note: (
      name: string,
      status: SourceStatus,
      paths: readonly string[] = [],
      asOf: number | null = null,
    ): void => {
      const known = noted.get(name) ?? { status, paths: new Set<string>(), asOf };
      noted.set(name, known);
      if (SOURCE_STATUSES.indexOf(status) > SOURCE_STATUSES.indexOf(known.status))
        known.status = status;
      if (asOf !== null) known.asOf = Math.min(known.asOf ?? asOf, asOf);
      for (const path of paths) if (known.paths.size < MOST_PATHS) known.paths.add(path);
    },
    /** Notes where fields of the answer came from. */
    fetched: ({ paths, ...entry }: ProvenanceEntry): void => {
      const key = JSON.stringify(entry);
      const known = fetched.get(key) ?? { ...entry, paths: new Set<string>() };
      fetched.set(key, known);
      for (const path of paths) known.paths.add(path);
    },
    /** @param isShown whether the client asked for a path, which plans add some to. */
    sources: (isShown: (path: string) => boolean): SourcesExtension => ({
      complete: [...noted.values()].every(({ status }) => status === 'ok'),
      asked: [...noted]
        .sort(([a], [b]) => compareTexts(a, b))
        .map(([name, { status, paths, asOf }]) => ({
          name,
          status,
          paths: [...paths].filter(isShown).sort(compareTexts),
          asOf: asOf === null ? null : new Date(asOf).toISOString(),
        })),
    }),
    provenance: (isShown: (path: string) => boolean): ProvenanceEntry[] =>
      [...fetched.values()]
        .map((entry) => ({ ...entry, paths: [...entry.paths].filter(isShown).sort(compareTexts) }))
        .filter(({ paths }) => paths.length > 0)
        .sort((a, b) => compareTexts(`${a.source} ${a.asOf}`, `${b.source} ${b.asOf}`)),
  };
};
export type SourceLedger = ReturnType<typeof createLedger>;
