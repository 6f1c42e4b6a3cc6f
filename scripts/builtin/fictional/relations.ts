import type {
  GoverningBodyRecord,
  MembershipRecord,
  StatementRecord,
} from '../../import/statements/record';
import { Constituency } from '../../../subgraphs/shared/vocabulary';
import type { Body, Cast, Neighbourhood } from './cast';
import { CITATION, type Pen } from './pen';

const joins = (
  { random, numbered }: Pen,
  network: Body,
  members: readonly Body[],
): MembershipRecord[] =>
  members.map((member, index) => {
    const from = random.between(Math.max(Number(network.founded.slice(0, 4)), 2012), 2022);
    return {
      kind: 'membership',
      id: numbered('membership'),
      member: member.id,
      memberName: member.name,
      network: network.id,
      networkName: network.name,
      role: index < 2 ? 'FOUNDING_MEMBER' : index === members.length - 1 ? 'ASSOCIATE' : 'MEMBER',
      from: `${from}-0${random.between(1, 9)}`,
      // One in nine has left again, so that growth has both sides.
      ...(index === 5 ? { to: `${from + 3}-12-31` } : {}),
      citation: CITATION,
    };
  });

/** A governing body, and a seat for each of the holders. */
const governs = (
  { numbered }: Pen,
  network: Body,
  body: Pick<GoverningBodyRecord, 'title' | 'bodyKind' | 'rule'> & { composedByMembers: boolean },
  holders: readonly Body[],
): StatementRecord[] => {
  const id = numbered('governing-body');
  return [
    {
      kind: 'governing-body',
      id,
      network: network.id,
      networkName: network.name,
      seatCount: holders.length,
      from: network.founded,
      ...body,
    },
    ...holders.map((holder, index): StatementRecord => ({
      kind: 'seat',
      id: numbered('seat'),
      governingBody: id,
      title: `Seat ${index + 1}`,
      holder: holder.id,
      nominatedBy: holder.id,
      ...(index === 0 ? { heldFor: Constituency.YOUTH } : {}),
      from: '2022-01',
      // The last seat was given up.
      ...(index === holders.length - 1 ? { to: '2025-12' } : {}),
    })),
  ];
};

const SMALL_MEMBERS_RULE =
  'Each member has one vote, whatever its size; one seat in three is for members with the least money.';

/** Who belongs to whom, who governs, who hosts, and what each says of itself. */
export function* fictionalRelations(
  pen: Pen,
  hood: Neighbourhood,
  cast: Cast,
): Generator<StatementRecord> {
  const { random, numbered } = pen;
  const { granting, unfunded, hybrid, coalition, weave, host, focalPoints, members } = hood;
  yield* joins(pen, weave, [granting, unfunded, hybrid, coalition]);
  yield* joins(pen, granting, members.granting);
  yield* joins(pen, unfunded, members.unfunded);
  yield* joins(pen, hybrid, members.hybrid);
  yield* joins(pen, coalition, members.coalition);
  // Some belong to two, and two networks to each other.
  yield* joins(pen, unfunded, members.granting.slice(0, 3));
  yield* joins(pen, hybrid, [granting]);
  yield* joins(pen, granting, [hybrid]);
  yield* joins(pen, focalPoints, cast.donors.ministries);
  yield* joins(pen, coalition, [hood.university]);

  yield {
    kind: 'member-count',
    id: numbered('member-count'),
    network: coalition.id,
    networkName: coalition.name,
    organisations: members.coalition.length + 1,
    individuals: 40,
    countedOn: '2025',
  };

  const elected = {
    title: 'Steering group',
    bodyKind: 'STEERING_GROUP' as const,
    rule: SMALL_MEMBERS_RULE,
    composedByMembers: true,
  };
  yield* governs(pen, granting, elected, random.some(members.granting, 5));
  yield* governs(pen, unfunded, elected, random.some(members.unfunded, 5));
  yield* governs(pen, hybrid, elected, random.some(members.hybrid, 4));
  yield* governs(pen, coalition, elected, random.some(members.coalition, 3));
  yield* governs(
    pen,
    weave,
    { ...elected, title: 'General assembly', bodyKind: 'GENERAL_ASSEMBLY' },
    [granting, unfunded, hybrid, coalition],
  );
  yield* governs(
    pen,
    hood.soCalledNetwork,
    {
      title: 'Board',
      bodyKind: 'BOARD',
      rule: 'The board appoints its own successors.',
      composedByMembers: false,
    },
    [hood.company],
  );
  yield {
    kind: 'governing-body',
    id: numbered('governing-body'),
    network: granting.id,
    title: 'Founding committee',
    bodyKind: 'COMMITTEE',
    composedByMembers: true,
    from: granting.founded,
    to: '2011',
  };

  yield {
    kind: 'host-arrangement',
    id: numbered('host-arrangement'),
    host: host.id,
    hostName: host.name,
    hosted: coalition.id,
    hostedName: coalition.name,
    form: 'FISCAL_HOST',
    feePercent: 7,
    from: '2017-01-01',
  };
  yield {
    kind: 'host-arrangement',
    id: numbered('host-arrangement'),
    host: hood.university.id,
    hosted: coalition.id,
    form: 'LEGAL_HOST',
    from: '2016-11',
    to: '2016-12',
  };
  const says = (body: Body, declaredModality: 'NETWORK' | 'INTERMEDIARY', text: string) => ({
    kind: 'self-statement' as const,
    id: numbered('self-statement'),
    organisation: body.id,
    organisationName: body.name,
    topic: 'IDENTITY' as const,
    declaredModality,
    text,
    lang: 'en',
    statedOn: '2024-05-21',
    selfMade: true,
  });
  yield says(granting, 'NETWORK', 'Our members decide; what we receive, they share out.');
  yield says(
    hood.soCalledNetwork,
    'NETWORK',
    'We are a network of partners who carry out our programmes.',
  );
  yield says(
    hood.intermediary,
    'INTERMEDIARY',
    'We stand between donors and those who do the work.',
  );
}
