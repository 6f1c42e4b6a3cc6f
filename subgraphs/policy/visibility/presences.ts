import { compareTexts } from '../../shared/ids';
import { proportionOf } from '../../shared/proportion';
import { type NetworkPresence, type NetworkVisibility, Presence } from './visibility';

/** A body in one role, at one stage, for one network or none; and the networks it belonged to then. */
export interface Appearance {
  body: string;
  /** Whether the body is a network itself. */
  isNetwork: boolean;
  forNetwork: string | null;
  memberOf: readonly string[];
  /** Whether the process's papers name the body; null: unknown. */
  named: boolean | null;
}

const networksBehind = ({ body, forNetwork, memberOf }: Appearance): string[] =>
  [...new Set([...memberOf, ...(forNetwork === null ? [] : [forNetwork])])].filter(
    (network) => network !== body,
  );

const presenceOf = (network: string, all: readonly Appearance[]): NetworkPresence => {
  const own = all.filter(({ body }) => body === network);
  const members = all.filter((appearance) => networksBehind(appearance).includes(network));
  const named = own.filter((appearance) => appearance.named === true).length;
  const namingUnknown = own.filter((appearance) => appearance.named === null).length;
  const membersForIt = members.filter(({ forNetwork }) => forNetwork === network).length;
  return {
    networkId: network,
    presence:
      named > 0
        ? Presence.NAMED_IN_OWN_RIGHT
        : own.length > 0
          ? Presence.NOT_NAMED
          : members.length > 0
            ? Presence.THROUGH_MEMBERS_ONLY
            : Presence.ABSENT,
    own: own.length,
    named,
    namingUnknown,
    membersForIt,
    membersOtherwise: members.length - membersForIt,
    members: new Set(members.map(({ body }) => body)).size,
    visibility: proportionOf(named, own.length - namingUnknown + members.length),
  };
};

/**
 * Whether networks are seen in a process.
 * @param asked networks of which to tell even if they are absent.
 */
export const visibilityOf = (
  processId: string,
  all: readonly Appearance[],
  asked: readonly string[],
): NetworkVisibility => {
  const ofNetwork = (appearance: Appearance) => appearance.isNetwork;
  const networks = new Set([
    ...asked,
    ...all.filter(ofNetwork).map(({ body }) => body),
    ...all.flatMap(networksBehind),
  ]);
  const presences = [...networks].sort(compareTexts).map((network) => presenceOf(network, all));
  const howMany = (wanted: Presence) =>
    presences.filter(({ presence }) => presence === wanted).length;
  const isUnknown = (appearance: Appearance) =>
    appearance.isNetwork && appearance.named === null && networksBehind(appearance).length === 0;
  const related = all.filter(
    (appearance) => appearance.isNetwork || networksBehind(appearance).length > 0,
  );
  return {
    processId,
    appearances: all.length,
    named: howMany(Presence.NAMED_IN_OWN_RIGHT),
    notNamed: howMany(Presence.NOT_NAMED),
    throughMembersOnly: howMany(Presence.THROUGH_MEMBERS_ONLY),
    withoutNetwork: all.length - related.length,
    namingUnknown: all.filter((appearance) => appearance.isNetwork && appearance.named === null)
      .length,
    visibility: proportionOf(
      all.filter((appearance) => appearance.isNetwork && appearance.named === true).length,
      related.filter((appearance) => !isUnknown(appearance)).length,
    ),
    presences,
  };
};
