import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { type Fault, signedRequest } from '../../../gateway/registry/conformance/requests';
import { createSigningKey, publicJwks } from '../../../subgraphs/shared/http/keys';
import { formatViewer } from '../../../subgraphs/shared/viewer';

const TEMPLATES = path.join(__dirname, '../../../scripts/partner/templates');
const NODE = path.join(TEMPLATES, 'node');
const PYTHON = path.join(TEMPLATES, 'python');
const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0;
if (!HAS_PYTHON) console.warn('\nNOT TESTED IN PYTHON: there is no python3 here.\n');

const NOW = 1_700_000_000;
const KEY = createSigningKey();
const OTHER = createSigningKey();
const JWKS = JSON.stringify(publicJwks([OTHER, KEY]));
const BODY = JSON.stringify({ query: '{ __typename }', variables: { text: 'Ünïcödé' } });

/** A request as a server gets it. */
interface Got {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}
const request = (fault: Fault = {}, headers: Record<string, string> = {}): Got => {
  const addressee = {
    name: 'willow-web',
    url: 'https://Willow.example:8443/graphql',
    key: KEY,
    headers,
    clock: () => NOW * 1000,
  };
  const made = signedRequest(addressee, BODY, fault);
  return {
    method: made.method,
    url: '/graphql',
    headers: { ...made.headers, host: 'willow.example:8443' },
    body: BODY,
  };
};
const changed = (change: (got: Got) => Partial<Got>): Got => {
  const got = request();
  return { ...got, ...change(got) };
};
const withHeader = (name: string, of: (value: string) => string): Got =>
  changed(({ headers }) => ({ headers: { ...headers, [name]: of(headers[name] ?? '') } }));

const TWICE = request();
/** What is asked, one after the other, and what a verifier says of it. */
const CASES: readonly [what: string, got: Got, says: string | null][] = [
  ['a request of the gateway', request(), null],
  ['by another of its keys', request({ key: OTHER }), null],
  [
    'with further headers that are signed',
    request({}, { 'peacegraph-viewer': formatViewer({ tier: 0, version: 3 }) }),
    null,
  ],
  ['signed four seconds ahead', request({ ageSeconds: -4 }), null],
  ['the first time', TWICE, null],
  ['the second time', TWICE, 'SIGNATURE_REPLAYED'],
  ['unsigned', changed(() => ({ headers: {} })), 'SIGNATURE_MISSING'],
  [
    'with half a signature',
    withHeader('signature', (value) => value.slice(0, 40)),
    'SIGNATURE_MISSING',
  ],
  ['under two labels', withHeader('signature', (value) => `x${value}`), 'SIGNATURE_MISSING'],
  [
    'with two signatures',
    withHeader('signature-input', (value) => `${value}, ${value}`),
    'SIGNATURE_MISSING',
  ],
  ['of a key that is not known', request({ key: createSigningKey() }), 'SIGNATURE_KEY_UNKNOWN'],
  ['signed long ago', request({ ageSeconds: 31 }), 'SIGNATURE_STALE'],
  ['signed for later', request({ ageSeconds: -60 }), 'SIGNATURE_STALE'],
  [
    'with times that are none',
    withHeader('signature-input', (value) => value.replace(/created=\d+/, 'created="now"')),
    'SIGNATURE_STALE',
  ],
  [
    'without a nonce',
    withHeader('signature-input', (value) => value.replace(/;nonce="[^"]+"/, '')),
    'SIGNATURE_INCOMPLETE',
  ],
  ['that leaves out the body', request({ uncovered: ['content-digest'] }), 'SIGNATURE_INCOMPLETE'],
  ['that leaves out the address', request({ uncovered: ['@authority'] }), 'SIGNATURE_INCOMPLETE'],
  [
    'that leaves out for whom',
    request({ uncovered: ['peacegraph-source'] }),
    'SIGNATURE_INCOMPLETE',
  ],
  ['with another body', changed(() => ({ body: `${BODY} ` })), 'SIGNATURE_INVALID'],
  ['with another digest', request({ signedBody: 'x' }), 'SIGNATURE_INVALID'],
  [
    'with another nonce',
    withHeader('signature-input', (value) => value.replace(/nonce="./, 'nonce="_')),
    'SIGNATURE_INVALID',
  ],
  ['for another host', request({ authority: 'other.example' }), 'SIGNATURE_INVALID'],
  ['for another partner', request({ source: 'river-net' }), 'SIGNATURE_INVALID'],
  ['by another method', changed(() => ({ method: 'PUT' })), 'SIGNATURE_INVALID'],
  ['at another path', changed(() => ({ url: '/graphql?x' })), 'SIGNATURE_INVALID'],
];

/** What the signature covers, and what carries it. */
const HEADERS = [
  'signature-input',
  'signature',
  'host',
  'peacegraph-source',
  'peacegraph-request',
  'content-type',
  'content-digest',
];
/** A request of which one sign was put in, taken out or replaced by another. */
const DAMAGED = fc
  .record({
    part: fc.constantFrom(...HEADERS, 'method', 'url', 'body'),
    place: fc.nat(),
    sign: fc.constantFrom('!', '0', 'q', '"', ';', ' ', '(', ',', ':', '=', '\u00e9'),
    removed: fc.constantFrom(0, 1),
  })
  .map(({ part, place, sign, removed }): { what: string; got: Got } => {
    const got = request();
    const before = got.headers[part] ?? got[part as 'method' | 'url' | 'body'];
    // The last signs of a signature in base64 have bits that mean nothing.
    const at = place % (before.length - (part === 'signature' ? 4 : 0));
    const after = before.slice(0, at) + sign + before.slice(at + removed);
    const damaged = HEADERS.includes(part)
      ? { ...got, headers: { ...got.headers, [part]: after } }
      : { ...got, [part]: after };
    return { what: before === after ? '' : `${part}: ${after}`, got: damaged };
  })
  .filter(({ what }) => what !== '');

/** Asks a verifier in its language: requests go in as JSON, and what it says comes out. */
const ask = (program: string, args: readonly string[], cwd: string, cases: readonly Got[]) => {
  const input = JSON.stringify({ jwks: JWKS, now: NOW, cases });
  return JSON.parse(execFileSync(program, args, { cwd, input }).toString()) as (string | null)[];
};

const IN_NODE = `
  import { readFileSync } from 'node:fs';
  import { createVerifier, readKeys } from './peacegraph-signature.mjs';
  const { jwks, now, cases } = JSON.parse(readFileSync(0, 'utf8'));
  const check = createVerifier('willow-web', readKeys(jwks), () => now * 1000);
  console.log(JSON.stringify(cases.map((got) => check(got, Buffer.from(got.body)))));
`;
const IN_PYTHON = `
import json, sys
from peacegraph_signature import create_verifier, read_keys
given = json.load(sys.stdin)
check = create_verifier("willow-web", read_keys(given["jwks"]), lambda: given["now"])
print(json.dumps([check(one["method"], one["url"], one["headers"], one["body"].encode()) for one in given["cases"]]))
`;

describe.each([
  [
    'JavaScript',
    true,
    (cases: Got[]) => ask(process.execPath, ['--input-type=module', '-e', IN_NODE], NODE, cases),
  ],
  ['Python', HAS_PYTHON, (cases: Got[]) => ask('python3', ['-B', '-c', IN_PYTHON], PYTHON, cases)],
] as const)('the verifier in %s', (_language, isHere, run) => {
  (isHere ? it : it.skip)('takes what the gateway signs, and refuses all else by name', () => {
    const said = run(CASES.map(([, got]) => got));
    expect(CASES.map(([what], place) => [what, said[place]])).toEqual(
      CASES.map(([what, , says]) => [what, says]),
    );
  });

  (isHere ? it : it.skip)('refuses a request of which a single sign was changed', () => {
    const damaged = fc.sample(DAMAGED, { numRuns: 400, seed: 3 });
    const said = run(damaged.map(({ got }) => got));
    expect(damaged.filter((_, place) => said[place] === null).map(({ what }) => what)).toEqual([]);
  });
});

it.each(['node/peacegraph-signature.mjs', 'python/peacegraph_signature.py', 'python/ed25519.py'])(
  'a verifier fits into 40 lines: %s',
  (file) => {
    const lines = readFileSync(path.join(TEMPLATES, file), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
  },
);
