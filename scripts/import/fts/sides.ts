import { FtsBehaviour, FtsObjectType, type FtsSide, PartyBasis } from '../../../subgraphs/funding';
import { bodyKey } from '../../../subgraphs/organisations';
import type { Value } from '../../../subgraphs/shared/db';
import { enumValue } from '../../../subgraphs/shared/vocabulary';
import type { JsonObject } from '../json';
import { textOf, textsOf } from '../json-values';
import type { Mention } from '../mentions';
import { objectTypeOf, typeCodeOf } from './codes';
import type { Places } from './places';

/**
 * The id space of organisations as FTS numbers them. No list of org-id.guide has them: `XM-OCHA` is of
 * plans. Whoever has only the name is known to FTS by that name.
 */
const ID_SPACE = 'PG-FTS';
const FTS = 'FTS';

/** One side of a flow. */
export interface FlowSide {
  key: string | null;
  basis: PartyBasis;
  /** Rows of `fts_objects`, without their place. */
  objects: Record<string, Value>[];
  /** The key of each organisation by its name. */
  names: Map<string, string>;
}

/** Reads the sides of flows: who, where, when and for what. */
export const createSideReader = (placeOf: Places, mention: (mention: Mention) => void) => {
  const bodyOf = (id: string | null, name: string | null, types: readonly string[]) => {
    const raw = id === null ? null : `${ID_SPACE}-${id}`;
    const key = bodyKey(raw, name, FTS);
    if (key !== null) mention({ key, raw, name, type: typeCodeOf(types), reports: false });
    return key;
  };

  return {
    /** The body that a report names: one of the flow's own sides, else one by that name. */
    reporter: (report: JsonObject | undefined, sides: readonly FlowSide[]): string | null => {
      const name = textOf(report?.organization);
      if (name === null) return null;
      for (const { names } of sides) {
        const key = names.get(name);
        if (key !== undefined) return key;
      }
      return bodyOf(null, name, []);
    },

    read: (value: JsonObject[], side: FtsSide): FlowSide => {
      const names = new Map<string, string>();
      let basis = PartyBasis.UNKNOWN;
      const objects = value.map((object) => {
        const type = objectTypeOf(textOf(object.type) ?? '');
        const [id, name] = [textOf(object.id), textOf(object.name)];
        const types = [
          ...textsOf(object.organizationTypes),
          ...textsOf(object.organizationSubTypes),
        ];
        const body = type === FtsObjectType.ORGANIZATION ? bodyOf(id, name, types) : null;
        if (body !== null) {
          names.set(name ?? body, body);
          basis = id === null ? PartyBasis.NAME : PartyBasis.IDENTIFIER;
        }
        return {
          side,
          type,
          object_id: id,
          code: textOf(object.code),
          name,
          behaviour: enumValue(FtsBehaviour, textOf(object.behavior)),
          organisation_types: JSON.stringify(types),
          body_key: body,
          country: type === FtsObjectType.LOCATION ? placeOf(name) : null,
        };
      });
      const keys = new Set(names.values());
      const [only = null] = keys;
      return keys.size > 1
        ? { key: null, basis: PartyBasis.SEVERAL, objects, names }
        : { key: only, basis, objects, names };
    },
  };
};
