import type { Composition, PartnerState, State } from './state';
import { setAsideOf } from './state';

/** Where a partner stands. */
export type PartnerStatus =
  /** Known, and nothing of it is in force. */
  | 'ADDED'
  /** Its first version waits for a steward. */
  | 'PENDING'
  | 'PUBLISHED'
  | 'QUARANTINED'
  /** What is in force of it does not compose with our own subgraphs of this release. */
  | 'INCOMPATIBLE'
  | 'RETIRED';

const statusOf = (partner: PartnerState, reasons: readonly string[] | null): PartnerStatus => {
  if (partner.retired) return 'RETIRED';
  if (partner.inForce === null) return partner.pending === null ? 'ADDED' : 'PENDING';
  if (reasons) return 'INCOMPATIBLE';
  return partner.quarantine ? 'QUARANTINED' : 'PUBLISHED';
};

/** A partner, as anybody may see it. */
export const viewPartner = (state: State, own: string, partner: PartnerState) => {
  const { name, trust, addedAt, inForce, pending, quarantine, versions } = partner;
  const incompatible = setAsideOf(state, own, partner);
  return {
    name,
    trust,
    status: statusOf(partner, incompatible),
    addedAt,
    version: inForce,
    pending,
    quarantine,
    incompatible,
    versions: [...versions.values()].map(({ version, url, licence, sdl, publishedAt }) => ({
      version,
      url,
      licence,
      sdl,
      publishedAt,
    })),
  };
};
export type PartnerView = ReturnType<typeof viewPartner>;

/** A supergraph, as anybody may see it. */
export const viewComposition = ({ number, at, own, partners, supergraph, api }: Composition) => ({
  number,
  at,
  own,
  partners: partners.map(([name, version]) => ({ name, version })),
  supergraph,
  api,
});
