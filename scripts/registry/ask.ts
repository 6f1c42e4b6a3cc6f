/** What a registry answered. */
export interface RegistryAnswer {
  status: number;
  body: unknown;
}

/** Asks a registry, wherever it is, by the paths of its HTTP interface. */
export interface RegistryAsker {
  ask: (method: 'GET' | 'POST', path: string, body?: object) => Promise<RegistryAnswer>;
  close(): Promise<void>;
}

interface Failure {
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** A registry refused what it was asked; the message is its own. */
export class RegistryRefused extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
    this.name = 'RegistryRefused';
  }
}

/** Long enough to try an endpoint and to compose. */
const PATIENCE_MS = 180_000;

/**
 * A registry at the address of its gateway.
 * @param key of a steward or a partner; null to read only.
 */
export const askRemotely = (address: string, key: string | null): RegistryAsker => ({
  ask: async (method, path, body) => {
    const response = await fetch(`${address.replace(/\/$/, '')}/registry${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
      // A key is for this address and for no other.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: await response.json() };
  },
  close: async () => undefined,
});

/**
 * The body of an answer, of a refused publication too: what became of it is no failure.
 * @throws RegistryRefused
 */
export const resultOf = <T>({ status, body }: RegistryAnswer): T => {
  if (status < 400 || status === 422) return body as T;
  const [error] = (body as Failure).errors ?? [];
  throw new RegistryRefused(
    error?.message ?? `The registry answered ${status}.`,
    error?.extensions?.code ?? 'INTERNAL',
  );
};
