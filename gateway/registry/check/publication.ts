import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Compose, Composition } from '../../composition';
import type { Finding, Partner } from '../../partners';
import { checkOwnership } from '../ownership/check-ownership';
import { type DataFlow, dataFlowOf } from '../ownership/data-flow';
import { createFinding } from '../ownership/finding';
import { checkPartnerName } from '../ownership/names';
import { type NamedSdl, ownershipOf } from '../ownership/owners';
import type { OwnershipPolicy } from '../ownership/policy';
import { prepareSdl } from '../ownership/prepare';
import { changesOf } from './changes';
import { lintDescriptions } from './lint';
import { createPlaces } from './place';
import { stewardFindings } from './steward';
import type { FieldUsage } from './usage';

/** What a partner wants to publish, and the graph in which it would stand. */
export interface Publication {
  readonly partner: Partner;
  /** Its schema, as it answers `_service { sdl }`. */
  readonly sdl: string;
  /** What is served of this partner; null if nothing is. */
  readonly current: Pick<NamedSdl, 'sdl'> | null;
  /** What is served of the other partners. */
  readonly others: readonly NamedSdl[];
  /** What clients asked for in the last 30 days. */
  readonly usage: readonly FieldUsage[];
  /** The schema that clients see now; composed from `current` and `others` if it is not given. */
  readonly servedApiSdl?: string;
}

/** What was found of a publication. It may be published if there is no `ERROR`. */
export interface PublicationCheck {
  readonly findings: readonly Finding[];
  /** The supergraph with it; null if it was refused before, or does not compose. */
  readonly supergraphSdl: string | null;
  readonly apiSdl: string | null;
  /** What the gateway would send the partner. */
  readonly dataFlow: readonly DataFlow[];
}

/** The checks of publications against our own subgraphs. */
export interface PublicationChecks {
  /** Everything that can be known of a publication without asking its server. */
  checkPublication(publication: Publication): Promise<PublicationCheck>;
  /** Our own subgraphs and these of partners, that were checked before, in one supergraph. */
  composeWith(partners: readonly NamedSdl[]): Promise<Composition>;
  /** What clients would notice if one API schema took the place of another: a rollback, a retirement. */
  changesBetween(
    before: string,
    after: string,
    usage: readonly FieldUsage[],
  ): Promise<readonly Finding[]>;
}

/** Composition gives a reason for each way on which something cannot be reached. */
const MOST_REASONS = 50;

const isError = ({ severity }: Finding): boolean => severity === 'ERROR';

const findingsOfComposition = (composition: Composition, sdl: string): Finding[] => {
  switch (composition.status) {
    case 'composed':
      return [];
    case 'refused': {
      const placeOf = createPlaces(sdl);
      return composition.reasons.slice(0, MOST_REASONS).map((reason) => {
        const place = placeOf(reason);
        return createFinding('COMPOSITION_FAILED', place?.node ?? null, reason, place?.coordinate);
      });
    }
    case 'failed': {
      const code = {
        TIME: 'COMPOSITION_TOO_SLOW',
        MEMORY: 'COMPOSITION_TOO_LARGE',
        CRASH: 'COMPOSITION_CRASHED',
      } as const;
      return [createFinding(code[composition.because], null, composition.message)];
    }
  }
};

/**
 * The checks, ready for publications.
 * @param ours the schemas of our own subgraphs.
 * @param compose composes apart from the event loop, with limits.
 */
export const createPublicationChecks = (
  policy: OwnershipPolicy,
  ours: readonly NamedSdl[],
  compose: Compose,
): PublicationChecks => {
  const ownership = ownershipOf(ours);

  const composeWith = async (partners: readonly NamedSdl[]) => {
    const prepared: NamedSdl[] = [];
    for (const { name, sdl } of partners) {
      prepared.push({ name, sdl: prepareSdl(policy, sdl) });
      // Each takes some milliseconds; between two of them requests have their turn.
      await nextTurn();
    }
    return compose([...ours, ...prepared]);
  };

  const servedApiOf = async ({ partner, current, others, servedApiSdl }: Publication) => {
    if (servedApiSdl !== undefined) return servedApiSdl;
    const served = await composeWith(
      current ? [...others, { name: partner.name, sdl: current.sdl }] : others,
    );
    return served.status === 'composed' ? served.apiSdl : null;
  };

  const checkPublication = async (publication: Publication): Promise<PublicationCheck> => {
    const { partner, sdl, current, others, usage } = publication;
    const taken = [...ours, ...others].map(({ name }) => name);
    const refused = [
      ...checkPartnerName(policy, partner.name, taken),
      ...checkOwnership(policy, partner, sdl, ownership),
    ];
    const nothing = { supergraphSdl: null, apiSdl: null };
    if (refused.some(isError)) return { findings: refused, ...nothing, dataFlow: [] };

    const dataFlow = dataFlowOf(policy, sdl);
    const findings = [
      ...refused,
      ...lintDescriptions(policy, sdl),
      ...stewardFindings(policy, partner.trust, dataFlow, current && current.sdl),
    ];
    const composition = await composeWith([...others, { name: partner.name, sdl }]);
    findings.push(...findingsOfComposition(composition, sdl));
    if (composition.status !== 'composed') return { findings, ...nothing, dataFlow };

    const { supergraphSdl, apiSdl } = composition;
    const served = await servedApiOf(publication);
    findings.push(
      ...(served === null
        ? [createFinding('CHANGES_UNKNOWN', null, 'What is served now does not compose.')]
        : await changesOf(served, apiSdl, usage)),
    );
    return { findings, supergraphSdl, apiSdl, dataFlow };
  };

  return { checkPublication, composeWith, changesBetween: changesOf };
};
