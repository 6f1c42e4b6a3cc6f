import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { DASHBOARD } from './graph';

const CONNECTIONS = 16;
const WARM_SECONDS = 3;
const SECONDS = 10;
/** Of the times in `/proc`. */
const TICK_MS = 10;
/** Seconds after which an answer counts as failed. */
const PATIENCE = 60;

/** The dashboard query with a variable that reaches its lists and changes no answer. */
const UNIQUE = DASHBOARD.replace('query Dashboard', 'query Dashboard($but: [ID!])')
  .replace('orderBy: ID_ASC', 'orderBy: ID_ASC, filter: { exceptSources: $but }')
  .replace(/\(first: (5|10)\)/g, '(first: $1, filter: { exceptSources: $but })');

/** What a gateway did under load. */
export interface LoadFigures {
  /** A second. */
  requests: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Milliseconds of CPU per operation: of the gateway, and of it with the subgraphs' processes. */
  gatewayCpu: number;
  totalCpu: number;
  /** Answers with errors, or none. */
  failed: number;
}

/** The CPU time that a process has used so far, in milliseconds; NaN where it cannot be known. */
export const cpuOf = (pid: number | undefined): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return NaN;
  }
};

/** Asks a query once. */
export const postQuery = async (address: string, body: object): Promise<unknown> => {
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await answer.json()) as { data?: unknown; errors?: unknown[] };
  if (errors) throw new Error(JSON.stringify(errors[0]));
  return data;
};

let asked = 0;
const uniqueBody = () =>
  JSON.stringify({ query: UNIQUE, variables: { but: [`nobody-${(asked += 1)}`] } });
const sameBody = () => JSON.stringify({ query: DASHBOARD });

const shoot = (address: string, body: () => string, seconds: number) =>
  autocannon({
    url: `${address}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    connections: CONNECTIONS,
    duration: seconds,
    timeout: PATIENCE,
    requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }],
    verifyBody: (text) => !text.includes('"errors"') && text.includes('"data"'),
  });

const figuresOf = async (
  address: string,
  body: () => string,
  cpu: () => [gateway: number, others: number],
): Promise<LoadFigures> => {
  await shoot(address, body, WARM_SECONDS);
  const [gatewayBefore, othersBefore] = cpu();
  const { requests, latency, duration, errors, timeouts, mismatches, non2xx } = await shoot(
    address,
    body,
    SECONDS,
  );
  const [gateway, others] = cpu();
  return {
    requests: requests.total / duration,
    p50: latency.p50,
    p99: latency.p99,
    gatewayCpu: (gateway - gatewayBefore) / requests.total,
    totalCpu: (gateway - gatewayBefore + others - othersBefore) / requests.total,
    failed: errors + timeouts + mismatches + non2xx,
  };
};

/**
 * Asks a gateway the dashboard query from many connections, the same by all and then unique ones.
 * @param cpu the milliseconds used so far by the gateway, and by the other processes.
 * @returns also the data of one answer, to compare.
 */
export const measureLoad = async (
  address: string,
  cpu: () => [gateway: number, others: number],
): Promise<{ data: unknown; same: LoadFigures; unique: LoadFigures }> => ({
  data: await postQuery(address, JSON.parse(sameBody()) as object),
  same: await figuresOf(address, sameBody, cpu),
  unique: await figuresOf(address, uniqueBody, cpu),
});
