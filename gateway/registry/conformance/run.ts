import type { GraphQLSchema } from 'graphql';
import type { SigningKey } from '../../../subgraphs/shared/http/keys';
import type { Finding } from '../../partners';
import { type Bench, type Check, createAsk, finding } from './bench';
import { ENTITY_CHECKS } from './checks/entities';
import { errorsCheck } from './checks/errors';
import { type Latency, loadCheck } from './checks/load';
import { rootsCheck } from './checks/roots';
import { safetyCheck } from './checks/safety';
import { schemaCheck } from './checks/schema';
import { signaturesCheck } from './checks/signatures';
import { createTransport } from './checks/transport';
import { entitiesOf, schemaOf } from './entity';
import type { Probe } from './probe';
import { type CheckReport, type SignedReport, sdlDigest, signReport } from './report';
import { findSamples } from './samples';

const MB = 1024 * 1024;
/** What one answer may take in a test: less than in service, since many are asked for at once. */
export const PROBE_LIMITS = {
  deadlineMs: 10_000,
  bytes: 4 * MB,
  unpackedBytes: 4 * MB,
  depth: 64,
  values: 500_000,
  list: 50_000,
  text: MB,
} as const;
/** What a test may take altogether, however slowly it is answered. */
const LONGEST_MS = 180_000;

/** A running subgraph, and how it is tested. */
export interface ConformanceTask {
  /** Its name, for which requests are signed. */
  readonly name: string;
  /** Where it answers GraphQL over POST. */
  readonly url: string;
  /** The schema that is to be published, if it has to be the one that runs. */
  readonly sdl?: string;
  /** With which requests are signed, as the gateway's are, and the report too. */
  readonly key: SigningKey;
  readonly probe: Probe;
  /** How long the gateway waits for an answer, in milliseconds. */
  readonly deadlineMs: number;
  /** Keys of entities that it may know, by `Type` or `Type.field`. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  /** Headers that the gateway sends to this subgraph beside the others, and signs. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the test may take altogether, in milliseconds. */
  readonly longestMs?: number;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/** What came of a test. */
export interface Conformance {
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly report: SignedReport;
}

const isBad = ({ severity }: Finding): boolean => severity === 'ERROR';

const runCheck = async ({ id, title, run }: Check, bench: Bench): Promise<CheckReport> => {
  try {
    const { says, findings, skipped } = await run(bench);
    const verdict = findings.some(isBad) ? 'FAILED' : skipped ? 'SKIPPED' : 'PASSED';
    return { id, title, verdict, says, findings };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const findings = [
      finding(
        'UNREACHABLE',
        `It gives no answer: ${reason}`,
        'See that it runs, answers in time, and can be reached from the gateway.',
      ),
    ];
    return { id, title, verdict: 'FAILED', says: 'it could not be asked', findings };
  }
};

const outOfTime = ({ id, title }: Check): CheckReport => ({
  id,
  title,
  verdict: 'FAILED',
  says: 'there was no time left for it',
  findings: [
    finding(
      'TIME_UP',
      'The test took all the time that it may before this was done.',
      'Answer faster: a test is some 300 questions.',
    ),
  ],
});

/**
 * The schema that it says, or what is wrong with what it says. Where another is to be published, that is
 * the one by which its answers are judged.
 */
const readSchema = async (
  ask: Bench['ask'],
  published: string | undefined,
): Promise<{ sdl: string | null; schema: GraphQLSchema | null; findings: Finding[] }> => {
  const none = (message: string) => ({
    sdl: null,
    schema: null,
    findings: [
      finding(
        'SDL',
        message,
        'Answer `{ _service { sdl } }` with your schema, to requests that the gateway signed.',
      ),
    ],
  });
  try {
    const { status, data, errors, problem } = await ask('{ _service { sdl } }');
    const sdl = (data?._service as { sdl?: unknown } | null | undefined)?.sdl;
    if (typeof sdl !== 'string')
      return none(
        `It does not say its schema: ${problem ?? JSON.stringify(errors?.[0] ?? data).slice(0, 200)} (status ${status})`,
      );
    return { sdl, schema: schemaOf(published ?? sdl), findings: [] };
  } catch (error) {
    return none(error instanceof Error ? error.message : String(error));
  }
};

/** A subgraph whose schema cannot be had cannot be tested. */
const withoutSchema = (findings: readonly Finding[]): CheckReport[] => [
  { id: 'schema', title: 'It says its schema', verdict: 'FAILED', says: 'it does not', findings },
];

const runChecks = async (
  checks: readonly Check[],
  bench: Bench,
  isOver: () => boolean,
): Promise<CheckReport[]> => {
  const reports: CheckReport[] = [];
  for (const check of checks) {
    const report = isOver() ? null : await runCheck(check, bench);
    // What was under way when time ran out says nothing of the subgraph.
    reports.push(report === null || isOver() ? outOfTime(check) : report);
  }
  return reports;
};

/** Tests a running subgraph from outside, as the gateway would meet it, and signs what it found. */
export const runConformance = async (task: ConformanceTask): Promise<Conformance> => {
  const { name, url, key, deadlineMs, clock = Date.now } = task;
  const startedAt = new Date(clock()).toISOString();
  const end = performance.now() + (task.longestMs ?? LONGEST_MS);
  const isOver = () => performance.now() > end;
  const transport = createTransport();
  const send: Probe = async (request) => {
    if (isOver()) throw new Error('The test has taken all the time that it may.');
    const reply = await task.probe(request);
    transport.look(reply);
    return reply;
  };
  const addressee = { name, url, key, headers: task.headers ?? {}, clock };
  const ask = createAsk(addressee, send);
  let latency: Latency | null = null;

  const { sdl, schema, findings: ofSchema } = await readSchema(ask, task.sdl);
  const test = async (tested: GraphQLSchema, said: string): Promise<CheckReport[]> => {
    const { testable: entities, others } = entitiesOf(tested);
    const samples = await findSamples(tested, entities, task.keys ?? {}, ask);
    const checks: readonly Check[] = [
      schemaCheck(said, task.sdl, others),
      rootsCheck,
      ...ENTITY_CHECKS,
      errorsCheck,
      signaturesCheck,
      loadCheck((measured) => (latency = measured)),
      safetyCheck,
      transport.check,
    ];
    return runChecks(
      checks,
      { addressee, schema: tested, entities, samples, deadlineMs, send, ask },
      isOver,
    );
  };
  const checks =
    schema === null || sdl === null ? withoutSchema(ofSchema) : await test(schema, sdl);

  const findings = checks.flatMap((check) => check.findings);
  const passed = !findings.some(isBad);
  const report = {
    format: 'peacegraph-conformance/1' as const,
    name,
    url,
    startedAt,
    endedAt: new Date(clock()).toISOString(),
    passed,
    sdlSha256: sdl === null ? null : sdlDigest(sdl),
    latency,
    checks,
  };
  return { passed, findings, report: signReport(report, key) };
};
