import {
  createSigningKey,
  publicText,
  readPublicKeys,
} from '../../../../subgraphs/shared/http/keys';
import { contentDigest, signMessage } from '../../../../subgraphs/shared/http/signature';
import {
  BODY_COMPONENTS,
  COMPONENTS,
  createVerifier,
} from '../../../../subgraphs/shared/http/verifier';

const KEY = createSigningKey();
const KEYS = readPublicKeys(publicText(KEY));
const NOW = 1_700_000_000;

const REQUEST = {
  method: 'POST',
  authority: 'localhost:4001',
  path: '/graphql',
  headers: {
    'content-type': 'application/json',
    'content-digest': contentDigest('{}'),
    'peacegraph-source': 'funding',
    'peacegraph-viewer': 'tier=0, version=3',
    'peacegraph-request': 'r1',
  },
};
const PARAMS = { created: NOW, expires: NOW + 30, nonce: 'n1', keyid: KEY.id };

const signed = (
  params: Partial<typeof PARAMS> = {},
  components: readonly string[] = BODY_COMPONENTS,
  request: Omit<typeof REQUEST, 'headers'> & { headers: Record<string, string> } = REQUEST,
) => ({
  ...request,
  headers: {
    ...request.headers,
    ...signMessage(request, { components, params: { ...PARAMS, ...params }, key: KEY.key }),
  },
});

let now: number;
let verifier: ReturnType<typeof createVerifier>;
beforeEach(() => {
  now = NOW;
  verifier = createVerifier('funding', KEYS, () => now * 1000);
});

describe('a signed request', () => {
  it('is taken, with its body and without one', () => {
    expect(verifier(signed())).toBeNull();
    const get = { ...REQUEST, method: 'GET', headers: { 'peacegraph-source': 'funding' } };
    expect(verifier(signed({ nonce: 'n2' }, COMPONENTS, get))).toBeNull();
  });

  it('is refused without a signature', () => {
    expect(verifier(REQUEST)).toBe('SIGNATURE_MISSING');
  });

  it('is refused the second time, for as long as it could be used', () => {
    expect(verifier(signed())).toBeNull();
    expect(verifier(signed())).toBe('SIGNATURE_REPLAYED');
    now += 29;
    expect(verifier(signed())).toBe('SIGNATURE_REPLAYED');
    expect(verifier(signed({ nonce: 'n2' }))).toBeNull();
  });

  it.each([
    ['after it expires', { expires: NOW - 1 }],
    [
      'half a minute after it was made, whatever it says',
      { created: NOW - 31, expires: NOW + 600 },
    ],
    ['from the future', { created: NOW + 60, expires: NOW + 90 }],
  ])('is refused %s', (_when, params) => {
    expect(verifier(signed(params))).toBe('SIGNATURE_STALE');
  });

  it('is refused under a key that nobody knows', () => {
    expect(verifier(signed({ keyid: 'other' }))).toBe('SIGNATURE_KEY_UNKNOWN');
  });

  it('is refused from a known key that did not sign it', () => {
    const other = createSigningKey();
    const task = { components: BODY_COMPONENTS, params: PARAMS, key: other.key };
    const headers = { ...REQUEST.headers, ...signMessage(REQUEST, task) };
    expect(verifier({ ...REQUEST, headers })).toBe('SIGNATURE_INVALID');
  });

  it('is refused by a source that it was not signed for', () => {
    const others = createVerifier('networks', KEYS, () => now * 1000);
    expect(others(signed())).toBe('SIGNATURE_INVALID');
  });

  it.each(BODY_COMPONENTS)('is refused where the signature leaves out %s', (component) => {
    const rest = BODY_COMPONENTS.filter((other) => other !== component);
    expect(verifier(signed({}, rest))).toBe('SIGNATURE_INCOMPLETE');
  });

  it.each([
    ['expires', { expires: undefined }],
    ['nonce', { nonce: undefined }],
  ])('is refused without %s', (_name, params) => {
    const given = Object.fromEntries(
      Object.entries({ ...PARAMS, ...params }).filter(([, value]) => value !== undefined),
    ) as unknown as typeof PARAMS;
    const task = { components: BODY_COMPONENTS, params: given, key: KEY.key };
    const headers = { ...REQUEST.headers, ...signMessage(REQUEST, task) };
    expect(verifier({ ...REQUEST, headers })).toBe('SIGNATURE_INCOMPLETE');
  });

  interface Change {
    method?: string;
    authority?: string;
    path?: string;
    headers?: Record<string, string>;
  }
  const CHANGES: [component: string, change: Change][] = [
    ['@method', { method: 'PUT' }],
    ['@authority', { authority: 'localhost:4002' }],
    ['@path', { path: '/version' }],
    ...BODY_COMPONENTS.filter((name) => !name.startsWith('@')).map((name): [string, Change] => [
      name,
      { headers: { [name]: 'changed' } },
    ]),
  ];
  it.each(CHANGES)('is refused where %s was changed on the way', (_component, change) => {
    const given = signed();
    const changed = { ...given, ...change, headers: { ...given.headers, ...change.headers } };
    expect(verifier(changed)).toBe('SIGNATURE_INVALID');
    expect(verifier(given)).toBeNull();
  });
});
