import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type NamedSdl } from '../../../../gateway/registry/ownership/owners';
import { type OwnershipPolicy, readPolicy } from '../../../../gateway/registry/ownership/policy';

const SCHEMA = path.join(__dirname, '..', '..', '..', '..', 'schema');

/** The schemas of our own four subgraphs. */
export const OURS: readonly NamedSdl[] = ['organisations', 'networks', 'funding', 'policy'].map(
  (name) => ({ name, sdl: readFileSync(path.join(SCHEMA, `${name}.graphql`), 'utf8') }),
);

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@cost", "@listSize"])';

/** A graph like ours in small, which composes in milliseconds, with what ours does not have (yet). */
export const SMALL: readonly NamedSdl[] = [
  {
    name: 'organisations',
    sdl: `${LINK}
type Query {
  """One body."""
  organisation("Its id." id: ID!): Organisation @cost(weight: 3)
  """Many bodies."""
  organisations("Which." filter: OrganisationFilter, "How many." first: Int! = 50): [Organisation!]!
    @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
  """All countries."""
  countries: [Country!]! @listSize(assumedSize: 300)
  """All sources."""
  sources: [Source!]!
}
"""A body."""
type Organisation implements Named @key(fields: "id") {
  """Its id."""
  id: ID!
  """Its name."""
  name: String!
  """Its kind."""
  kind: OrganisationKind!
  """What nobody is to see."""
  secret: String @inaccessible
  """Where it is."""
  country: Country
  """Who said so."""
  provenance: Provenance!
}
"""What has a name."""
interface Named { "The name." name: String! }
"""Kinds of bodies."""
enum OrganisationKind { "An NGO." NGO "Another." OTHER }
"""Which bodies."""
input OrganisationFilter { "Of these kinds." kinds: [OrganisationKind!] "Since." since: Date }
"""A country."""
type Country @key(fields: "id") {
  """Its code."""
  id: ID!
  """Its name."""
  name: String!
  """Its longer code."""
  iso3: String
  """Its number."""
  m49: String
}
"""A body or a country."""
union Party = Organisation | Country
"""Who said it."""
type Provenance @shareable { "The licence." licence: String "When." at: DateTime }
"""A source."""
type Source @key(fields: "id") { "Its id." id: ID! "Its title." title: String! }
"""A day."""
scalar Date
"""A time."""
scalar DateTime
`,
  },
  {
    name: 'funding',
    sdl: `${LINK}
type Query {
  """One flow."""
  flow("Its id." id: ID!): Flow
  """One activity."""
  activity("Its id." id: ID!): Activity
  """Some parties."""
  donors: [Organisation!]!
}
"""A body."""
type Organisation @key(fields: "id") {
  """Its id."""
  id: ID!
  """What it gave."""
  flows: [Flow!]! @listSize(assumedSize: 10)
}
"""Money that moves."""
type Flow @key(fields: "id") {
  """Its id."""
  id: ID!
  """How much."""
  amount: Decimal!
  """Who said so."""
  provenance: Provenance!
}
"""A piece of work."""
type Activity @key(fields: "id") @key(fields: "identifier") {
  """Its id here."""
  id: ID!
  """Its id as published."""
  identifier: ID!
  """What it is called."""
  title: String @deprecated(reason: "For tests.")
}
"""Who said it."""
type Provenance @shareable { "The licence." licence: String "When." at: DateTime }
"""A time."""
scalar DateTime
"""An exact number."""
scalar Decimal
`,
  },
];

const SMALL_ENTITIES = ['Organisation', 'Country', 'Flow', 'Activity', 'Source'];

/** Our policy. */
export const POLICY: OwnershipPolicy = readPolicy();

/** Our policy, of the entities that the small graph has. */
export const SMALL_POLICY: OwnershipPolicy = {
  ...POLICY,
  entities: Object.fromEntries(
    Object.entries(POLICY.entities).filter(([name]) => SMALL_ENTITIES.includes(name)),
  ),
};

/** What begins a partner's schema. */
export const PARTNER_LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';

/** A schema of the partner `willow-web` that uses all that partners may. */
export const WILLOW = `${PARTNER_LINK}

type Query {
  """Its events."""
  willowWeb_events(
    """Which ones."""
    filter: WillowWeb_Filter
    """How many."""
    first: Int = 10
  ): [WillowWeb_Event!]
  """One event."""
  willowWeb_event("Its id." id: ID!): WillowWeb_Event
}

"""Which events."""
input WillowWeb_Filter {
  """Of these kinds."""
  kinds: [WillowWeb_Kind!]
  """Not before."""
  from: Date
}

"""A kind of event."""
enum WillowWeb_Kind {
  """People talk."""
  TALK
  """People walk."""
  WALK @deprecated(reason: "Nobody walks")
}

"""An event of the web."""
type WillowWeb_Event implements WillowWeb_Thing @key(fields: "id") {
  """Its id."""
  id: ID!
  """What it is called."""
  title: String!
  """On which day."""
  on: Date
  """Its kind."""
  kind: WillowWeb_Kind
  """Who holds it."""
  host: Organisation
  """What pays for it."""
  flow: Flow
  """Who is there."""
  guests: [WillowWeb_Guest!]!
}

"""What has an id."""
interface WillowWeb_Thing {
  """The id."""
  id: ID!
}

"""Somebody there."""
union WillowWeb_Guest = Organisation | WillowWeb_Person

"""A person, by first name."""
type WillowWeb_Person {
  """The first name."""
  name: String
}

type Organisation @key(fields: "id") {
  id: ID!
  """The events that it holds."""
  willowWeb_events("How many." first: Int = 5): [WillowWeb_Event!]
}

extend type Country @key(fields: "id") {
  id: ID! @external
  iso3: String @external
  """How many offices are there."""
  willowWeb_offices: Int @requires(fields: "iso3")
}

type Flow @key(fields: "id", resolvable: false) {
  id: ID!
}

scalar Date
`;
