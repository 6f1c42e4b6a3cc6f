import { PartyBasis } from '../../../subgraphs/funding';
import { bodyKey } from '../../../subgraphs/organisations';
import { normaliseIdentifier } from '../../../subgraphs/shared/ids';
import type { JsonObject } from '../json';
import type { Mention } from '../mentions';
import { objectsOf, textOf } from '../json-values';

/** A body on one side of a grant. */
export interface GrantBody {
  key: string;
  name: string | null;
  basis: PartyBasis;
}

/** One side of a grant: all whom it names, and whom its money is of or for. */
export interface GrantSide {
  bodies: GrantBody[];
  key: string | null;
  basis: PartyBasis;
}

const NOBODY: GrantSide = { bodies: [], key: null, basis: PartyBasis.UNKNOWN };

/**
 * Ids that mean the same body whoever writes them: those of registers (org-id.guide), and those that
 * begin with the prefix of a 360Giving publisher, which that publisher keeps. Any other is known to
 * its file only.
 */
const SAME_EVERYWHERE = /^([A-Z]{2}-[A-Z0-9_]+|360G-?[A-Z0-9]+)[-:]./;

/** The side of a flow that several bodies share goes to none of them; the activity names them all. */
const sideOf = (bodies: GrantBody[]): GrantSide => {
  const distinct = new Set(bodies.map(({ key }) => key));
  const [first] = bodies;
  if (!first) return NOBODY;
  return distinct.size > 1
    ? { bodies, key: null, basis: PartyBasis.SEVERAL }
    : { bodies, key: first.key, basis: first.basis };
};

/** Whether a grant went to a person, however its publisher shows it. */
const isToIndividual = ({ recipientIndividual, toIndividualsDetails }: JsonObject): boolean =>
  [recipientIndividual, toIndividualsDetails].some((value) => objectsOf(value).length > 0);

/** Reads who gives and who receives. Of individuals nothing is read but that they are some. */
export const createBodiesReader = (sourceId: string, mention: (mention: Mention) => void) => {
  /** The body that a text or an organisation of the standard names, or null. */
  const bodyOf = (
    organisation: JsonObject,
    publisher: string,
    reports: boolean,
  ): GrantBody | null => {
    const id = textOf(organisation.id);
    const name = textOf(organisation.name);
    const isGlobal = id !== null && SAME_EVERYWHERE.test(normaliseIdentifier(id));
    const key =
      id !== null && !isGlobal ? bodyKey(null, `id ${id}`, sourceId) : bodyKey(id, name, publisher);
    if (key === null) return null;
    const raw = isGlobal ? id : null;
    const names = [name, textOf(organisation.alternateName)];
    for (const each of new Set(names)) {
      if (each !== null || name === null) mention({ key, raw, name: each, type: null, reports });
    }
    return { key, name, basis: id === null ? PartyBasis.NAME : PartyBasis.IDENTIFIER };
  };
  const bodiesOf = (value: JsonObject[], publisher: string, reports = false) =>
    value.flatMap((organisation) => bodyOf(organisation, publisher, reports) ?? []);

  return {
    funders: (grant: JsonObject): GrantSide =>
      sideOf(bodiesOf(objectsOf(grant.fundingOrganization), sourceId, true)),

    recipients: (grant: JsonObject, publisher: string): GrantSide => {
      // Where both are given, the standard forbids it, and nothing may name a person.
      if (isToIndividual(grant)) return { ...NOBODY, basis: PartyBasis.INDIVIDUAL };
      return sideOf(bodiesOf(objectsOf(grant.recipientOrganization), publisher));
    },

    /** The body that a transaction names by its id alone; null if it names none. */
    byId: (id: string | null, publisher: string): GrantBody | null =>
      id === null ? null : bodyOf({ id }, publisher, false),
  };
};
export type BodiesReader = ReturnType<typeof createBodiesReader>;
