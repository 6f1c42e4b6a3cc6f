/** A register of the org-id.guide list, as far as identifiers need it. */
export interface Register {
  code: string;
  deprecated: boolean;
  /** Prefixes that the list once had; identifiers that begin with them mean the same bodies. */
  formerPrefixes: readonly string[];
}

/** How the number of an identifier follows from its prefix. */
export interface ReadIdentifier {
  /** The longest register prefix it starts with, or null: an unrecognised prefix. */
  scheme: string | null;
  deprecated: boolean;
  /** The same identifier under the register's present prefix, if it uses a former one. */
  presentForm: string | null;
}

/** The id space for bodies that no register lists but that this project's own data names. */
export const OWN_PREFIX = 'PG';
/** The id space for bodies that a publisher names without any identifier. */
export const UNNUMBERED_PREFIX = 'PG-U';

const OWN: Register = { code: OWN_PREFIX, deprecated: false, formerPrefixes: [] };

/**
 * Reads normalised identifiers against the register list: the longest prefix that is followed by `-`
 * (prefixes contain `-` and `_` themselves: `XM-DAC-41114`, `BE-BCE_KBO-0420656336`).
 */
export const createIdentifierReader = (registers: readonly Register[]) => {
  const byPrefix = new Map<string, { register: Register; former: boolean }>();
  for (const register of registers) {
    for (const prefix of register.formerPrefixes) {
      byPrefix.set(prefix.toUpperCase(), { register, former: true });
    }
  }
  for (const register of [...registers, OWN]) {
    byPrefix.set(register.code.toUpperCase(), { register, former: false });
  }
  return (identifier: string): ReadIdentifier => {
    for (
      let end = identifier.lastIndexOf('-');
      end > 0;
      end = identifier.lastIndexOf('-', end - 1)
    ) {
      const found = byPrefix.get(identifier.slice(0, end));
      if (!found) continue;
      const { register, former } = found;
      return {
        scheme: register.code,
        deprecated: register.deprecated,
        presentForm: former ? `${register.code.toUpperCase()}${identifier.slice(end)}` : null,
      };
    }
    return { scheme: null, deprecated: false, presentForm: null };
  };
};
export type IdentifierReader = ReturnType<typeof createIdentifierReader>;

/**
 * Which of a body's identifiers is its id: a living register's first, then a deprecated one's, our own
 * id space, an unrecognised prefix, and last the ids of bodies named without one.
 */
export const rankOf = (identifier: string, read: IdentifierReader): number => {
  if (identifier.startsWith(`${UNNUMBERED_PREFIX}-`)) return 4;
  if (identifier.startsWith(`${OWN_PREFIX}-`)) return 2;
  const { scheme, deprecated, presentForm } = read(identifier);
  if (scheme === null) return 3;
  return deprecated || presentForm !== null ? 1 : 0;
};
