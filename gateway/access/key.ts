import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A key's two parts: by the id it is found, by the secret it is believed. */
export interface KeyParts {
  /** 12 hexadecimal digits; no secret, so logs and lists may have it. */
  id: string;
  /** 40 hexadecimal digits: 160 random bits. */
  secret: string;
}

const FORM = /^pg_([0-9a-f]{12})_([0-9a-f]{40})([0-9a-f]{8})$/;

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** A fresh id for a key. */
export const newKeyId = (): string => randomBytes(6).toString('hex');

/** A fresh secret for a key. */
export const newSecret = (): string => randomBytes(20).toString('hex');

/**
 * A key as its holder sees it: `pg_<id>_<secret><checksum>`. The prefix lets scanners for leaked
 * secrets find it; the checksum (CRC-32) tells a key that was typed wrongly without a look-up.
 */
export const formatKey = ({ id, secret }: KeyParts): string => {
  const text = `pg_${id}_${secret}`;
  return `${text}${checksum(text)}`;
};

/** The parts of a key, or null for a text that is none. */
export const parseKey = (text: string): KeyParts | null => {
  const [, id, secret, check] = FORM.exec(text) ?? [];
  if (id === undefined || secret === undefined) return null;
  return checksum(`pg_${id}_${secret}`) === check ? { id, secret } : null;
};
