import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SigningKey } from '../../subgraphs/shared/http/keys';
import {
  ANSWER_KEY,
  type Asked,
  createRightAnswers,
  ELM_SDL,
  signAnswer,
  WILLOW_SDL,
} from './partner';

/** One sub-query that a hostile partner may answer as it likes. */
export interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly asked: Asked;
  /** How often it was asked in this behaviour, from 1. */
  readonly round: number;
  /** What a right partner would answer; fresh, to be spoilt. */
  readonly right: { data: Record<string, unknown> };
  /** The entities of the right answer. */
  readonly entities: Record<string, unknown>[];
  /** Answers with a signature that holds. */
  readonly reply: (answer: unknown, headers?: Record<string, string>, status?: number) => void;
  /** Where a redirect may lead: a service of the house that nobody outside may reach. */
  readonly inner: string;
  /** What it answered in the behaviour before this one. */
  readonly yesterday: { body: string; headers: Record<string, string> } | null;
}

/** Something that a partner does, by mistake or on purpose. */
export interface Behaviour {
  readonly name: string;
  /** What the client is told of it; any of these, where it depends on the version of Node.js. */
  readonly told: readonly string[];
  /** Whether all its sub-queries are answered so; else those for entities only. */
  readonly all?: boolean;
  readonly play: (turn: Turn) => void;
  /** What its name leads to meanwhile, in turn. */
  readonly resolve?: readonly string[];
}

const readBody = async (request: IncomingMessage): Promise<Asked> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Asked;
};

const listen = async (server: Server, host: string, port = 0): Promise<number> => {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** A right partner, a partner that plays one behaviour after the other, and a service behind the wall. */
export const openPartners = async (key: SigningKey = ANSWER_KEY) => {
  const right = { willow: createRightAnswers(WILLOW_SDL), elm: createRightAnswers(ELM_SDL) };
  let behaviour: Behaviour | null = null;
  let fired = 0;
  let ahead = 0;
  let trespasses = 0;
  let last: Turn['yesterday'] = null;
  let yesterday: Turn['yesterday'] = null;

  const inner = createServer((_request, response) => {
    trespasses += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"secret":1}}');
  });
  const heard: { headers: IncomingMessage['headers']; asked: Asked }[] = [];
  const elm = createServer((request, response) => {
    void readBody(request)
      .then(right.elm)
      .then((answer) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
      );
  });

  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await readBody(request);
    heard.push({ headers: request.headers, asked });
    const answer = await right.willow(asked);
    const reply: Turn['reply'] = (content, headers = {}, status = 200) => {
      const body = typeof content === 'string' ? content : JSON.stringify(content);
      const signed = signAnswer(body, String(request.headers.signature), {
        status,
        key,
        created: Math.floor((Date.now() + ahead) / 1000),
      });
      last = { body, headers: signed };
      response
        .writeHead(status, { 'content-type': 'application/json', ...signed, ...headers })
        .end(body);
    };
    const ofEntities = asked.variables?.representations !== undefined;
    if (!behaviour || !(behaviour.all || ofEntities)) return reply(answer);
    fired += 1;
    behaviour.play({
      request,
      response,
      asked,
      round: fired,
      right: answer,
      entities: (answer.data._entities ?? []) as Record<string, unknown>[],
      reply,
      inner: `http://127.0.0.2:${innerPort}/`,
      yesterday,
    });
  };
  const willow = createServer((request, response) => {
    request.socket.on('error', () => undefined);
    response.on('error', () => undefined);
    take(request, response).catch(() => response.destroy());
  });
  const willowPort = await listen(willow, '127.0.0.1');
  // At the same port, so that a name can lead there.
  const innerPort = await listen(inner, '127.0.0.2', willowPort);
  const elmPort = await listen(elm, '127.0.0.1');

  return {
    willow: `http://willow.test:${willowPort}/graphql`,
    elm: `http://127.0.0.1:${elmPort}/graphql`,
    /** Begins a behaviour, or the right one; connections of the former one are gone. */
    play: (next: Behaviour | null) => {
      behaviour = next;
      fired = 0;
      yesterday = last;
      willow.closeAllConnections();
    },
    /** All that the willow was asked so far. */
    heard,
    /** Moves its clock on, by which it signs. */
    pass: (ms: number) => (ahead += ms),
    fired: () => fired,
    trespasses: () => trespasses,
    close: () => {
      for (const server of [inner, elm, willow]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
};
export type Partners = Awaited<ReturnType<typeof openPartners>>;
