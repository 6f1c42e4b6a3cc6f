import fc from 'fast-check';
import { checkOwnership } from '../../../gateway/registry/ownership/check-ownership';
import { ownershipOf } from '../../../gateway/registry/ownership/owners';
import { prepareSdl } from '../../../gateway/registry/ownership/prepare';
import { composeHere } from '../../../gateway/supergraph/compose-apart';
import { PARTNER_LINK, SMALL, SMALL_POLICY, WILLOW } from '../../unit/gateway/registry/graphs';
import { HOSTILE } from '../../unit/gateway/registry/hostile';
import { mutate } from '../../unit/gateway/registry/mutate';
import { type Composed, violationsIn } from '../../unit/gateway/registry/oracle';

const PARTNER = { name: 'willow-web', trust: 'VERIFIED' } as const;
const OWNERSHIP = ownershipOf(SMALL);
/** More of them on request: PEACEGRAPH_MUTATIONS=100000. */
const RUNS = Number(process.env.PEACEGRAPH_MUTATIONS ?? 250);

const composed = (partner?: string): Composed | null => {
  const composition = composeHere(
    partner === undefined ? SMALL : [...SMALL, { name: PARTNER.name, sdl: partner }],
  );
  return composition.status === 'composed' ? composition : null;
};
const OURS = composed();
const violations = (partner: Composed | null): string[] =>
  OURS && partner ? violationsIn(SMALL_POLICY, OURS, partner) : [];
const passes = (sdl: string): boolean =>
  !checkOwnership(SMALL_POLICY, PARTNER, sdl, OWNERSHIP).some(
    ({ severity }) => severity === 'ERROR',
  );

const BASES = [
  WILLOW,
  `${PARTNER_LINK}
type Query { willowWeb_offices(country: ID!): [WillowWeb_Office] }
type WillowWeb_Office { town: String country: Country opened: Date }
type Country @key(fields: "id") { id: ID! iso3: String @external m49: String @external
  willowWeb_offices: [WillowWeb_Office] @requires(fields: "iso3 m49") }
type Activity @key(fields: "identifier") { identifier: ID! willowWeb_verdict: WillowWeb_Verdict }
enum WillowWeb_Verdict { GOOD BAD }
scalar Date`,
  `${PARTNER_LINK}
extend type Organisation @key(fields: "id") { id: ID! @external willowWeb_motto(in: String = "en"): String }`,
];

describe('an oracle that looks only at what was composed', () => {
  it('finds nothing wrong with what partners may do', () => {
    for (const sdl of BASES) {
      const partner = composed(prepareSdl(SMALL_POLICY, sdl));
      expect(partner).not.toBeNull();
      expect(violations(partner)).toEqual([]);
    }
  });

  // The stock composition takes these as they are: the proof that the oracle sees what the policy is for.
  const composing = HOSTILE.filter(({ sdl }) => sdl.length < 10_000).flatMap((hostile) => {
    try {
      const partner = composed(hostile.sdl);
      return partner ? [{ ...hostile, partner }] : [];
    } catch {
      return [];
    }
  });
  it('knows the tricks that composition lets through', () => {
    expect(composing.length).toBeGreaterThan(35);
  });
  /** Refused for what they say, or because they serve nothing good: composition leaves no trace of them. */
  const TRACELESS =
    /^(TEXT_|DESCRIPTION_|LINK_|FEDERATION_|TOO_MANY_|NAME_TOO_LONG|KEY_NOT_PLAIN|EXTENSION_REFUSED|DIRECTIVE_DEFINED)/;
  const traceless = [
    'shares what it has, to share more later',
    'uses the name join__Graph',
    'defines a type that only looks like one of Federation’s',
  ];
  it.each(
    composing.filter(({ code, tries }) => !TRACELESS.test(code) && !traceless.includes(tries)),
  )('sees what is wrong when composition takes a schema that $tries', ({ partner }) => {
    // Costs are ours to add, so that no schema as it was sent has them.
    const seen = violations(partner).filter((what) => !/^(cost|list size) of/.test(what));
    expect(seen).not.toEqual([]);
  });
});

it('lets nothing compose that the policy forbids, however schemas are changed at random', () => {
  const mutation = fc.record({ kind: fc.nat(), at: fc.nat(), pick: fc.nat() });
  const count = { refused: 0, unfit: 0, composed: 0 };
  fc.assert(
    fc.property(
      fc.constantFrom(...BASES),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      (base, mutations) => {
        const sdl = mutate(base, mutations);
        if (!passes(sdl)) {
          count.refused += 1;
          return;
        }
        const partner = composed(prepareSdl(SMALL_POLICY, sdl));
        count[partner ? 'composed' : 'unfit'] += 1;
        expect(violations(partner)).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
  // The test says something only if all three happen often.
  expect(Math.min(...Object.values(count))).toBeGreaterThan(RUNS / 50);
});
