import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { verifyReport } from '../../gateway/registry/conformance/report';
import {
  type ConformanceTask,
  PROBE_LIMITS,
  runConformance,
} from '../../gateway/registry/conformance/run';
import { createProbe } from '../../gateway/supergraph/probe';
import type { PartnerFolder } from '../../scripts/partner/folder';
import { freePort, type PartnerProcess, startPartner } from '../../scripts/partner/process';
import { publicText, readPublicKeys } from '../../subgraphs/shared/http/keys';
import { openPartnerFolders } from '../support/partner-folders';
import { openTwisted, type Reply, type Twist } from '../support/twisted';

let folders: Awaited<ReturnType<typeof openPartnerFolders>>;
let folder: PartnerFolder;
let honest: PartnerProcess;
let open: PartnerProcess;
beforeAll(async () => {
  folders = await openPartnerFolders();
  folder = await folders.make('willow-web', 'node');
  honest = await startPartner(folder, { port: await freePort() });
  open = await startPartner(folder, { port: await freePort(), access: ['--unsigned'] });
});
afterAll(async () => {
  await honest.stop();
  await open.stop();
  await folders.close();
});

const LIMITS = { ...PROBE_LIMITS, bytes: 200_000, unpackedBytes: 400_000 };
const test = (url: string, more: Partial<ConformanceTask> = {}) =>
  runConformance({
    name: 'willow-web',
    url,
    key: folder.key,
    probe: createProbe(LIMITS),
    deadlineMs: LIMITS.deadlineMs,
    ...more,
  });
/** What a twisted subgraph is found to be, without duplicates. */
const codesOf = async (twist: Twist, url = honest.url): Promise<string[]> => {
  const twisted = await openTwisted(url, twist);
  try {
    const { findings, passed } = await test(twisted.url);
    expect(twisted.fired()).toBeGreaterThan(0);
    expect(passed).toBe(!findings.some(({ severity }) => severity === 'ERROR'));
    return [...new Set(findings.map(({ code }) => code))];
  } finally {
    await twisted.close();
  }
};

type Json = Record<string, unknown>;
interface Body {
  data?: Json & { _entities?: (Json | null)[]; willowWeb_trainings?: (Json | null)[] };
  errors?: Json[];
}
const isKnown = (one: Json | null): one is Json => one !== null;
/** Changes an answer’s JSON. */
const inBody =
  (change: (body: Body, asked: Parameters<Twist>[1]) => Body): Twist =>
  (reply, asked) => ({
    ...reply,
    text: JSON.stringify(change(JSON.parse(String(reply.text)) as Body, asked)),
  });
const inEntities = (change: (entities: (Json | null)[], keys: string[]) => (Json | null)[]) =>
  inBody((body, { variables }) => {
    const keys = (variables?.representations ?? []).map(({ id = '' }) => id);
    return body.data?._entities
      ? { ...body, data: { _entities: change(body.data._entities, keys) } }
      : body;
  });
const inKnown = (change: (one: Json) => Json) =>
  inEntities((entities) => entities.map((one) => (isKnown(one) ? change(one) : one)));
const inTrainings = (change: (one: Json) => Json) =>
  inBody((body) =>
    body.data?.willowWeb_trainings
      ? {
          ...body,
          data: {
            ...body.data,
            willowWeb_trainings: body.data.willowWeb_trainings
              .filter(isKnown)
              .map((one) => ('title' in one ? change(one) : one)),
          },
        }
      : body,
  );
const inSdl = (change: (sdl: string) => string): Twist =>
  inBody((body) => {
    const service = body.data?._service as { sdl?: string } | undefined;
    return service?.sdl === undefined
      ? body
      : { ...body, data: { ...body.data, _service: { sdl: change(service.sdl) } } };
  });
const both =
  (first: Twist, second: Twist): Twist =>
  async (reply, asked, inFlight) => {
    const between = await first(reply, asked, inFlight);
    return between && second(between, asked, inFlight);
  };
/** Changes answers that say that something was wrong with a question. */
const whenRefusing =
  (change: (reply: Reply) => Reply): Twist =>
  (reply) =>
    reply.status === 400 ? change(reply) : reply;

describe('an honest subgraph', () => {
  it('passes, with a report that its gateway signed', async () => {
    const sdl = await readFile(path.join(folder.folder, 'schema.graphql'), 'utf8');
    const { passed, findings, report } = await test(honest.url, { sdl });
    expect([passed, findings]).toEqual([true, []]);
    expect(report.report.checks.map(({ verdict }) => verdict)).toEqual(Array(11).fill('PASSED'));
    expect(report.report.latency).toMatchObject({ requests: 200 });
    expect(verifyReport(report, readPublicKeys(publicText(folder.key)))).toBe(true);
  });

  it('passes with packed answers', async () => {
    const packed: Twist = (reply) => ({
      ...reply,
      headers: { ...reply.headers, 'content-encoding': 'gzip' },
      text: gzipSync(reply.text),
    });
    expect(await codesOf(packed)).toEqual([]);
  });
});

describe('a subgraph without entities that can be asked for', () => {
  it.each([
    ['none', (sdl: string) => sdl.replace('@key(fields: "id")', ''), 'entities by 0 keys'],
    [
      'by a number',
      (sdl: string) =>
        sdl
          .replace('"id")', '"willowWeb_people")')
          .replace('willowWeb_people: Int', 'willowWeb_people: Int!'),
      'not tested, since their keys are not one text: Organisation by willowWeb_people',
    ],
  ])('passes, and the report says what was not tested: %s', async (_what, change, says) => {
    const twisted = await openTwisted(honest.url, inSdl(change));
    const { passed, report } = await test(twisted.url);
    await twisted.close();
    const skipped = report.report.checks.filter(({ verdict }) => verdict === 'SKIPPED');
    expect(passed).toBe(true);
    expect(skipped.map(({ id }) => id)).toEqual([
      'entities-order',
      'entities-unknown',
      'entities-many',
      'entities-values',
    ]);
    expect(report.report.checks[0]?.says).toContain(says);
  });
});

describe('a subgraph that does wrong is told so', () => {
  it.each<[what: string, code: string, twist: Twist]>([
    ['drops unknown entities', 'ENTITY_COUNT', inEntities((all) => all.filter(isKnown))],
    ['adds an entity', 'ENTITY_COUNT', inEntities((all) => [...all, null])],
    ['answers entities in another order', 'ENTITY_ORDER', inEntities((all) => all.toReversed())],
    [
      'answers the same key in two ways',
      'ENTITY_DUPLICATE',
      inEntities((all) =>
        all.map((one, place) =>
          one && 'willowWeb_people' in one ? { ...one, willowWeb_people: place } : one,
        ),
      ),
    ],
    [
      'knows what nobody can know',
      'ENTITY_UNKNOWN',
      inEntities((all, keys) =>
        all.map(
          (one, place) =>
            one ?? { __typename: 'Organisation', id: keys[place], willowWeb_people: 7 },
        ),
      ),
    ],
    [
      'answers an error for what it does not know',
      'ENTITY_FAILED',
      inBody((body) =>
        body.data?._entities?.includes(null)
          ? { ...body, errors: [{ message: 'There is no such body.' }] }
          : body,
      ),
    ],
    ['names a foreign type', 'TYPENAME', inKnown((one) => ({ ...one, __typename: 'Network' }))],
    ['adds what was not asked for', 'FIELD_NOT_ASKED', inKnown((one) => ({ ...one, name: 'x' }))],
    [
      'leaves out what was asked for',
      'FIELD_MISSING',
      inKnown(({ willowWeb_people: _, ...one }) => one),
    ],
    [
      'answers a text for a number',
      'VALUE_TYPE',
      inKnown((one) => ('willowWeb_people' in one ? { ...one, willowWeb_people: '24' } : one)),
    ],
    [
      'answers a word that its enum has not',
      'VALUE_TYPE',
      inTrainings((one) => ({ ...one, form: 'BY_POST' })),
    ],
    ['answers an object for a text', 'VALUE_TYPE', inTrainings((one) => ({ ...one, title: {} }))],
    ['answers a list for an object', 'VALUE_TYPE', inTrainings((one) => ({ ...one, host: [] }))],
    [
      'answers null where its schema says that there is none',
      'NULL_IN_NON_NULL',
      both(
        inSdl((sdl) => sdl.replace('title: String', 'title: String!')),
        inTrainings((one) => ({ ...one, title: null })),
      ),
    ],
    [
      'fails to answer a root field',
      'FIELD_FAILED',
      inBody((body) =>
        body.data?.willowWeb_trainings
          ? { data: { willowWeb_trainings: undefined }, errors: [{ message: 'Out of order.' }] }
          : body,
      ),
    ],
    [
      'answers errors that are none',
      'FIELD_FAILED',
      (reply) => ({ ...reply, text: String(reply.text).replace(/^{/, '{"errors":[null],') }),
    ],
    [
      'answers wrong questions with a page',
      'ERROR_FORM',
      whenRefusing((reply) => ({
        ...reply,
        headers: { 'content-type': 'text/html' },
        text: '<h1>Bad</h1>',
      })),
    ],
    [
      'ends wrong questions with 500',
      'ERROR_STATUS',
      whenRefusing((reply) => ({ ...reply, status: 500 })),
    ],
    [
      'answers wrong questions as if they were right',
      'ERROR_MISSING',
      whenRefusing((reply) => ({ ...reply, status: 200, text: '{"data":{"x":1}}' })),
    ],
    [
      'shows its inside',
      'ERROR_TELLS',
      whenRefusing((reply) => ({
        ...reply,
        text: JSON.stringify({ errors: [{ message: 'No.\n    at run (/srv/app.js:3:4)' }] }),
      })),
    ],
    [
      'sets cookies',
      'COOKIE',
      (reply) => ({ ...reply, headers: { ...reply.headers, 'set-cookie': 'a=b' } }),
    ],
    [
      'leads elsewhere',
      'REDIRECT',
      whenRefusing((reply) => ({
        ...reply,
        status: 307,
        headers: { location: 'http://127.0.0.1/' },
      })),
    ],
    [
      'packs in a way that nobody asked for',
      'BODY',
      whenRefusing((reply) => ({
        ...reply,
        headers: { ...reply.headers, 'content-encoding': 'br' },
      })),
    ],
    [
      'answers without end',
      'BODY',
      whenRefusing((reply) => ({ ...reply, text: 'x'.repeat(300_000) })),
    ],
    ['hangs up when many ask', 'LOAD', (reply, _asked, inFlight) => (inFlight > 20 ? null : reply)],
  ])('%s: %s', async (_what, code, twist) => {
    expect(await codesOf(twist)).toContain(code);
  });

  it('does not outlive a heavy query: FALLEN', async () => {
    let fallen = false;
    const twist: Twist = (reply, { query = '' }) => {
      fallen ||= query.length > 900_000;
      return fallen ? null : reply;
    };
    expect(await codesOf(twist)).toContain('FALLEN');
  });

  it('is slow when many ask: LOAD', async () => {
    const slow: Twist = async (reply, _asked, inFlight) => {
      if (inFlight > 20) await wait(1500);
      return reply;
    };
    const twisted = await openTwisted(honest.url, slow);
    const limits = { ...LIMITS, deadlineMs: 1000 };
    const { findings } = await test(twisted.url, { probe: createProbe(limits), deadlineMs: 1000 });
    await twisted.close();
    expect(findings.map(({ code }) => code)).toContain('LOAD');
  });

  it('answers everybody: one finding for each kind of request that it should refuse', async () => {
    const { passed, findings } = await test(open.url);
    expect(passed).toBe(false);
    expect(findings.map(({ code, message }) => [code, message])).toEqual(
      [
        'without a signature',
        'signed two minutes ago',
        'signed for later',
        'with another body than the one that was signed',
        'signed for another address',
        'signed for another partner',
        'signed with a key that is not the gateway’s',
        'whose signature leaves out the body',
        'that was answered before',
      ].map((what) => ['SIGNATURE_NOT_CHECKED', `A request ${what} is answered with data.`]),
    );
  });

  it('runs another schema than the one that is published', async () => {
    const { findings } = await test(honest.url, { sdl: 'type Query { willowWeb_other: Int }' });
    expect(findings[0]).toMatchObject({ code: 'SCHEMA_DIFFERS' });
  });

  it('does not take the gateway’s signature, or says no schema, or one that cannot be read', async () => {
    for (const twist of [
      ((reply) => ({ ...reply, status: 401, text: '{"errors":[{"message":"No."}]}' })) as Twist,
      inSdl(() => 'type Query {'),
      inBody((body) => (body.data?._service ? { data: {} } : body)),
    ])
      expect(await codesOf(twist)).toEqual(['SDL']);
  });

  it('is not there, or never answers', async () => {
    const nowhere = await test(`http://127.0.0.1:${await freePort()}/graphql`);
    expect(nowhere.findings).toMatchObject([{ code: 'SDL' }]);
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const { findings } = await test(`http://127.0.0.1:${port}/graphql`, {
      probe: createProbe({ ...LIMITS, deadlineMs: 200 }),
    });
    expect(findings).toMatchObject([{ code: 'SDL' }]);
    silent.closeAllConnections();
    silent.close();
  });

  it('is so slow that the test would never end', async () => {
    const { findings } = await test(honest.url, { longestMs: 1 });
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['TIME_UP']));
  });

  it('knows none of the keys that were tried: a warning', async () => {
    const nothing = inBody((body) =>
      body.data?.willowWeb_trainings ? { data: { ...body.data, willowWeb_trainings: [] } } : body,
    );
    const twisted = await openTwisted(honest.url, nothing);
    const { passed, findings } = await test(twisted.url);
    const given = await test(twisted.url, { keys: { Organisation: ['PG-FICTIONAL-0008'] } });
    await twisted.close();
    expect(passed).toBe(true);
    expect(findings).toMatchObject([{ code: 'ENTITY_NONE_KNOWN', severity: 'WARNING' }]);
    expect(given.findings).toEqual([]);
  });
});
