import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { readConfig, type Running, start } from '../../../../gateway';
import { openKeys } from '../../../../gateway/access/open';
import { anOrganisation, aSource, writeEdition } from '../../../support/organisations';
import { placeIn } from '../../../support/databases';
import { openContainedSources } from '../../../../gateway/partner-parts';
import {
  createSigningKey,
  publicText,
  readPublicKeys,
} from '../../../../subgraphs/shared/http/keys';
import { partnerSdl, servePartner, type TestPartner } from '../../../support/partner';

const key = createSigningKey();
const known = readPublicKeys(publicText(key));
let folder: string;
let place: Record<string, string>;
let partner: TestPartner;
let running: Running;
let steward: string;
let willow: string;
let heron: string;
let breakContract: (name: string, reason: string) => void;

const begin = () =>
  start(
    readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...place }),
    async (graph) => {
      await writeEdition(
        graph.organisations,
        [anOrganisation({ key: 'PG-ONE', name: 'One' })],
        aSource(),
      );
      await graph.follow();
    },
    undefined,
    {
      key,
      openSources: (onQuarantine) => {
        const config = readConfig({ ...place });
        const sources = openContainedSources({ config, key, log: pino({ level: 'silent' }) })(
          onQuarantine,
        );
        breakContract = (name, reason) => {
          sources.quarantine(name);
          onQuarantine(name, reason);
        };
        return sources;
      },
    },
  );

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { errors?: { message: string; extensions: { code: string } }[] };
}
const call = async (
  method: string,
  at: string,
  key: string | null,
  body?: unknown,
): Promise<Answer> => {
  const response = await fetch(`${running.address}/registry${at}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== null && { authorization: `Bearer ${key}` }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  };
};
const read = (at: string, key: string | null = null) => call('GET', at, key);
const write = (at: string, key: string | null, body: unknown = {}) => call('POST', at, key, body);
const codeOf = ({ status, body }: Answer) => [status, body.errors?.[0]?.extensions.code];
const query = async (text: string) => {
  const response = await fetch(`${running.address}/graphql?query=${encodeURIComponent(text)}`);
  return (await response.json()) as { data?: unknown; errors?: { message: string }[] };
};

const WORKSHOPS = '{ organisation(id: "PG-ONE") { name willowWeb_workshops { topic } } }';
const ANSWERED = {
  data: {
    organisation: { name: 'One', willowWeb_workshops: [{ topic: 'Dialogue with willow-web' }] },
  },
};
const publication = (field?: string) => ({
  url: partner.url,
  sdl: partnerSdl('willow-web', ...(field === undefined ? [] : [field])),
  licence: 'CC-BY-4.0',
});
const publish = async (field?: string) => {
  partner.says(publication(field).sdl);
  const { body } = await write('/partners/willow-web/publish', willow, publication(field));
  return write('/partners/willow-web/approve', steward, { version: body.version });
};

/** Puts a server that never answers in the place of a partner. */
const fallAsleep = async ({ url, close }: TestPartner) => {
  await close();
  let connections = 0;
  const server = createServer(() => (connections += 1));
  server.listen(Number(new URL(url).port), '127.0.0.1');
  await once(server, 'listening');
  return {
    connections: () => connections,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  place = { ...placeIn(folder), PARTNER_PRIVATE_ADDRESSES: '127.0.0.1' };
  partner = await servePartner('willow-web', known);
  const { place: at, dataDir, secrets } = readConfig({ ...place });
  const keys = await openKeys({ place: at, dataDir, secrets });
  steward = (await keys.create({ label: 'steward', tier: 3 })).text;
  await keys.close();
  running = await begin();
  const trust = 'PROVISIONAL';
  const added = await write('/partners', steward, { name: 'willow-web', trust });
  willow = String(added.body.key);
  heron = String((await write('/partners', steward, { name: 'heron', trust })).body.key);
}, 120_000);
afterAll(async () => {
  await running.close();
  await partner.close();
  await rm(folder, { recursive: true });
});

describe('publishing over HTTP', () => {
  it('goes from the partner over a steward into the graph, its schema and its costs', async () => {
    const pending = await write('/partners/willow-web/publish', willow, publication());
    expect(pending).toMatchObject({ status: 202, body: { status: 'PENDING', version: 1 } });
    expect((await query(WORKSHOPS)).errors?.[0]?.message).toContain('Cannot query field');
    const approved = await write('/partners/willow-web/approve', steward, { version: 1 });
    expect(approved).toMatchObject({ status: 200, body: { status: 'PUBLISHED', version: 1 } });
    expect(await query(WORKSHOPS)).toMatchObject(ANSWERED);
    const schema = await (await fetch(`${running.address}/schema.graphql`)).text();
    expect(schema).toContain('willowWeb_workshops: [WillowWeb_Workshop]');
    expect(await (await fetch(`${running.address}/readyz`)).json()).toMatchObject({
      sources: { funding: 'up', 'willow-web': 'up' },
    });
  }, 120_000);

  it('is read by anybody: partners, versions, supergraphs, the log and the keys of the gateway', async () => {
    expect((await read('')).body).toMatchObject({
      head: { sequence: expect.any(Number) as number },
      partners: [
        { name: 'willow-web', status: 'PUBLISHED', version: 1 },
        { name: 'heron', status: 'ADDED' },
      ],
    });
    const version = await read('/partners/willow-web/versions/1');
    expect(version.body).toMatchObject({ sdl: publication().sdl, licence: 'CC-BY-4.0' });
    const { body } = await read('/log?after=2&first=1');
    expect(body.events).toMatchObject([{ sequence: 3, kind: 'PARTNER_ADDED', partner: 'heron' }]);
    expect((await read('/partners/heron/log')).body.events).toHaveLength(2);
    expect((await read('/supergraphs/1')).body.supergraphSdl).toContain('WillowWeb_Workshop');
    expect((await read('/keys')).body).toMatchObject({ keys: [{ crv: 'Ed25519', alg: 'EdDSA' }] });
    expect(codeOf(await read('/partners/nobody'))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await read('/supergraphs/none'))).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('that is wrong is refused with its reasons, and changes nothing', async () => {
    const sdl = publication().sdl.replaceAll('topic: String', 'topic: Nothing');
    const refused = await write('/partners/willow-web/publish', willow, { ...publication(), sdl });
    expect(codeOf(refused)).toEqual([422, 'PUBLICATION_REFUSED']);
    expect(refused.body).toMatchObject({
      status: 'REFUSED',
      findings: [{ severity: 'ERROR', coordinate: 'WillowWeb_Workshop.topic' }],
    });
    expect(await query(WORKSHOPS)).toMatchObject(ANSWERED);
  }, 120_000);

  it('counts what clients ask for by field, and only what ran', async () => {
    const before = (await read('/usage', steward)).body.fields as {
      coordinate: string;
      operations: { count: number }[];
    }[];
    const countIn = (fields: typeof before) =>
      fields.find(({ coordinate }) => coordinate === 'Organisation.willowWeb_workshops')
        ?.operations[0]?.count ?? 0;
    await query(WORKSHOPS);
    await query(WORKSHOPS.replace('PG-ONE', 'PG-TWO'));
    await query(`${WORKSHOPS.slice(0, -1)} nothing }`);
    const after = (await read('/usage', steward)).body.fields as typeof before;
    expect(countIn(after) - countIn(before)).toBe(2);
  });

  it('that takes away what clients ask for is refused, and names their operations', async () => {
    await query(`query Diary ${WORKSHOPS}`);
    const refused = await write('/partners/willow-web/publish', willow, publication('trainings'));
    expect(codeOf(refused)).toEqual([422, 'PUBLICATION_REFUSED']);
    expect(JSON.stringify(refused.body.findings)).toContain('Diary');
  }, 120_000);

  it.each([
    ['add a partner', '/partners', { name: 'kite', trust: 'VERIFIED' }, [403, 403, 403, 200]],
    ['trust', '/partners/willow-web/trust', { trust: 'VERIFIED' }, [403, 403, 403, 200]],
    ['publish', '/partners/willow-web/publish', {}, [403, 403, 400, 400]],
    ['approve', '/partners/willow-web/approve', { version: 99 }, [403, 403, 403, 409]],
    ['quarantine', '/partners/heron/quarantine', {}, [403, 403, 403, 400]],
    ['readmit', '/partners/willow-web/readmit', {}, [403, 403, 403, 200]],
    ['roll all back', '/supergraphs/99/rollback', {}, [403, 403, 403, 404]],
    ['make a key', '/partners/willow-web/keys', {}, [403, 403, 400, 400]],
    ['roll back', '/partners/willow-web/rollback', {}, [403, 403, 404, 404]],
  ])('lets none but the right ones %s', async (_what, at, body, expected) => {
    const keys = [null, heron, willow, steward];
    const got: number[] = [];
    for (const key of keys) got.push((await write(at, key, body)).status);
    expect(got).toEqual(expected);
  });

  it('refuses what cannot be read, and keys that do not count', async () => {
    const at = '/partners/willow-web/publish';
    expect(codeOf(await write(at, willow, '{'))).toEqual([400, 'BAD_REQUEST']);
    expect(codeOf(await write(at, willow, { sdl: 'x'.repeat(1_100_000) }))).toEqual([
      413,
      'REQUEST_TOO_LARGE',
    ]);
    for (const url of ['ftp://willow.example/', 'https://me:secret@willow.example/', 'willow'])
      expect(codeOf(await write(at, willow, { ...publication(), url }))).toEqual([
        400,
        'BAD_USER_INPUT',
      ]);
    const unknown = await write(at, 'pg_none', publication());
    expect(codeOf(unknown)).toEqual([401, 'UNAUTHENTICATED']);
    expect(unknown.headers.get('www-authenticate')).toContain('Bearer');
    expect(codeOf(await call('PUT', '/partners', steward, {}))).toEqual([
      405,
      'METHOD_NOT_ALLOWED',
    ]);
  });
});

describe('a served partner', () => {
  it('that breaks the contract is in quarantine for every process, until a steward readmits it', async () => {
    breakContract('willow-web', 'foreign fields');
    const until = Date.now() + 5000;
    let status: unknown;
    do status = (await read('/partners/willow-web')).body.status;
    while (status !== 'QUARANTINED' && Date.now() < until);
    expect(status).toBe('QUARANTINED');
    expect(await query(WORKSHOPS)).toMatchObject({
      data: { organisation: { name: 'One', willowWeb_workshops: null } },
    });
    await write('/partners/willow-web/readmit', steward);
    expect(await query(WORKSHOPS)).toMatchObject(ANSWERED);
  });

  it('comes, changes and goes without a request that fails', async () => {
    const failures: unknown[] = [];
    let asked = 0;
    let done = false;
    const client = async () => {
      while (!done) {
        const answer = await query('{ organisation(id: "PG-ONE") { name } }').catch(
          (error: unknown) => ({ errors: [error] }),
        );
        asked += 1;
        if (answer.errors) failures.push(answer.errors);
      }
    };
    const clients = Promise.all([client(), client(), client(), client()]);
    try {
      await write('/partners/willow-web/retire', willow);
      for (const field of ['trainings', 'workshops']) {
        expect((await publish(field)).body.status).toBe('PUBLISHED');
        expect(await query(`{ willowWeb_${field} { topic } }`)).toHaveProperty('data');
        expect(
          (await write('/partners/willow-web/retire', willow, { reason: 'test' })).status,
        ).toBe(200);
        expect((await query(`{ willowWeb_${field} { topic } }`)).errors).toHaveLength(1);
      }
    } finally {
      done = true;
      await clients;
    }
    expect(failures).toEqual([]);
    expect(asked).toBeGreaterThan(10);
  }, 120_000);

  it('that is down at the start is not waited for, and is missing in its fields', async () => {
    expect((await publish()).body.status).toBe('PUBLISHED');
    expect(await query(WORKSHOPS)).toMatchObject(ANSWERED);
    await running.close();
    // It takes connections and never answers, which is worse than none.
    const asleep = await fallAsleep(partner);
    running = await begin();
    expect(asleep.connections()).toBe(0);
    await asleep.close();
    expect(await query(WORKSHOPS)).toMatchObject({
      data: { organisation: { name: 'One', willowWeb_workshops: null } },
    });
    partner = await servePartner('willow-web', known);
  }, 120_000);
});
