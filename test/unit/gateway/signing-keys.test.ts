import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError } from '../../../gateway/config';
import {
  keptGatewayKey,
  readGatewayKey,
  readGatewayPublicKeys,
} from '../../../gateway/signing-keys';
import { createSigningKey, publicText, secretText } from '../../../subgraphs/shared/http/keys';

const KEY = createSigningKey();

describe('the gateway’s signing key', () => {
  it('need not be there', () => {
    expect(readGatewayKey({})).toBeNull();
    expect(readGatewayPublicKeys({ GATEWAY_PUBLIC_KEYS: '' }).size).toBe(0);
  });

  it('comes from a variable or from a file', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'peacegraph-'));
    const file = path.join(folder, 'gateway.key');
    writeFileSync(file, secretText(KEY));
    expect(readGatewayKey({ GATEWAY_SIGNING_KEY: secretText(KEY) })?.id).toBe(KEY.id);
    expect(readGatewayKey({ GATEWAY_SIGNING_KEY_FILE: file })?.id).toBe(KEY.id);
    rmSync(folder, { recursive: true });
  });

  it('is known by the public keys that are named, else by its own public half', () => {
    const other = createSigningKey();
    const env = { GATEWAY_SIGNING_KEY: secretText(KEY) };
    expect([...readGatewayPublicKeys(env).keys()]).toEqual([KEY.id]);
    const named = { ...env, GATEWAY_PUBLIC_KEYS: publicText(other) };
    expect([...readGatewayPublicKeys(named).keys()]).toEqual([other.id]);
  });

  it.each([
    ['no key', { GATEWAY_SIGNING_KEY: 'hush-hush' }, /GATEWAY_SIGNING_KEY is no use/],
    ['no file', { GATEWAY_SIGNING_KEY_FILE: '/nowhere/key' }, /GATEWAY_SIGNING_KEY_FILE is no use/],
    ['both', { GATEWAY_SIGNING_KEY: 'a', GATEWAY_SIGNING_KEY_FILE: 'b' }, /both/],
  ])('is refused where there is %s, and nothing of it is told', (_what, env, words) => {
    expect(() => readGatewayKey(env)).toThrow(ConfigError);
    expect(() => readGatewayKey(env)).toThrow(words);
    expect(() => readGatewayKey(env)).not.toThrow(/hush/);
  });
});

describe('the key of a gateway that was given none', () => {
  it('is made once, whoever asks first, and is its owner’s to read', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'peacegraph-'));
    const data = path.join(folder, 'data');
    const keys = await Promise.all([1, 2, 3].map(() => keptGatewayKey(data)));
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
    expect((await keptGatewayKey(data)).id).toBe(keys[0]?.id);
    expect(statSync(path.join(data, 'signing-key')).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });
});
