import type { GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from 'pino';
import { readPublicKeys, type SigningKey } from '../../subgraphs/shared/http/keys';
import type { Partner, PublishedSubgraph } from '../partners';
import type { SourceLimits } from './bounded-answer';
import { type AddressRules, createAddressRules } from './contain/addresses';
import { type Breaker, createBreaker } from './contain/breaker';
import { type BulkheadLimits, createBulkhead } from './contain/bulkhead';
import { createGuard } from './contain/guard';
import { createLastAnswers } from './contain/last-answers';
import { createStanding, type Standing } from './contain/standing';
import { createRemoteSource } from './remote-source';
import { createSourceClient, type SourceClient } from './source-client';
import { readSubgraphSchema } from './subgraph-schema';

/** What one answer of a partner may take, and how many requests it gets. */
export type PartnerLimits = SourceLimits & BulkheadLimits;

/** `resting`: it failed too often and is left alone for a while. */
export type PartnerState = 'up' | 'resting' | 'quarantined';

/** The sources of partners, and what is known of them. */
export interface PartnerSources {
  /**
   * The source of a partner's served version. It goes on to later ones of the same schema, which need no
   * other supergraph; to one of another schema its own supergraph does not lead.
   */
  sourceOf(name: string): GraphQLDataSource | undefined;
  /**
   * What is served from now on. Sources that were handed out before answer on, so that requests under way
   * end in what they began in.
   * @throws GraphQLError, KeyError if one cannot be served; nothing changes then.
   */
  set(published: readonly PublishedSubgraph[]): void;
  states(): Record<string, PartnerState>;
  /** Asks a partner nothing until it is readmitted; also one that is not served yet. */
  quarantine(name: string): void;
  readmit(name: string): void;
  close(): Promise<void>;
}

interface PartnerParts {
  /** With which requests are signed. */
  readonly key: SigningKey;
  readonly limits: Readonly<Record<Exclude<Partner['trust'], 'CORE'>, PartnerLimits>>;
  readonly addresses: AddressRules;
  /** Told once when a partner breaks the contract too often, with the last breach. */
  readonly onQuarantine: (name: string, reason: string) => void;
  /** How old an answer may be that stands in for a partner that cannot be reached; default: none does. */
  readonly lastGoodMs?: (partner: Partner) => number;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

interface Served {
  readonly published: PublishedSubgraph;
  readonly client: SourceClient;
  readonly breaker: Breaker;
  readonly source: GraphQLDataSource;
}

const isSame = (a: PublishedSubgraph, b: PublishedSubgraph): boolean =>
  a.version === b.version &&
  a.url === b.url &&
  a.sdl === b.sdl &&
  a.trust === b.trust &&
  a.answerKey === b.answerKey;

/** Asks partners' subgraphs, and keeps what they do from everybody else. */
export const createPartnerSources = (parts: PartnerParts): PartnerSources => {
  const { key, limits, onQuarantine, lastGoodMs = () => 0, log, clock = Date.now } = parts;
  const guard = createAddressRules(parts.addresses);
  /** By name and for good: neither a new version nor a retirement ends a quarantine. */
  const standings = new Map<string, Standing>();
  let served: ReadonlyMap<string, Served> = new Map();

  const standingOf = (name: string): Standing => {
    const known =
      standings.get(name) ??
      createStanding((reason) => {
        log.error({ source: name, reason }, 'a partner is in quarantine');
        onQuarantine(name, reason);
      }, clock);
    standings.set(name, known);
    return known;
  };

  const serve = (published: PublishedSubgraph): Served => {
    const { name, trust, version, licence, url, sdl, answerKey } = published;
    // Who is named CORE here is still no subgraph of ours.
    const own = limits[trust === 'VERIFIED' ? 'VERIFIED' : 'PROVISIONAL'];
    const schema = readSubgraphSchema(sdl);
    const [answersWith = null] = answerKey === null ? [] : readPublicKeys(answerKey).values();
    const client = createSourceClient({ name, url }, key, own, guard.connector(own.deadlineMs));
    const breaker = createBreaker(clock);
    const source = createRemoteSource({
      about: { name, trust: trust === 'CORE' ? 'PROVISIONAL' : trust, version, licence, schema },
      client,
      limits: own,
      path: '',
      guard: createGuard({
        standing: standingOf(name),
        breaker,
        bulkhead: createBulkhead(own),
        lastAnswers: createLastAnswers(lastGoodMs(published), clock),
        answerKey: answersWith,
        clock,
      }),
    });
    return { published, client, breaker, source };
  };

  return {
    sourceOf: (name) => {
      const mine = served.get(name);
      return (
        mine && {
          process: (options) => {
            const now = served.get(name);
            const isSameGraph = now?.published.sdl === mine.published.sdl;
            return (isSameGraph ? now : mine).source.process(options);
          },
        }
      );
    },
    set: (published) => {
      // Connections of what is served no more end by themselves once they are idle.
      served = new Map(
        published.map((one) => {
          const known = served.get(one.name);
          return [one.name, known && isSame(known.published, one) ? known : serve(one)];
        }),
      );
    },
    states: () =>
      Object.fromEntries(
        [...served].map(([name, { breaker }]) => [
          name,
          standingOf(name).isQuarantined() ? 'quarantined' : breaker.isOpen() ? 'resting' : 'up',
        ]),
      ),
    quarantine: (name) => standingOf(name).quarantine(),
    readmit: (name) => standingOf(name).readmit(),
    close: async () => {
      await Promise.all([...served.values()].map(({ client }) => client.close()));
    },
  };
};
