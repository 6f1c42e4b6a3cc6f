import type { GraphQLSchema } from 'graphql';
import type { Finding } from '../../partners';
import type { Entity } from './entity';
import type { Probe, ProbeReply } from './probe';
import { type Addressee, signedRequest } from './requests';

/** An answer of GraphQL, as far as it is one. */
export interface Answer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Null if the answer has none. */
  readonly errors: readonly unknown[] | null;
  /** Why it is no answer of GraphQL, in a sentence; null if it is one. */
  readonly problem: string | null;
  readonly ms: number;
}

/** What a check found: a sentence, and what is wrong. */
export interface Outcome {
  readonly says: string;
  readonly findings: readonly Finding[];
  /** True where there was nothing to test. */
  readonly skipped?: boolean;
}

/** What the checks work with. */
export interface Bench {
  readonly addressee: Addressee;
  readonly schema: GraphQLSchema;
  readonly entities: readonly Entity[];
  /** Keys by `Type.field`, of entities that the subgraph is thought to know. */
  readonly samples: ReadonlyMap<string, readonly string[]>;
  /** How long the gateway waits for an answer, in milliseconds. */
  readonly deadlineMs: number;
  /** Sends a request as it is. */
  readonly send: Probe;
  /** Asks as the gateway does. */
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;
}

/** One thing that is asked of a subgraph. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly run: (bench: Bench) => Promise<Outcome>;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a reply as an answer of GraphQL. */
export const answerOf = ({ status, json, problem }: ProbeReply, ms: number): Answer => {
  const none = { status, data: null, errors: null, ms };
  if (json === null) return { ...none, problem };
  let read: unknown;
  try {
    read = JSON.parse(json.toString());
  } catch {
    return { ...none, problem: 'It is no JSON.' };
  }
  if (!isObject(read)) return { ...none, problem: 'It is no JSON object.' };
  const { data = null, errors = null } = read;
  if (data !== null && !isObject(data)) return { ...none, problem: 'Its `data` is no object.' };
  if (errors !== null && (!Array.isArray(errors) || errors.length === 0))
    return { ...none, problem: 'Its `errors` is no list with something in it.' };
  const said = data !== null || errors !== null;
  return {
    status,
    data,
    errors: errors as readonly unknown[] | null,
    problem: said ? null : 'It has neither `data` nor `errors`.',
    ms,
  };
};

/** Asks in the gateway's name. */
export const createAsk =
  (addressee: Addressee, send: Probe) =>
  async (query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer> => {
    const began = performance.now();
    const reply = await send(signedRequest(addressee, JSON.stringify({ query, variables })));
    return answerOf(reply, performance.now() - began);
  };

/** What would change how the words around it are shown, or stay unseen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const LONGEST = 500;

/** Words with those of others in them, as they can be shown anywhere. */
const plain = (words: string): string =>
  words
    .slice(0, LONGEST)
    .replace(UNSEEN, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

/** Something that is wrong, with what to do about it. */
export const finding = (
  code: string,
  message: string,
  advice: string,
  about: { coordinate?: string; severity?: Finding['severity'] } = {},
): Finding => ({
  code,
  severity: about.severity ?? 'ERROR',
  coordinate: about.coordinate ?? null,
  line: null,
  column: null,
  message: plain(message),
  advice,
});

/** A value as a sentence shows it: short, and on one line. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};

/** What an error of an answer says, whatever it is. */
export const messageOf = (error: unknown): string =>
  shown((error as { message?: unknown } | null)?.message);
