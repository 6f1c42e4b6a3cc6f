import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import { formatViewer } from '../../subgraphs/shared/viewer';
import type { RequestContext } from '../context';
import type { Trust } from '../partners';
import { pathName } from '../sources';
import { placeOf } from './asked-paths';
import { type SourceLimits, UnusableAnswer } from './bounded-answer';
import { checkEntityKeys } from './contain/entity-keys';
import type { Guard } from './contain/guard';
import { createProjection, type Fault } from './contain/project';
import { mapFaults, mapReported, parseReply, VersionGone } from './contain/reply';
import { ownTurn } from './contain/turns';
import { createInFlight } from './in-flight';
import { mapSourceErrors, noAnswer, type SourceError, type SourcePlace } from './source-answer';
import type { SourceClient, SourceReply } from './source-client';
import { createSubQueries, type SubQuery } from './sub-query';

/** What is known of a source before it is asked. */
export interface SourceAbout {
  readonly name: string;
  readonly trust: Trust;
  /** A partner's published version; null for ours. */
  readonly version: number | null;
  readonly licence: string | null;
  /** Its published schema, by which its answers are judged. */
  readonly schema: GraphQLSchema;
}

/** What the owner of a source of ours wants to hear of its replies. */
export interface RemoteListener {
  /** A version of the bodies that the source has. */
  onVersion: (version: number) => void;
  /** The request's version is not at the source any more, or not yet. */
  onGone: () => void;
}

/** The parts of a source over HTTP. */
export interface RemoteParts {
  readonly about: SourceAbout;
  readonly client: SourceClient;
  readonly limits: Pick<SourceLimits, 'list' | 'text'>;
  /** Where the source answers, after its address. */
  readonly path: string;
  /** For ours. */
  readonly listener?: RemoteListener;
  /** For partners. */
  readonly guard?: Guard;
  /** False asks for each sub-query alone, for benches that compare. */
  readonly sharing?: boolean;
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly SourceError[];
  readonly faults: readonly Fault[];
}

const leaveAfter = (context: RequestContext) => {
  const stop = new AbortController();
  const leave = () => stop.abort(context.signal.reason);
  if (context.signal.aborted) leave();
  context.signal.addEventListener('abort', leave, { once: true });
  const late = () =>
    stop.abort(new UnusableAnswer('The request had no more time for it.', 'timeout'));
  const timer = setTimeout(late, Math.max(0, context.deadline - Date.now()));
  return {
    signal: stop.signal,
    done: () => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', leave);
    },
  };
};

/** Reads answers of a source as far as they are what was asked for. */
const createReader = ({ schema, trust }: SourceAbout, limits: RemoteParts['limits']) => {
  const ours = trust === 'CORE';
  const project = createProjection(schema, { ours, ...limits });
  return async (
    reply: Pick<SourceReply, 'status' | 'json'>,
    { shape, representations }: SubQuery,
  ): Promise<Answer> => {
    await ownTurn(reply.json.length);
    const { data, errors } = parseReply(reply);
    if (data === null) return { data: null, errors, faults: [] };
    await ownTurn(reply.json.length);
    const types = representations?.map(({ __typename }) => __typename) ?? null;
    const projected = project(shape, data, types);
    const entities = projected.data?._entities;
    if (!ours && representations && Array.isArray(entities))
      checkEntityKeys(entities, representations);
    return { errors, ...projected };
  };
};

/**
 * A source over HTTP, asked once for identical sub-queries under way. Of what it answers only that is taken
 * which was asked for and fits its schema; whatever goes wrong is told in words of ours.
 */
export const createRemoteSource = (parts: RemoteParts): GraphQLDataSource => {
  const { about, client, listener, guard, path, sharing = true } = parts;
  const { name, version, licence, schema } = about;
  const ours = about.trust === 'CORE';
  const subQueryOf = createSubQueries(schema, ours);
  const read = createReader(about, parts.limits);
  const { share } = createInFlight<() => Promise<Answer>>();

  /** Asks for a sub-query; each who takes the answer has it anew, since theirs is built up within it. */
  const ask = async (
    subQuery: SubQuery,
    { key, headers }: { key: string; headers: Record<string, string> },
    until: AbortSignal,
  ) => {
    const send = () => client.ask({ method: 'POST', path, body: subQuery.body, headers }, until);
    try {
      const reply = await (guard ? guard.run(until, send) : send());
      if (reply.version !== null) listener?.onVersion(reply.version);
      let first: Answer | null = await read(reply, subQuery);
      if (first.errors.length + first.faults.length === 0) guard?.keep(key, reply.json);
      return async () => {
        const mine = first;
        first = null;
        return mine ?? read(reply, subQuery);
      };
    } catch (error) {
      guard?.judge(error);
      throw error;
    }
  };

  /** Notes where the fields of a sub-query came from. */
  const cameFrom = ({ context, at }: SourcePlace, { asked }: SubQuery, keptAt?: number) => {
    if (!context.showProvenance) return;
    context.ledger.fetched({
      source: name,
      version,
      licence,
      asOf: new Date(keptAt ?? Date.now()).toISOString(),
      cached: keptAt !== undefined,
      paths: asked.leaves.map((leaf) => pathName([...at, leaf])),
    });
  };

  const answerOf = (place: SourcePlace, { asked }: SubQuery, answer: Answer) => {
    const { data, errors: reported, faults } = answer;
    place.context.ledger.note(name, 'ok');
    const errors = [
      ...(ours ? mapSourceErrors(place, reported) : []),
      ...(!ours && reported.length > 0 ? [mapReported(place, reported, asked)] : []),
      ...(faults.length > 0 ? mapFaults(place, faults) : []),
    ];
    return { data, errors: errors.length > 0 ? errors : undefined };
  };

  /** What stands in for an answer that did not come, if there is something. */
  const standIn = async (place: SourcePlace, subQuery: SubQuery, key: string, failure: unknown) => {
    const { context, at } = place;
    const kept = context.allOrNothing ? null : guard?.standIn(key, failure);
    if (!kept) return null;
    const { data } = await read({ status: 200, json: kept.json }, subQuery);
    const paths = subQuery.asked.first.map((field) => pathName([...at, field]));
    context.ledger.note(name, 'stale', paths, kept.at);
    cameFrom(place, subQuery, kept.at);
    return { data };
  };

  return {
    process: async (options) => {
      const context = options.context as unknown as RequestContext;
      const place: SourcePlace = { source: name, context, at: placeOf(options) };
      const subQuery = subQueryOf(options.request);
      const viewer = formatViewer(context.viewer);
      const headers = {
        ...(ours && { 'peacegraph-viewer': viewer }),
        'peacegraph-request': context.requestId,
      };
      // All that is sent but the request's id: nothing else can change the answer.
      const key = ours ? `${viewer}\n${subQuery.body}` : subQuery.body;
      const { signal, done } = leaveAfter(context);
      const work = (until: AbortSignal) => ask(subQuery, { key, headers }, until);
      try {
        guard?.admit();
        const take = await (sharing ? share(key, signal, work) : work(signal));
        const answer = await take();
        cameFrom(place, subQuery);
        return answerOf(place, subQuery, answer) as never;
      } catch (error) {
        if (error instanceof VersionGone) {
          context.outdated.add(name);
          listener?.onGone();
        }
        const { asked, representations } = subQuery;
        return ((await standIn(place, subQuery, key, error)) ??
          noAnswer(place, error, {
            entities: representations !== null,
            fields: asked.first,
          })) as never;
      } finally {
        done();
      }
    },
  };
};
