import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  createSigningKey,
  KeyError,
  type PublicKeys,
  publicText,
  readPublicKeys,
  readSigningKey,
  secretText,
  type SigningKey,
} from '../subgraphs/shared/http/keys';
import { ConfigError } from './config';
import { keepSecret } from './secret-file';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a secret from a variable, or from the file that its `_FILE` twin names; null without either. */
const readSecret = <Key>(
  env: Environment,
  name: string,
  read: (text: string) => Key,
): Key | null => {
  const file = env[`${name}_FILE`];
  if (!env[name] && !file) return null;
  if (env[name] && file) throw new ConfigError([`${name} and ${name}_FILE are both there.`]);
  try {
    return read(env[name] || readFileSync(file ?? '', 'utf8'));
  } catch (error) {
    // Nothing of a secret is ever told, only what is wrong with it.
    const reason = error instanceof KeyError ? error.message : 'it cannot be read';
    throw new ConfigError([`${env[name] ? name : `${name}_FILE`} is no use: ${reason}.`]);
  }
};

/**
 * The key that signs requests to subgraphs, or null if there is none. It is apart from the
 * configuration, which may be logged.
 * @throws ConfigError
 */
export const readGatewayKey = (env: Environment): SigningKey | null =>
  readSecret(env, 'GATEWAY_SIGNING_KEY', readSigningKey);

/**
 * The keys by which a subgraph knows its gateway: those that are named, else the public half of the
 * signing key if that is there, else none.
 * @throws ConfigError
 */
export const readGatewayPublicKeys = (env: Environment): PublicKeys => {
  const named = readSecret(env, 'GATEWAY_PUBLIC_KEYS', readPublicKeys);
  if (named) return named;
  const own = readGatewayKey(env);
  return own ? readPublicKeys(publicText(own)) : new Map();
};

/**
 * The key that is kept in the data folder, for a gateway that was given none: made by the first to ask,
 * so that partners are never asked without a signature.
 */
export const keptGatewayKey = async (dataDir: string): Promise<SigningKey> =>
  readSigningKey(
    await keepSecret(path.join(dataDir, 'signing-key'), () => secretText(createSigningKey())),
  );
