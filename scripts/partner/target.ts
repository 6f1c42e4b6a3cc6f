import { readFile, stat } from 'node:fs/promises';
import { readGatewayKey } from '../../gateway/signing-keys';
import { readSigningKey, type SigningKey } from '../../subgraphs/shared/http/keys';

/** A subgraph at an address, and how requests to it are signed. */
export interface Target {
  readonly name: string;
  /** Where it answers GraphQL over POST. */
  readonly url: string;
  readonly key: SigningKey;
}

/** Whether a place is a folder of this machine; else it should be an address. */
export const isFolder = (place: string): Promise<boolean> =>
  stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * A subgraph at an address that a person named.
 * @param key the file of a private key; without it, the gateway's.
 * @throws Error that says what is missing.
 */
export const readTarget = async (
  place: string,
  { name, key }: { name?: string; key?: string },
  env: NodeJS.ProcessEnv,
): Promise<Target> => {
  if (!/^https?:/.test(place) || !URL.canParse(place))
    throw new Error(`${place} is neither a folder nor an address.`);
  if (name === undefined)
    throw new Error('Name the subgraph with --name: requests are signed for it.');
  const url = new URL(place);
  if (url.pathname === '/') url.pathname = '/graphql';
  const signing =
    key === undefined ? readGatewayKey(env) : readSigningKey(await readFile(key, 'utf8'));
  if (!signing)
    throw new Error(
      'Requests are signed as a gateway does: name a key that the subgraph knows, by --key <file> or GATEWAY_SIGNING_KEY_FILE.',
    );
  return { name, url: url.href, key: signing };
};
