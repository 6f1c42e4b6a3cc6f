import { randomBytes } from 'node:crypto';
import { SUBGRAPH_NAMES } from '../../gateway/config';
import type { Probe } from '../../gateway/registry/conformance/probe';
import type { SigningKey } from '../../subgraphs/shared/http/keys';
import { signMessage } from '../../subgraphs/shared/http/signature';
import { COMPONENTS, SIGNATURE_SECONDS } from '../../subgraphs/shared/http/verifier';
import { formatViewer } from '../../subgraphs/shared/viewer';

/** What the gateway tells a subgraph of its own beside the query: who asks, and as of which version. */
export const ownHeaders = async (
  { name, url }: { name: string; url: string },
  key: SigningKey,
  probe: Probe,
): Promise<Record<string, string>> => {
  if (!SUBGRAPH_NAMES.some((own) => own === name)) return {};
  const { href, host, pathname } = new URL('/version', url);
  const headers = { 'peacegraph-source': name };
  const created = Math.floor(Date.now() / 1000);
  const params = {
    created,
    expires: created + SIGNATURE_SECONDS,
    nonce: randomBytes(16).toString('base64url'),
    keyid: key.id,
  };
  const signature = signMessage(
    { method: 'GET', authority: host, path: pathname, headers },
    { components: COMPONENTS, params, key: key.key },
  );
  const { status, json } = await probe({
    url: href,
    method: 'GET',
    headers: { ...headers, ...signature },
    body: null,
  });
  if (status !== 200 || json === null)
    throw new Error(`${href} answers with the status ${status}: it does not take this key.`);
  const { version } = JSON.parse(json.toString()) as { version: number };
  return { 'peacegraph-viewer': formatViewer({ tier: 0, version }) };
};
