import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { compareTexts } from '../../shared/ids';
import { OrganisationKind } from '../../shared/vocabulary';
import type { Participation, ProcessStage } from '../participation/participation';
import type { ParticipationLoader } from '../participation/participation.loader';
import { heldDuring, type TiesLoader } from '../ties/ties.loader';
import type { Appearance } from './presences';
import type { StageParticipation } from './visibility';

const CIVIL_SOCIETY: readonly string[] = [
  OrganisationKind.INTERNATIONAL_NGO,
  OrganisationKind.NATIONAL_NGO,
  OrganisationKind.REGIONAL_NGO,
  OrganisationKind.PARTNER_COUNTRY_NGO,
];

/** Merges what several records say of one appearance: named, if any of them says so. */
const merged = (all: readonly (Appearance & { place: string })[]): Appearance[] => {
  const found = new Map<string, Appearance>();
  for (const { place, ...appearance } of all) {
    const before = found.get(place);
    found.set(
      place,
      before
        ? {
            ...before,
            memberOf: [...before.memberOf, ...appearance.memberOf],
            named:
              before.named === true || appearance.named === true
                ? true
                : (before.named ?? appearance.named),
          }
        : appearance,
    );
  }
  return [...found.values()];
};

export const createVisibilityLoader = (
  participations: ParticipationLoader,
  ties: TiesLoader,
  bodies: BodiesLoader,
) => {
  /** Whether a body has members on record, or somebody speaks for it here. */
  const isNetwork = async (body: string, spokenFor: ReadonlySet<string>): Promise<boolean> =>
    spokenFor.has(body) || (await ties.ofNetwork.load(body)).length > 0;

  /** The participations of bodies that the viewer may see. */
  const seen = async (process: string) => {
    const all = await Promise.all(
      (await participations.allByProcess.load(process)).map(async (participation) => ({
        participation,
        body: await bodies.idOf.load(participation.organisationKey),
        forNetwork:
          participation.forNetworkKey === null
            ? null
            : await bodies.idOf.load(participation.forNetworkKey),
      })),
    );
    const known = all.flatMap(({ body, ...rest }) => (body === null ? [] : [{ body, ...rest }]));
    const spokenFor = new Set(
      known.map(({ forNetwork }) => forNetwork).filter((network) => network !== null),
    );
    return { known, spokenFor };
  };

  const appearanceOf = async (
    {
      body,
      forNetwork,
      participation,
    }: {
      body: string;
      forNetwork: string | null;
      participation: Participation;
    },
    spokenFor: ReadonlySet<string>,
  ) => {
    const { role, stage, namedInOwnRight } = participation;
    const memberships = await ties.ofMember.load(body);
    return {
      place: JSON.stringify([body, role, stage, forNetwork]),
      body,
      isNetwork: await isNetwork(body, spokenFor),
      forNetwork,
      memberOf: memberships
        .filter((tie) => heldDuring(tie, participation))
        .map(({ network }) => network),
      named: namedInOwnRight,
    };
  };

  const stageOf = async (
    stage: ProcessStage | null,
    ids: readonly string[],
    spokenFor: ReadonlySet<string>,
  ): Promise<StageParticipation> => {
    const found = await Promise.all(
      ids.map(async (id) => ({
        network: await isNetwork(id, spokenFor),
        kind: (await ties.profile.load(id))?.kind ?? OrganisationKind.UNKNOWN,
      })),
    );
    return {
      stage,
      bodies: found.length,
      networks: found.filter(({ network }) => network).length,
      civilSociety: found.filter(({ network, kind }) => network || CIVIL_SOCIETY.includes(kind))
        .length,
      kindUnknown: found.filter(
        ({ network, kind }) => !network && kind === String(OrganisationKind.UNKNOWN),
      ).length,
    };
  };

  return {
    /** The appearances of bodies in each process. */
    appearances: new DataLoader<string, Appearance[]>((processes) =>
      Promise.all(
        processes.map(async (process) => {
          const { known, spokenFor } = await seen(process);
          return merged(await Promise.all(known.map((one) => appearanceOf(one, spokenFor))));
        }),
      ),
    ),

    /** Who took part in a process at each stage, the stage that no record tells last. */
    stages: async (process: string): Promise<StageParticipation[]> => {
      const { known, spokenFor } = await seen(process);
      const bodiesAt = new Map<ProcessStage | null, Set<string>>();
      for (const { body, participation } of known)
        bodiesAt.set(
          participation.stage,
          (bodiesAt.get(participation.stage) ?? new Set()).add(body),
        );
      return Promise.all(
        [...bodiesAt]
          .sort(([a], [b]) => compareTexts(a ?? '~', b ?? '~'))
          .map(([stage, ids]) => stageOf(stage, [...ids], spokenFor)),
      );
    },
  };
};
export type VisibilityLoader = ReturnType<typeof createVisibilityLoader>;
