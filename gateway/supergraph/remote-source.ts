import type { GraphQLDataSource } from '@apollo/gateway';
import { formatViewer } from '../../subgraphs/shared/viewer';
import type { RequestContext } from '../context';
import { UnusableAnswer } from './bounded-answer';
import { createInFlight } from './in-flight';
import { mapSourceErrors, noAnswer, type SourceError } from './source-answer';
import type { SourceClient, SourceReply } from './source-client';

interface Answer {
  data: Record<string, unknown> | null;
  errors: SourceError[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a source's JSON says. It is parsed for each request anew, since the answer is built up within it.
 * @param asked for how many entities it was asked, or null.
 * @throws UnusableAnswer, SyntaxError
 */
const readAnswer = ({ status, json }: SourceReply, asked: number | null): Answer => {
  const read: unknown = JSON.parse(json.toString());
  if (status !== 200 || !isObject(read))
    throw new UnusableAnswer(`HTTP ${status}: ${json.subarray(0, 500).toString()}`);
  const { data = null, errors = [] } = read;
  if (data !== null && !isObject(data)) throw new UnusableAnswer('Its data is no object.');
  if (!Array.isArray(errors)) throw new UnusableAnswer('Its errors are no list.');
  if (data === null && errors.length === 0)
    throw new UnusableAnswer('It has neither data nor errors.');
  const entities = data?._entities;
  if (asked !== null && data !== null && (!Array.isArray(entities) || entities.length !== asked))
    throw new UnusableAnswer(`It has not the ${asked} entities that it was asked for.`);
  return { data, errors: errors as SourceError[] };
};

const leaveAfter = (context: RequestContext) => {
  const stop = new AbortController();
  const leave = () => stop.abort(context.signal.reason);
  if (context.signal.aborted) leave();
  context.signal.addEventListener('abort', leave, { once: true });
  const late = () => stop.abort(new UnusableAnswer('The request had no more time for it.'));
  const timer = setTimeout(late, Math.max(0, context.deadline - Date.now()));
  return {
    signal: stop.signal,
    done: () => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', leave);
    },
  };
};

/** What a source's owner wants to hear of its replies. */
export interface RemoteListener {
  /** A version of the bodies that the source has. */
  onVersion: (version: number) => void;
  /** The request's version is not at the source any more, or not yet. */
  onGone: () => void;
}

/**
 * A source over HTTP, asked once for identical sub-queries under way. Its errors are told as those of
 * a local one; whatever else goes wrong is the source not answering.
 * @param sharing false asks for each sub-query alone, for benches that compare.
 */
export const createRemoteSource = (
  name: string,
  client: SourceClient,
  { onVersion, onGone }: RemoteListener,
  sharing = true,
): GraphQLDataSource => {
  const { share } = createInFlight<SourceReply>();
  return {
    process: async ({ request: { query, variables, operationName }, context: given }) => {
      const context = given as unknown as RequestContext;
      const body = JSON.stringify({ query, variables, operationName });
      const viewer = formatViewer(context.viewer);
      const headers = { 'peacegraph-viewer': viewer, 'peacegraph-request': context.requestId };
      const { signal, done } = leaveAfter(context);
      const ask = (until: AbortSignal) =>
        client.ask({ method: 'POST', path: '/graphql', body, headers }, until);
      try {
        // The key is all that is sent but the request's id.
        const reply = await (sharing ? share(`${viewer}\n${body}`, signal, ask) : ask(signal));
        if (reply.version !== null) onVersion(reply.version);
        if (reply.status === 409) {
          context.outdated.add(name);
          onGone();
        }
        const { representations } = (variables ?? {}) as { representations?: unknown };
        const { data, errors } = readAnswer(
          reply,
          Array.isArray(representations) ? representations.length : null,
        );
        return {
          data,
          errors: errors.length > 0 ? mapSourceErrors(name, errors, context) : undefined,
        } as never;
      } catch (error) {
        return noAnswer(name, error, context) as never;
      } finally {
        done();
      }
    },
  };
};
