import type { Graph } from '../../../gateway/graph';
import type { EditionCounts } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { decode, type Input, takenAt } from '../inputs';
import { NO_PROBLEMS } from '../problem';
import type { ImportOutcome } from '../run';
import { parseCodelist } from './codelist';
import { REFERENCE, type ReferenceKind } from './kinds';
import { parseCountries, parseRates, parseRegisters } from './lists';

const readAll = async (input: Input): Promise<string> => {
  let text = '';
  for await (const part of decode(await input.open(), input.name)) text += part;
  return text;
};

/**
 * Imports one file of reference data, which replaces what was there of it.
 * @param retrievedAt when it was taken from its source, ISO 8601; default: the file's own time; now,
 *   for an address.
 * @throws BrokenFile, after which nothing has changed.
 */
export const importReference = async (
  graph: Graph,
  kind: ReferenceKind,
  input: Input,
  taken?: string,
): Promise<ImportOutcome> => {
  const { sourceId, title, publisherName, licence, attribution } = REFERENCE[kind];
  const retrievedAt = taken ?? (await takenAt(input));
  const text = await readAll(input);
  const { organisations, funding } = graph;
  const put = (): { items: number; write: () => Promise<EditionCounts> } => {
    switch (kind) {
      case 'codelists': {
        const list = parseCodelist(text, input.name);
        return {
          items: list.items.length,
          write: () => organisations.write.putCodelist(list, sourceId),
        };
      }
      case 'org-id': {
        const registers = parseRegisters(text, input.name);
        return {
          items: registers.length,
          write: () => organisations.write.putRegisters(registers, sourceId),
        };
      }
      case 'countries': {
        const { countries, regions } = parseCountries(text, input.name);
        return {
          items: countries.length,
          write: () => organisations.write.putCountries(countries, regions, sourceId),
        };
      }
      case 'rates': {
        const rates = parseRates(text, input.name);
        return { items: rates.length, write: () => funding.write.putRates(rates, sourceId) };
      }
    }
  };
  const { items, write } = put();
  const source = await organisations.write.openEdition(
    { sourceId, retrievedAt },
    {
      id: sourceId,
      title,
      publisherName,
      licence,
      attribution,
      visibility: Visibility.PUBLIC,
      retrievedAt,
    },
  );
  const counts = await graph.together(async () => {
    await source.commit();
    const written = await write();
    await graph.follow();
    return written;
  });
  return { read: { [REFERENCE[kind].items]: items }, counts, problems: NO_PROBLEMS };
};
