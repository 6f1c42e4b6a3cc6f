import { createHash, sign, verify } from 'node:crypto';
import type { PublicKeys, SigningKey } from '../../../subgraphs/shared/http/keys';
import type { Finding } from '../../partners';

/** What one check found. */
export interface CheckReport {
  readonly id: string;
  /** What the check asks. */
  readonly title: string;
  readonly verdict: 'PASSED' | 'FAILED' | 'SKIPPED';
  /** What was seen, in a sentence. */
  readonly says: string;
  readonly findings: readonly Finding[];
}

/** What a running subgraph was found to be, on a day. */
export interface ConformanceReport {
  readonly format: 'peacegraph-conformance/1';
  readonly name: string;
  readonly url: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly passed: boolean;
  /** Of the schema that was tested, in hexadecimal; null if there was none. */
  readonly sdlSha256: string | null;
  readonly latency: {
    readonly requests: number;
    readonly p50Ms: number;
    readonly p95Ms: number;
  } | null;
  readonly checks: readonly CheckReport[];
}

/** A report and who answers for it. */
export interface SignedReport {
  readonly report: ConformanceReport;
  /** The thumbprint of the key that signed it. */
  readonly keyid: string;
  /** Ed25519 over the report as JSON with its names in order and without spaces; in base64. */
  readonly signature: string;
}

/** The same values are the same text, whoever wrote them down and in whichever order. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
};

/** Signs a report, so that whoever gets it can tell that nobody mended it. */
export const signReport = (report: ConformanceReport, { id, key }: SigningKey): SignedReport => ({
  report,
  keyid: id,
  signature: sign(null, Buffer.from(canonical(report)), key).toString('base64'),
});

/** Whether a report is as one of these keys signed it. */
export const verifyReport = (signed: SignedReport, keys: PublicKeys): boolean => {
  const key = keys.get(signed.keyid);
  const text = Buffer.from(canonical(signed.report));
  return key !== undefined && verify(null, text, key, Buffer.from(signed.signature, 'base64'));
};

/** The digest of a schema, as reports name it. */
export const sdlDigest = (sdl: string): string => createHash('sha256').update(sdl).digest('hex');

const MARKS = { PASSED: 'passed ', FAILED: 'FAILED ', SKIPPED: 'skipped' } as const;

const linesOf = ({ verdict, title, says, findings }: CheckReport): string[] => [
  `  ${MARKS[verdict]}  ${title}: ${says}`,
  ...findings.flatMap(({ severity, code, coordinate, message, advice }) => [
    `             ${severity.toLowerCase()} ${code}${coordinate === null ? '' : ` at ${coordinate}`}: ${message}`,
    `             to mend it: ${advice}`,
  ]),
];

/** A report for people. */
export const formatConformance = (report: ConformanceReport): string =>
  [
    `${report.name} at ${report.url}: ${report.passed ? 'passed' : 'FAILED'}, ${report.endedAt}`,
    ...report.checks.flatMap(linesOf),
    '',
  ].join('\n');
