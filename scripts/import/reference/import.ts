import type { Graph } from '../../../gateway/graph';
import type { EditionCounts } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { decode, type Input, takenAt } from '../inputs';
import { NO_PROBLEMS } from '../problem';
import type { ImportOutcome } from '../run';
import { parseCodelist } from './codelist';
import { parseCountries, parseRates, parseRegisters } from './lists';

/** The kinds of reference data, with what their source is and under which licence it is published. */
export const REFERENCE = {
  codelists: {
    items: 'codes',
    sourceId: 'iati-codelists',
    title: 'IATI codelists',
    publisherName: 'IATI',
    licence: 'MIT',
    attribution: 'Copyright (c) IATI 2017',
    extensions: ['.xml'],
  },
  'org-id': {
    items: 'registers',
    sourceId: 'org-id',
    title: 'org-id.guide register lists',
    publisherName: 'org-id.guide',
    licence: 'ODbL 1.0',
    attribution: 'Contains information from org-id.guide, made available under the ODbL 1.0',
    extensions: ['.json'],
  },
  countries: {
    items: 'countries',
    sourceId: 'm49',
    title: 'ISO 3166-1 codes with UN M49 regions',
    publisherName: 'UN Statistics Division',
    licence: 'PDDL',
    attribution: null,
    extensions: ['.csv'],
  },
  rates: {
    items: 'rates',
    sourceId: 'imf-rates',
    title: 'Monthly average exchange rates, SDR per unit',
    publisherName: 'International Monetary Fund',
    licence: 'not stated',
    attribution: 'International Monetary Fund, exchange rates',
    extensions: ['.json'],
  },
} as const;
export type ReferenceKind = keyof typeof REFERENCE;

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
