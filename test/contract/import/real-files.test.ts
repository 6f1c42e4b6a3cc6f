import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { type Graph, openGraph } from '../../../gateway/graph';
import { loadFacts } from '../../../scripts/builtin/load';
import { importFts } from '../../../scripts/import/fts/import';
import { importIati } from '../../../scripts/import/iati/import';
import { type Input, inputsOf } from '../../../scripts/import/inputs';
import { importReference } from '../../../scripts/import/reference/import';
import type { ImportOutcome } from '../../../scripts/import/run';
import { sourceIdFor } from '../../../scripts/import/source-id';
import { importThreeSixty } from '../../../scripts/import/threesixty/import';
import { openGateway, type TestGateway } from '../../support/gateway';
import { operationOf, questionFiles } from '../../support/operations';
import { describeReal, realFile } from '../../support/real-data';

type Importer = (graph: Graph, input: Input) => Promise<ImportOutcome>;

const iati: Importer = (graph, input) =>
  importIati(graph, input, { sourceId: sourceIdFor('iati', input.name) });
const threeSixty: Importer = (graph, input) =>
  importThreeSixty(graph, input, { sourceId: sourceIdFor('360giving', input.name) });

/** What takes the files of a folder, or one file. */
const IMPORTERS: Record<string, Importer> = {
  'iati-activities': iati,
  'iati-activities-v1': iati,
  'iati-examples': iati,
  'iati-organisations': iati,
  'iati-traceability': iati,
  '360giving': threeSixty,
  'iati-codelists': (graph, input) => importReference(graph, 'codelists', input),
  'org-id': (graph, input) => importReference(graph, 'org-id', input),
  'geo/country-codes.csv': (graph, input) => importReference(graph, 'countries', input),
  'reference/imf-currency-monthly-average.json': (graph, input) =>
    importReference(graph, 'rates', input),
};

/** Pages of one search, which are one edition together. */
const FTS = 'fts';

/** What is no source of the graph, and why. */
const LEFT_OUT: Record<string, string> = {
  'MANIFEST.md': 'says what the files are',
  facts: 'written into the project as statements, see scripts/builtin/data',
  'un/UNSC_Record-Table_2722.csv':
    'numbers and addresses of resolutions, without year or title: the built-in ones bear them',
  'un/CR-UNSC_Variables.csv': 'explains the columns of a data set that is not here',
  'geo/UNSD-en.csv': 'the same countries and regions as country-codes.csv',
  'geo/UNSD-es.csv': 'the same countries and regions as country-codes.csv',
  'geo/UNSD-fr.csv': 'the same countries and regions as country-codes.csv',
  '360giving-standard': 'the lists behind enums of the schema, and the schema of the standard',
  'reference/crs_2019.csv':
    'totals by donor and recipient: added to flows, they would count the same money twice',
  'reference/crs_funders.csv': 'the donors of those totals, by names and codes of its own',
  'reference/exchange.csv':
    'means of a year; amounts are converted by the month of their value date',
  'reference/iati_funders.csv':
    'names of the codes of donors: most are in the codelist OrganisationIdentifier',
};

/** Every record that is not taken, by file. */
const REJECTED: Record<string, string[]> = {
  'iati-activities-v1/provider-activity-id.xml': ['TRANSACTION_WITH_SECOND_VALUE'],
  // <budget><value/></budget>
  'iati-traceability/iatigraph-projects.json': Array<string>(4).fill('BUDGET_VALUE_NOT_A_NUMBER'),
};

/** What the operations ask of real bodies; the others ask of everything. */
const GPPAC = { network: 'PG-GPPAC' };
const GRANTS = { currency: 'GBP', filter: { providers: ['GB-CHC-1159982'] } };
const ASKED: Record<string, object> = {
  q01: { themes: ['15220'], countries: ['AF', 'GH'] },
  q07: GPPAC,
  q08: { ...GPPAC, sides: ['LR', 'SL'] },
  q09: GPPAC,
  q10: GPPAC,
  q11: GPPAC,
  q13: { currency: 'USD', filter: { providers: ['US-GOV-1'] } },
  q14: { donor: 'US-GOV-1' },
  q15: GRANTS,
  q16: GRANTS,
  q18: GRANTS,
  q19: GRANTS,
  q20: { process: 'NAP-NG-YPS-1', networks: ['PG-WANEP'] },
  q21: { ...GPPAC, currency: 'USD' },
  q22: GPPAC,
  q25: { id: 'PG-GPPAC' },
  q27: GPPAC,
  q28: { process: 'NAP-NG-YPS-1' },
  q29: { from: 'PG-WANEP' },
  q32: { country: 'AF' },
  q33: { bodies: ['PG-GPPAC', 'GB-CHC-272465'], sources: null, currency: 'USD' },
};

const under = (file: string, places: object) =>
  Object.keys(places).find((place) => file === place || file.startsWith(`${place}/`));

const files = (): string[] => {
  try {
    return readdirSync(realFile(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(realFile(), path.join(entry.parentPath, entry.name)))
      .sort();
  } catch {
    return [];
  }
};

/** What the manifest counted in each file, by readers of its own. */
const COUNTED: [RegExp, string][] = [
  [/(\d+) (?:real IATI v1\.0x )?activities/, 'activities'],
  [/(\d+) transactions/, 'transactions'],
  [/codelist, (\d+) items/, 'codes'],
  [/JSON: (\d+) grants|file with regrantType codes: (\d+) grants/, 'grants'],
  [/(\d+) org-id\.guide lists/, 'registers'],
  [/\((\d+) rows\)/, 'rates'],
];
const counted = (file: string): Record<string, number> => {
  const row = readFileSync(realFile('MANIFEST.md'), 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| ${file} |`));
  if (row === undefined) throw new Error(`The manifest has no ${file}.`);
  return Object.fromEntries(
    COUNTED.flatMap(([pattern, name]) => {
      const found = pattern.exec(row);
      return found ? [[name, Number(found[1] ?? found[2])]] : [];
    }),
  );
};

const inputOf = async (...parts: string[]): Promise<Input[]> =>
  inputsOf([realFile(...parts)], ['.xml', '.json', '.csv']);

interface Shares {
  total: string;
  rows: { keys: { value: string | null }[]; amount: string }[];
  coverage: { excluded: { reason: string; flows: number }[] };
}

/** Disbursements in USAID's files, read by their text, without those to USAID itself; all are in dollars. */
const usaidPaid = (): number => {
  const texts = files()
    .filter((file) => path.basename(file).startsWith('usaid-'))
    .map((file) => readFileSync(realFile(file), 'utf8'));
  const transactions = texts.flatMap(
    (text) => text.match(/<transaction[ >].*?<\/transaction>/gs) ?? [],
  );
  return transactions
    .filter((text) => text.includes('<transaction-type code="3"'))
    .filter((text) => !/<receiver-org[^>]*receiver-activity-id="US-GOV-1"/.test(text))
    .reduce((sum, text) => sum + Number(/<value[^>]*>([^<]*)</.exec(text)?.[1]), 0);
};

describeReal('all real files', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph(null);
  });
  afterAll(() => graph.close());

  it('are imported, or left out for a reason that is written down', () => {
    const unclaimed = files().filter(
      (file) => !under(file, { ...IMPORTERS, ...LEFT_OUT, [FTS]: true }),
    );
    expect(unclaimed).toEqual([]);
  });

  it.each(files().filter((file) => under(file, IMPORTERS)))(
    'import %s as the manifest counts it, with no rejection but those known',
    async (file) => {
      const [input] = await inputOf(file);
      const importer = IMPORTERS[under(file, IMPORTERS) ?? ''];
      if (!input || !importer) throw new Error('nothing to import');
      const { read, problems } = await importer(graph, input);
      expect(read).toMatchObject(counted(file));
      const rejected = problems.list.filter(({ status }) => status === 'REJECTED');
      expect(rejected.map(({ code }) => code)).toEqual(REJECTED[file] ?? []);
      expect(problems.rejected).toBe(rejected.length);
    },
  );

  it('import the pages of FTS as one edition of the 484 flows that it counts', async () => {
    const outcome = await importFts(graph, await inputOf(FTS), { sourceId: FTS });
    expect([outcome.read.flows, outcome.problems.rejected]).toEqual([484, 0]);
  });

  it('name the same records of resolutions as the built-in facts', () => {
    const table = parseCsv(readFileSync(realFile('un', 'UNSC_Record-Table_2722.csv')), {
      columns: true,
    }) as unknown as { res_no: string; url_record: string }[];
    const records = new Map(table.map((row) => [row.res_no, row.url_record]));
    const facts = readFileSync('scripts/builtin/data/facts.jsonl', 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { symbol?: string; libraryUrl?: string });
    const compared = facts.flatMap(({ symbol, libraryUrl }) => {
      const number = /^S\/RES\/(\d+)/.exec(symbol ?? '')?.[1];
      return number && libraryUrl ? [[symbol, libraryUrl, records.get(number)]] : [];
    });
    expect(compared.length).toBeGreaterThan(0);
    for (const [symbol, ours, theirs] of compared) expect([symbol, ours]).toEqual([symbol, theirs]);
  });

  describe('with the built-in facts', () => {
    let gateway: TestGateway;
    beforeAll(async () => {
      await loadFacts(graph, () => undefined);
      gateway = await openGateway(graph);
    });
    afterAll(() => gateway.close());

    it.each(questionFiles().map((name) => name.slice(0, 3)))('let %s be asked', async (name) => {
      const { data, errors } = await gateway.ask(operationOf(name), ASKED[name]);
      expect(errors).toBeUndefined();
      // Whatever was asked for by its id is there.
      expect(Object.values(data ?? { none: null })).not.toContain(null);
    });

    it('say of USAID’s money what its files say, and of whom too little is known', async () => {
      const { data } = await gateway.ask(operationOf('q14'), ASKED.q14);
      const { total, rows, coverage } = data?.flowSummary as Shares;
      expect(Number(total)).toBe(usaidPaid());
      expect(rows.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(usaidPaid());
      expect(coverage.excluded).toMatchObject([{ reason: 'TO_ITSELF', flows: 94 }]);
      // IATI says nothing of members, governance or what receivers passed on.
      expect(new Set(rows.map(({ keys }) => keys[1]?.value))).toEqual(new Set([null]));
    });
  });
});
