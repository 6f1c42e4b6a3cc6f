import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Graph } from '../../gateway/graph';
import { importIati } from '../../scripts/import/iati/import';
import { sourceIdFor } from '../../scripts/import/source-id';
import { type Input, inputsOf } from '../../scripts/import/inputs';
import { importReference } from '../../scripts/import/reference/import';
import { REFERENCE, type ReferenceKind } from '../../scripts/import/reference/kinds';
import { type RunReport, runImport } from '../../scripts/import/run';
import { importStatements, sourceOfStatements } from '../../scripts/import/statements/import';
import { activityFile, anActivity, aTransaction } from '../support/iati';

/** One import, as the command line takes it. */
export interface Import {
  kind: 'iati' | 'statements' | ReferenceKind;
  /** A name in the scenarios' folder. */
  file: string;
}

/** An import to be disturbed, over an installation that others have filled. */
export interface Scenario {
  title: string;
  before: Import[];
  disturbed: Import;
}

const EXTENSIONS = ['.xml', '.jsonl', '.json', '.csv'];

/** Does an import as the command line does. */
export const doImport = async (
  graph: Graph,
  folder: string,
  { kind, file }: Import,
): Promise<RunReport> => {
  const [input] = (await inputsOf([path.join(folder, file)], EXTENSIONS)) as [Input];
  const run = (sourceId: string, work: Parameters<typeof runImport>[1]['work']) =>
    runImport(graph, { kind, file: input.name, sourceId, work });
  if (kind === 'iati') {
    // Editions of one source, whatever their files are called.
    const sourceId = sourceIdFor('iati', file.replace(/-\d+\.xml$/, '.xml'));
    return run(sourceId, () => importIati(graph, input, { sourceId }));
  }
  if (kind === 'statements') {
    const { id } = await sourceOfStatements([input]);
    return run(id, () => importStatements(graph, [input]));
  }
  return run(REFERENCE[kind].sourceId, () => importReference(graph, kind, input));
};

/** The arguments by which the command line does the same. */
export const argumentsOf = (folder: string, { kind, file }: Import): string[] => [
  'import',
  kind,
  path.join(folder, file),
  ...(kind === 'iati' ? ['--source', sourceIdFor('iati', file.replace(/-\d+\.xml$/, '.xml'))] : []),
];

const side = (element: string, attributes: string) => `<${element} ${attributes}/>`;
const budget = `<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
  <value value-date="2020-01-01">100</value></budget>`;

const donor = (edition: number) =>
  activityFile(
    ...[1, 2, 3, 4, 5]
      .map((at) =>
        anActivity(
          `GB-1-${at}`,
          'GB-1',
          `${budget}<participating-org role="4" ref="GB-CH-77"/><sector code="15220"/>${aTransaction('3', String(at * 10 + edition), side('receiver-org', `receiver-activity-id="XM-NET-${at}"`))}
         ${aTransaction('2', String(at * 100), side('receiver-org', 'ref="XM-NET"'))}`,
        ),
      )
      .slice(edition === 1 ? 0 : 1),
    ...(edition === 1
      ? []
      : [
          anActivity(
            'GB-1-9',
            'GB-1',
            aTransaction('3', '7', side('receiver-org', 'ref="XM-NEW"')),
          ),
        ]),
  );

const network = activityFile(
  ...[1, 2, 3].map((at) =>
    anActivity(
      `XM-NET-${at}`,
      'XM-NET',
      `${aTransaction('1', String(at * 10 + 1), side('provider-org', `provider-activity-id="GB-1-${at}"`))}
       ${aTransaction('4', '5', side('receiver-org', 'ref="GB-COH-77"'))}`,
    ),
  ),
);

/** Enough for every database to grow: each activity names a body of its own. */
const large = activityFile(
  ...Array.from({ length: 300 }, (_, at) =>
    anActivity(
      `GB-2-${at}`,
      'GB-2',
      `<participating-org role="4" ref="XX-PART-${at}"><narrative>Partner number ${at} of the large file</narrative></participating-org>
       ${aTransaction('3', String(at), side('receiver-org', `ref="XX-PART-${at}"`))}`,
    ),
  ),
);

const statements = (joined: boolean) =>
  [
    {
      kind: 'source',
      id: 'net-says',
      title: 'What the network says',
      publisherName: 'Net',
      licence: 'CC0-1.0',
      retrievedAt: joined ? '2026-03-01' : '2026-02-01',
    },
    // The two become one body, and with it the money that names either.
    {
      kind: 'organisation',
      organisation: 'XM-NET',
      organisationName: 'The network',
      ...(joined && { identifiers: ['GB-COH-77'] }),
      country: 'KE',
    },
    {
      kind: 'self-statement',
      organisation: 'XM-NET',
      topic: 'IDENTITY',
      declaredModality: 'NETWORK',
      text: 'We are many.',
    },
    { kind: 'membership', member: 'GB-COH-77', network: 'XM-NET', role: 'MEMBER', from: '2019' },
    {
      kind: 'membership',
      memberName: 'Youth of the Two Hills',
      network: 'XM-NET',
      role: joined ? 'FOUNDING_MEMBER' : 'MEMBER',
    },
    ...(joined ? [] : [{ kind: 'membership', memberName: 'Gone since', network: 'XM-NET' }]),
    {
      kind: 'policy-process',
      process: 'XX-NAP-2',
      title: 'Second plan',
      processKind: 'NATIONAL_ACTION_PLAN',
      agenda: ['WPS'],
      country: 'KE',
      status: 'ADOPTED',
    },
    { kind: 'participation', process: 'XX-NAP-2', organisation: 'XM-NET', role: 'CONSULTED' },
  ]
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');

// What was registered under GB-CH is under GB-COH since.
const registers = JSON.stringify([
  { code: 'GB-COH', name: { en: 'Companies House' }, formerPrefixes: ['GB-CH'] },
  { code: 'XM', name: { en: 'Networks' } },
]);
const countries = `ISO3166-1-Alpha-2,ISO3166-1-Alpha-3,M49,CLDR display name,official_name_fr,Region Code,Region Name,Sub-region Code,Sub-region Name,Intermediate Region Code,Intermediate Region Name
KE,KEN,404,Kenya,Kenya,2,Africa,202,Sub-Saharan Africa,14,Eastern Africa
`;

/** Writes the files of all scenarios into a folder. */
export const writeFiles = (folder: string): void => {
  const files = {
    'donor-1.xml': donor(1),
    'donor-2.xml': donor(2),
    'network.xml': network,
    'large.xml': large,
    'says-1.jsonl': statements(false),
    'says-2.jsonl': statements(true),
    'registers.json': registers,
    'countries.csv': countries,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
};

const donor1: Import = { kind: 'iati', file: 'donor-1.xml' };
const net: Import = { kind: 'iati', file: 'network.xml' };
const says1: Import = { kind: 'statements', file: 'says-1.jsonl' };

/** An import after which every database is larger. */
export const LARGE: Scenario = {
  title: 'a file of many bodies',
  before: [donor1, says1],
  disturbed: { kind: 'iati', file: 'large.xml' },
};

/** Imports of each kind, first and later editions. */
export const SCENARIOS: readonly Scenario[] = [
  { title: 'a first import into an empty folder', before: [], disturbed: donor1 },
  {
    title: 'money whose links lead to and from what is there',
    before: [donor1, says1],
    disturbed: net,
  },
  {
    title: 'an edition that withdraws and changes',
    before: [donor1, net, says1],
    disturbed: { kind: 'iati', file: 'donor-2.xml' },
  },
  {
    title: 'statements that make two bodies one',
    before: [donor1, net, says1],
    disturbed: { kind: 'statements', file: 'says-2.jsonl' },
  },
  {
    title: 'a register list by which bodies are joined',
    before: [donor1, net, says1],
    disturbed: { kind: 'org-id', file: 'registers.json' },
  },
  {
    title: 'a list of countries, by which every body is described anew',
    before: [donor1, net, says1],
    disturbed: { kind: 'countries', file: 'countries.csv' },
  },
];
