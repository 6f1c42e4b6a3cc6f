import { Authority, bodyKey, type NewOrganisation } from '../../../subgraphs/organisations';
import type { Visibility } from '../../../subgraphs/shared/viewer';
import { tierOf } from '../../../subgraphs/shared/viewer';
import { LegalForm, OrganisationKind } from '../../../subgraphs/shared/vocabulary';
import type { SourceRecord } from './record';

interface Named {
  raw: string | null;
  name: string | null;
}

/** Remembers every body that the records of one file name, and which of them they describe. */
export const createNaming = (source: SourceRecord) => {
  /** What records of each visibility call a body: an open mention must not repeat what a hidden record says. */
  const named = new Map<string, Map<Visibility, Named>>();
  const described = new Map<string, number>();

  /** The key of a body that a record names, by identifier, else by name within this source. */
  const nameBody = (
    identifier: string | undefined,
    name: string | undefined,
    visibility: Visibility,
  ): string | null => {
    const key = bodyKey(identifier, name, source.id);
    if (key === null) return null;
    const mentions = named.get(key) ?? new Map<Visibility, Named>();
    named.set(key, mentions);
    const before = mentions.get(visibility);
    if (before) before.name ??= name ?? null;
    else mentions.set(visibility, { raw: identifier ?? null, name: name ?? null });
    return key;
  };

  return {
    nameBody,

    /** Notes that a record of this visibility describes a body. */
    describe: (key: string, visibility: Visibility): void => {
      described.set(key, Math.min(described.get(key) ?? Infinity, tierOf(visibility)));
    },

    /**
     * Bodies that other records only name: each as open as the most open record that names it. Where
     * that one gives no name and a less open one does, the name is a mention of its own.
     */
    mentions: (): NewOrganisation[] =>
      [...named]
        .flatMap(([key, mentions]) => {
          const open = described.get(key) ?? Infinity;
          const ordered = [...mentions].sort(([a], [b]) => tierOf(a) - tierOf(b));
          const [first] = ordered;
          const naming = ordered.find(([, { name }]) => name !== null);
          return [...new Set([first, naming])]
            .filter((mention) => mention !== undefined)
            .filter(([visibility]) => tierOf(visibility) < open)
            .map(([visibility, said]) => ({
              key,
              visibility,
              ...said,
              isFirst: first?.[0] === visibility,
            }));
        })
        .map(({ key, raw, name, visibility, isFirst }) => ({
          recordId: isFirst ? `named ${key}` : `named ${key} (${visibility})`,
          visibility,
          licence: source.licence,
          key,
          name,
          identifiers: raw === null ? [] : [raw],
          kind: OrganisationKind.UNKNOWN,
          legalForm: LegalForm.UNKNOWN,
          authority: Authority.MENTION,
        })),
  };
};
