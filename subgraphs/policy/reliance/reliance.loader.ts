import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { inForce, today } from '../../shared/dates';
import { compareTexts } from '../../shared/ids';
import { groupedByKey } from '../../shared/keyed';
import { provenanceOf } from '../../shared/references';
import type { OrganisationKind } from '../../shared/vocabulary';
import type { Participation } from '../participation/participation';
import type { ParticipationLoader } from '../participation/participation.loader';
import type { ProcessLoader } from '../process/process.loader';
import type { TiesLoader } from '../ties/ties.loader';
import type { AgreementRow, AgreementStore } from './agreement.store';
import { type AgreementKind, type Reliance, RelianceKind } from './reliance';

export const createRelianceLoader = (
  store: AgreementStore,
  participations: ParticipationLoader,
  processes: ProcessLoader,
  ties: TiesLoader,
  bodies: BodiesLoader,
) => {
  const agreements = new DataLoader(async (keys: readonly string[]) =>
    groupedByKey(
      keys,
      await store.byOrganisationKeys(keys),
      ({ organisation_key }) => organisation_key,
    ),
  );

  const ofAgreement = async (row: AgreementRow, bodyId: string): Promise<Reliance[]> => {
    const authorityId = await bodies.idOf.load(row.authority_key);
    if (authorityId === null) return [];
    return [
      {
        id: row.id,
        kind: RelianceKind.AGREEMENT,
        title: row.title,
        agreementKind: row.agreement_kind as AgreementKind,
        process: null,
        role: null,
        stage: null,
        from: row.from_date,
        to: row.to_date,
        authorityId,
        bodyId,
        provenance: await provenanceOf(row, [row.authority_key, row.organisation_key], bodies),
      } as Reliance,
    ];
  };

  /** A participation is one reliance for each body that leads the process. */
  const ofParticipation = async (
    { stamp, processId, organisationKey, forNetworkKey, ...said }: Participation,
    bodyId: string,
  ): Promise<Reliance[]> => {
    const process = await processes.byId.load(processId);
    if (process === null) return [];
    const keys = (
      await Promise.all(process.rows.map(({ id }) => processes.leaders.load(id)))
    ).flat();
    const leaders = new Set(await Promise.all(keys.map((key) => bodies.idOf.load(key))));
    const provenance = await provenanceOf(stamp, [organisationKey, forNetworkKey], bodies);
    return [...leaders].flatMap((authorityId) =>
      authorityId === null || authorityId === bodyId
        ? []
        : [
            {
              id: `${said.id} ${authorityId}`,
              kind: RelianceKind.PARTICIPATION,
              title: process.title,
              agreementKind: null,
              process,
              role: said.role,
              stage: said.stage,
              from: said.from,
              to: said.to,
              authorityId,
              bodyId,
              provenance,
            } as Reliance,
          ],
    );
  };

  const ofBody = async (bodyId: string): Promise<Reliance[]> => {
    const keys = await bodies.keysOf.load(bodyId);
    const [agreed, took] = await Promise.all([
      Promise.all(keys.map((key) => agreements.load(key))),
      Promise.all(keys.map((key) => participations.allByKey.load(key))),
    ]);
    return (
      await Promise.all([
        ...agreed.flat().map((row) => ofAgreement(row, bodyId)),
        ...took.flat().map((participation) => ofParticipation(participation, bodyId)),
      ])
    ).flat();
  };

  /** Where a record stands among others: by date, then by id. */
  const place = ({ from, id }: Reliance): string => `${from ?? ''} ${id}`;

  return {
    place,
    /** What is on record of authorities of some kinds that relied on a body or on its members of today. */
    of: async (
      body: string,
      kinds: readonly OrganisationKind[],
      withMembers: boolean,
    ): Promise<Reliance[]> => {
      const members = withMembers
        ? (await ties.ofNetwork.load(body))
            .filter((tie) => inForce(tie, today()))
            .map(({ member }) => member)
        : [];
      const all = (await Promise.all([...new Set([body, ...members])].map(ofBody))).flat();
      const profiles = await Promise.all(
        all.map(({ authorityId }) => ties.profile.load(authorityId)),
      );
      return all
        .filter((_, index) => kinds.includes(profiles[index]?.kind as OrganisationKind))
        .sort((a, b) => compareTexts(place(a), place(b)));
    },
  };
};
export type RelianceLoader = ReturnType<typeof createRelianceLoader>;
