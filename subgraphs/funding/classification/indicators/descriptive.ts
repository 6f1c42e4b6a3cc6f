import { touches } from '../../../shared/dates';
import { type BodyFacts, type DeclarationFact } from '../facts';
import { called, type Context, type Evidence, type Indicator, plural, unknown } from './indicator';

/** What it calls itself: the newest of its own words, else of what others report; null if nothing is. */
export const declared = ({ declarations }: BodyFacts): DeclarationFact | null => {
  const [newest = null] = [...declarations].sort(
    (a, b) =>
      Number(b.selfMade) - Number(a.selfMade) ||
      ((a.on ?? '') < (b.on ?? '') ? 1 : (a.on ?? '') > (b.on ?? '') ? -1 : 0) ||
      (a.ref.id < b.ref.id ? -1 : 1),
  );
  return newest;
};

/** I7: what it calls itself. Decides nothing. */
export const declaration = ({ facts }: Context): Indicator => {
  const newest = declared(facts);
  if (!newest)
    return unknown(
      'I7',
      null,
      'It is not on record as calling itself anything.',
      'What it calls itself: a statement of its own.',
    );
  return {
    id: 'I7',
    verdict: newest.declared === 'NETWORK' || newest.declared === 'BOTH' ? 'PASS' : 'FAIL',
    value: null,
    numerator: null,
    denominator: null,
    threshold: null,
    coverage: 1,
    says: `${newest.selfMade ? 'It says' : 'It is reported to say'} of itself: ${newest.declared}. This decides nothing.`,
    missing: null,
    evidence: facts.declarations.map((fact): Evidence => ({
      indicator: 'I7',
      direction: 'NEUTRAL',
      says: `${fact.selfMade ? 'Its own words' : 'A report'}: ${fact.declared}.`,
      ref: fact.ref,
    })),
  };
};

const NETWORK_CHANNEL = /^3[02]000$/;

/** I8: under which channel or kind others list it. Weak: OECD DAC's networks are not networks of members. */
export const channel = ({ facts }: Context): Indicator => {
  const found = facts.channels.filter(({ code }) => NETWORK_CHANNEL.test(code));
  const listed = found.length > 0 || facts.kind === 'PUBLIC_PRIVATE_PARTNERSHIP';
  if (!listed && facts.channels.length === 0 && facts.kind === 'UNKNOWN')
    return unknown(
      'I8',
      null,
      'No source lists it under a channel or kind.',
      'Its CRS channel code, or its kind by IATI’s OrganisationType.',
    );
  return {
    id: 'I8',
    verdict: listed ? 'PASS' : 'FAIL',
    value: null,
    numerator: null,
    denominator: null,
    threshold: null,
    coverage: 1,
    says: listed
      ? 'A source lists it among partnerships and networks, in the sense of OECD DAC, which is not that of this rule.'
      : 'No source lists it among partnerships and networks.',
    missing: null,
    evidence: found.map(({ code, ref }): Evidence => ({
      indicator: 'I8',
      direction: 'FOR',
      says: `Listed under CRS channel ${code}.`,
      ref,
    })),
  };
};

/** I9: networks that it belongs to itself. */
export const belonging = (context: Context): Indicator => {
  const { facts, rule, period } = context;
  const networks = new Map(
    facts.belongsTo
      .filter(
        ({ role, id, ...span }) =>
          id !== facts.id && rule.memberRoles.includes(role) && touches(span, period),
      )
      .map(({ id, ref }) => [id, ref]),
  );
  const evidence = [...networks].map(([id, ref]): Evidence => ({
    indicator: 'I9',
    direction: 'NEUTRAL',
    says: `It is on record as a member of ${called(context, id)}.`,
    ref,
  }));
  return {
    id: 'I9',
    verdict: networks.size > 0 ? 'PASS' : 'UNKNOWN',
    value: networks.size > 0 ? networks.size : null,
    numerator: null,
    denominator: null,
    threshold: 1,
    coverage: networks.size > 0 ? 1 : null,
    says:
      networks.size > 0
        ? `It belongs to ${plural(networks.size, 'network')}.`
        : 'It is not on record as belonging to a network.',
    missing: networks.size > 0 ? null : 'Which networks it belongs to.',
    evidence,
  };
};

/** I10: whether it has legal personality, and who hosts it if not. */
export const legal = (context: Context): Indicator => {
  const { facts, period } = context;
  const hosts = facts.hosts.filter((host) => touches(host, period));
  const evidence = hosts.map(({ hostId, form, ref }): Evidence => ({
    indicator: 'I10',
    direction: 'NEUTRAL',
    says: `${called(context, hostId)} hosts it: ${form}.`,
    ref,
  }));
  if (facts.legalForm === 'UNKNOWN' && hosts.length === 0)
    return unknown(
      'I10',
      null,
      'No source says whether it has legal personality.',
      'Whether it is registered, and if not, who holds its money.',
    );
  return {
    id: 'I10',
    verdict:
      facts.legalForm === 'LEGAL_ENTITY'
        ? 'PASS'
        : facts.legalForm === 'UNKNOWN'
          ? 'UNKNOWN'
          : 'FAIL',
    value: null,
    numerator: null,
    denominator: null,
    threshold: null,
    coverage: 1,
    says: `Its legal form is ${facts.legalForm}${hosts.length > 0 ? `, and ${hosts.map(({ hostId }) => called(context, hostId)).join(', ')} hosts it` : ''}.`,
    missing: facts.legalForm === 'UNKNOWN' ? 'Whether it is registered.' : null,
    evidence,
  };
};
