import type { Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Behaviour, Turn } from './server';

const JSON_TYPE = { 'content-type': 'application/json' };
const SECRET = 'postgres://keeper:s3cret@db.inner.example/peace';

/** Writes past HTTP, to the socket. */
const raw = ({ request }: Turn, ...parts: (string | Buffer)[]): Socket => {
  const { socket } = request;
  for (const part of parts) socket.write(part);
  return socket;
};

/** Writes again and again until the other side goes away. */
const endless = (turn: Turn, head: string, part: string | Buffer, everyMs: number) => {
  const socket = raw(turn, head);
  const timer = setInterval(() => socket.writableNeedDrain || socket.write(part), everyMs);
  socket.on('close', () => clearInterval(timer));
};
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** What a partner does to the connection, to HTTP and to packing. */
export const ON_THE_WIRE: readonly Behaviour[] = [
  { name: 'never answers', told: ['timeout'], all: true, play: () => undefined },
  {
    name: 'sends headers and nothing more',
    told: ['timeout'],
    play: ({ response }) => response.writeHead(200, JSON_TYPE).flushHeaders(),
  },
  {
    name: 'drips a byte at a time',
    told: ['timeout'],
    play: (turn) => endless(turn, `${HEAD}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n', 10),
  },
  {
    name: 'never comes to an end',
    told: ['invalid'],
    play: (turn) => endless(turn, `${HEAD}\r\n`, Buffer.alloc(256 * 1024, 0x20), 1),
  },
  {
    name: 'sends 100 MB',
    told: ['invalid'],
    play: (turn) => {
      const socket = raw(turn, `${HEAD}content-length: 100000000\r\n\r\n`);
      const part = Buffer.alloc(1_000_000, 0x20);
      const more = (left: number) => {
        if (left > 0 && !socket.destroyed) socket.write(part, () => more(left - 1));
      };
      more(100);
    },
  },
  {
    name: 'sends 150 kB of gzip that unpack to 150 MB',
    told: ['invalid'],
    play: ({ response }) =>
      response
        .writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' })
        .end(Buffer.concat(Array<Buffer>(150).fill(gzipSync(Buffer.alloc(1_000_000, 0x20))))),
  },
  {
    name: 'calls gzip what is none',
    told: ['invalid'],
    play: ({ response }) =>
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end('plain'),
  },
  {
    name: 'packs in a way that nobody asked for',
    told: ['invalid'],
    play: ({ response, right }) =>
      response
        .writeHead(200, { ...JSON_TYPE, 'content-encoding': 'br' })
        .end(brotliCompressSync(JSON.stringify(right))),
  },
  {
    name: 'resets the connection',
    told: ['unavailable'],
    all: true,
    play: ({ request }) => request.socket.resetAndDestroy(),
  },
  {
    name: 'resets the connection half-way',
    told: ['unavailable'],
    play: (turn) =>
      raw(turn, `${HEAD}content-length: 1000\r\n\r\n`).write('{"data":', () =>
        turn.request.socket.resetAndDestroy(),
      ),
  },
  {
    name: 'half-closes the socket and answers nothing',
    told: ['unavailable'],
    play: ({ request }) => request.socket.end(),
  },
  {
    name: 'half-closes the socket amid its headers',
    told: ['unavailable'],
    play: (turn) => raw(turn, 'HTTP/1.1 200 OK\r\ncontent-type: appli').end(),
  },
  {
    name: 'half-closes the socket amid its body',
    told: ['unavailable'],
    play: (turn) => raw(turn, `${HEAD}content-length: 1000\r\n\r\n`, '{"data":{').end(),
  },
  {
    name: 'promises more bytes than it sends, and waits',
    told: ['timeout'],
    play: (turn) => raw(turn, `${HEAD}content-length: 1000\r\n\r\n`, '{"data":{}}'),
  },
  {
    name: 'speaks no HTTP',
    told: ['unavailable'],
    play: (turn) => raw(turn, '220 mail.willow.example ESMTP\r\n'),
  },
  {
    name: 'sends headers without end',
    told: ['unavailable'],
    play: (turn) => endless(turn, HEAD, `x-${'y'.repeat(500)}: ${'z'.repeat(4000)}\r\n`, 1),
  },
  {
    name: 'says again and again that it goes on',
    told: ['timeout', 'unavailable'],
    play: (turn) => endless(turn, '', 'HTTP/1.1 102 Processing\r\n\r\n', 2),
  },
  {
    name: 'switches to another protocol',
    told: ['unavailable'],
    play: (turn) =>
      raw(
        turn,
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      ),
  },
  {
    name: 'adds junk to every chunk',
    told: ['timeout', 'unavailable'],
    play: (turn) =>
      endless(
        turn,
        `${HEAD}transfer-encoding: chunked\r\n\r\n`,
        `1;${'junk'.repeat(500)}\r\n \r\n`,
        2,
      ),
  },
  {
    name: 'gives two lengths of its body',
    told: ['unavailable'],
    play: (turn) =>
      raw(turn, `${HEAD}content-length: 11\r\ncontent-length: 12\r\n\r\n{"data":{}}x`),
  },
  {
    name: 'sends a second answer after its first',
    told: ['ok', 'unavailable'],
    play: (turn) => {
      turn.reply(turn.right);
      const evil = '{"data":{"_entities":[{"willowWeb_motto":"evil"}]}}';
      turn.response.once('finish', () =>
        raw(turn, `${HEAD}content-length: ${evil.length}\r\n\r\n${evil}`),
      );
    },
  },
  {
    name: 'answers right, but late',
    told: ['timeout'],
    play: (turn) => void setTimeout(() => turn.reply(turn.right), 600),
  },
  {
    name: 'redirects into the house',
    told: ['unavailable'],
    all: true,
    play: ({ response, inner }) =>
      response.writeHead(307, { ...JSON_TYPE, location: inner }).end('{}'),
  },
  {
    name: 'redirects by a page that went through',
    told: ['unavailable'],
    play: ({ response, inner }) => response.writeHead(302, { location: inner }).end(),
  },
  {
    name: 'has a name that leads into the house the next time',
    told: ['invalid'],
    resolve: ['127.0.0.2', '127.0.0.2'],
    all: true,
    play: ({ request }) => request.socket.destroy(),
  },
  {
    name: 'fails with a connection string in its page',
    told: ['unavailable'],
    play: ({ response }) =>
      response.writeHead(500, { 'content-type': 'text/html' }).end(`<h1>${SECRET}</h1>`),
  },
  {
    name: 'answers with a page',
    told: ['invalid'],
    play: ({ response }) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<script>${SECRET}</script>`),
  },
  {
    name: 'answers in several parts',
    told: ['invalid'],
    play: ({ response, right }) =>
      response
        .writeHead(200, { 'content-type': 'multipart/mixed; boundary="-"' })
        .end(`---\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(right)}\r\n-----`),
  },
  {
    name: 'forbids by its status',
    told: ['unavailable'],
    play: ({ reply }) =>
      reply(
        { errors: [{ message: SECRET, extensions: { code: 'UNAUTHENTICATED' } }] },
        { 'www-authenticate': 'Basic realm="phish"' },
        401,
      ),
  },
  {
    name: 'has no content',
    told: ['unavailable', 'invalid'],
    play: ({ response }) => response.writeHead(204).end(),
  },
  {
    name: 'wants its answer kept for a year, and sets a cookie',
    told: ['ok'],
    play: ({ reply, right }) =>
      reply(right, {
        'cache-control': 'public, max-age=31536000',
        'set-cookie': 'evil=1; Path=/',
        'access-control-allow-origin': 'https://evil.example',
      }),
  },
];
