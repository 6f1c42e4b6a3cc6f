import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A question as the gateway asks it. */
export interface Asked {
  query?: string;
  variables?: { representations?: { id?: string }[] };
}

/** An answer on its way back. */
export interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  text: string | Buffer;
}

/** What is done to answers of an honest subgraph; null answers nothing at all. */
export type Twist = (
  reply: Reply,
  asked: Asked,
  inFlight: number,
) => Reply | null | Promise<Reply | null>;

const textOf = async (stream: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const pass = (url: string, { method, headers }: IncomingMessage, body: string): Promise<Reply> =>
  new Promise((resolve, reject) => {
    // With the host that was asked, which the signature covers.
    const asked = request(url, { method, headers }, (answer) => {
      textOf(answer).then(
        (text) =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: { 'content-type': answer.headers['content-type'] ?? '' },
            text,
          }),
        reject,
      );
    });
    asked.on('error', reject).end(body);
  });

const parsed = (body: string): Asked => {
  try {
    return JSON.parse(body) as Asked;
  } catch {
    return {};
  }
};

/** A subgraph that is honest but for a twist. It counts how often the twist made a difference. */
export const openTwisted = async (honest: string, twist: Twist) => {
  let inFlight = 0;
  let fired = 0;
  const answer = async (asked: IncomingMessage, response: ServerResponse) => {
    const body = await textOf(asked);
    const reply = await pass(honest, asked, body);
    const before = JSON.stringify(reply);
    const twisted = await twist(reply, parsed(body), inFlight);
    if (twisted === null || JSON.stringify(twisted) !== before) fired += 1;
    if (twisted === null) return asked.socket.destroy();
    response.writeHead(twisted.status, twisted.headers).end(twisted.text);
  };
  const server = createServer((asked, response) => {
    inFlight += 1;
    answer(asked, response)
      .catch(() => asked.socket.destroy())
      .finally(() => (inFlight -= 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    fired: () => fired,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
};
