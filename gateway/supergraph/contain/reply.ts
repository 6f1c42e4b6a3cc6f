import type { GraphQLError } from 'graphql';
import { pathName } from '../../sources';
import type { AskedPaths } from '../asked-paths';
import { UnusableAnswer } from '../bounded-answer';
import {
  logErrors,
  pathOf,
  sourceError,
  type SourceError,
  type SourcePlace,
} from '../source-answer';
import type { SourceReply } from '../source-client';
import type { Fault } from './project';

/** The state of the bodies that a request began in is gone from the source. */
export class VersionGone extends UnusableAnswer {}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parts of an answer, of which nothing is known but that they are there. */
export interface Parsed {
  readonly data: unknown;
  readonly errors: readonly SourceError[];
}

/**
 * The parts of a source's answer.
 * @throws UnusableAnswer, SyntaxError
 */
export const parseReply = ({ status, json }: Pick<SourceReply, 'status' | 'json'>): Parsed => {
  const start = () => `HTTP ${status}: ${json.subarray(0, 500).toString()}`;
  if (status === 409) throw new VersionGone(start(), 'unavailable');
  if (status !== 200) throw new UnusableAnswer(start(), 'unavailable');
  let read: unknown;
  try {
    read = JSON.parse(json.toString());
  } catch {
    throw new UnusableAnswer(`It is no JSON: ${start()}`);
  }
  if (!isObject(read)) throw new UnusableAnswer(start());
  const { data = null, errors = [] } = read;
  if (!Array.isArray(errors)) throw new UnusableAnswer('Its errors are no list.');
  if (data === null && errors.length === 0)
    throw new UnusableAnswer('It has neither data nor errors.');
  return { data, errors: errors as SourceError[] };
};

/** More errors than these say nothing that they do not. */
const MOST_READ = 100;
const MOST_TOLD = 10;

/** What a partner reports, as one error of ours, at the first place that it names and that was asked for. */
export const mapReported = (
  place: SourcePlace,
  errors: readonly SourceError[],
  asked: AskedPaths,
): GraphQLError => {
  logErrors(place, errors);
  const named = errors
    .slice(0, MOST_READ)
    .map((error) => pathOf(error?.path) ?? [])
    .filter((path) => asked.all.has(pathName(path)));
  const paths = named.length > 0 ? named.map(pathName) : asked.first;
  const { source, context, at } = place;
  context.ledger.note(
    source,
    'unavailable',
    paths.map((path) => pathName([...at, path])),
  );
  return sourceError(source, 'unavailable', named[0] ?? asked.first.slice(0, 1));
};

/** Values that were not taken, as errors at the first place of each field. */
export const mapFaults = (place: SourcePlace, faults: readonly Fault[]): GraphQLError[] => {
  const { source, context, at } = place;
  const { requestId, log, ledger } = context;
  log.error({ requestId, source, faults: faults.slice(0, MOST_TOLD) }, 'values are not taken');
  ledger.note(
    source,
    'invalid',
    faults.map(({ path }) => pathName([...at, ...path])),
  );
  return faults.slice(0, MOST_TOLD).map(({ path }) => sourceError(source, 'invalid', path));
};
