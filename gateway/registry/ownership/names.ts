import type { Finding } from '../../partners';
import { createFinding } from './finding';
import type { OwnershipPolicy } from './policy';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What the types of a partner begin with, before the underscore: `willow-web` is `WillowWeb`. */
export const namespaceOf = (partner: string): string => partner.split('-').map(capital).join('');

/** What its fields on types of ours begin with, before the underscore: `willowWeb`. */
export const prefixOf = (partner: string): string => {
  const namespace = namespaceOf(partner);
  return namespace.charAt(0).toLowerCase() + namespace.slice(1);
};

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Whether a partner may have a name.
 * @param taken the names of our own subgraphs and of the other partners. A name that differs from one
 *   of these by hyphens or capitals only would share its prefix.
 */
export const checkPartnerName = (
  { names }: OwnershipPolicy,
  name: string,
  taken: readonly string[],
): Finding[] => {
  const refuse = (message: string) => [createFinding('PARTNER_NAME_REFUSED', null, message)];
  if (name.length < names.shortest || name.length > names.longest || !KEBAB.test(name))
    return refuse('The name of the partner is not of the form that names have.');
  const same = (other: string) => namespaceOf(other).toLowerCase();
  const clash = [...names.reserved, ...taken].find((other) => same(other) === same(name));
  return clash === undefined ? [] : refuse(`The name \`${name}\` is taken by \`${clash}\`.`);
};
