import { readFileSync } from 'node:fs';
import path from 'node:path';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020';
import schema from '../../../schema/statements.schema.json';
import { BrokenFile } from '../../../scripts/import/broken-file';
import type { Input } from '../../../scripts/import/inputs';
import {
  parseStatementsCsv,
  parseStatementsFolder,
  readSourceCsv,
} from '../../../scripts/import/statements/csv';
import { parseStatements } from '../../../scripts/import/statements/parse';
import type { ParsedStatement, StatementKind } from '../../../scripts/import/statements/record';
import { STATEMENT_KINDS } from '../../../scripts/import/statements/validate';
import { Verification } from '../../../subgraphs/shared/provenance';
import { Visibility } from '../../../subgraphs/shared/viewer';
import {
  Agenda,
  Constituency,
  LegalForm,
  OrganisationKind,
} from '../../../subgraphs/shared/vocabulary';

type Fields = Record<string, unknown>;

const SOURCE = {
  kind: 'source',
  id: 'willow',
  title: 'Members',
  publisherName: 'Willow Network',
  licence: 'CC0-1.0',
  retrievedAt: '2026-02-01',
};
const MEMBERSHIP = { kind: 'membership', memberName: 'Riverbank', network: 'XX-1' };

async function* chunks(...parts: (Uint8Array | string)[]) {
  yield* parts;
}

const collect = async (items: AsyncIterable<ParsedStatement>): Promise<ParsedStatement[]> => {
  const all: ParsedStatement[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const parseText = (text: Uint8Array | string) => collect(parseStatements(chunks(text), 'a.jsonl'));
const linesOf = (...records: unknown[]) => records.map((each) => JSON.stringify(each)).join('\n');
const recordsOf = (items: ParsedStatement[]) =>
  items.map((item) => (item.status === 'record' ? item.record : item));

/** What becomes of one record after a source. */
const parseOne = async (record: Fields): Promise<Fields> => {
  const [, item] = await parseText(linesOf(SOURCE, record));
  return { ...item };
};

const SOURCE_CSV =
  'id,title,publisherName,licence,retrievedAt\nwillow,Members,Willow Network,CC0-1.0,2026-02-01\n';

/** What follows the source of a CSV file. */
const parseCsv = async (text: Uint8Array | string, file = 'membership.csv') => {
  const source = await readSourceCsv(chunks(SOURCE_CSV), 'source.csv');
  const [first, ...rest] = await collect(parseStatementsCsv(chunks(text), file, source));
  expect(first).toEqual({ status: 'record', record: SOURCE, file: 'source.csv', line: 2 });
  return rest;
};

/** Of each kind: a record with all that is needed, what to spoil in it, and what is then said. */
const CASES: Record<StatementKind, { good: Fields; bad: Fields; code: string; reason: string }> = {
  source: {
    good: SOURCE,
    bad: { licence: undefined },
    code: 'MISSING_KEY',
    reason: '`licence` is missing.',
  },
  organisation: {
    good: { organisationName: 'Riverbank', founded: '1998-04', constituencies: ['WOMEN'] },
    bad: { constituencies: ['WOMEN', 'YOUT'] },
    code: 'WRONG_VALUE',
    reason: '`constituencies` item 2 is "YOUT"; it must be one of WOMEN, YOUTH,',
  },
  'annual-figures': {
    good: { organisation: 'XX-1', year: '2024', currency: 'KES', income: 0, requests: 3 },
    bad: { currency: undefined },
    code: 'MISSING_KEY',
    reason: '`currency` is missing.',
  },
  'un-access': {
    good: { organisation: 'XX-1', place: 'NEW_YORK', form: 'OFFICE', from: '2014' },
    bad: { place: 'NEW YORK' },
    code: 'WRONG_VALUE',
    reason: '`place` is "NEW YORK"; it must be one of NEW_YORK, GENEVA,',
  },
  'self-statement': {
    good: { organisation: 'XX-1', topic: 'IDENTITY', text: 'We are many.' },
    bad: { text: ' ' },
    code: 'WRONG_VALUE',
    reason: '`text` is " "; it must be some text, not empty.',
  },
  membership: {
    good: MEMBERSHIP,
    bad: { memberName: undefined },
    code: 'MISSING_KEY',
    reason: '`member` and `memberName` are both missing; at least one is needed.',
  },
  'member-count': {
    good: { networkName: 'Willow', organisations: 0, individuals: 40, countedOn: '2024' },
    bad: { organisations: -1 },
    code: 'WRONG_VALUE',
    reason: '`organisations` is -1; it must be at least 0.',
  },
  'governing-body': {
    good: { networkName: 'Willow', title: 'Board', composedByMembers: null },
    bad: { seatCount: 2.5 },
    code: 'WRONG_VALUE',
    reason: '`seatCount` is 2.5; it must be a whole number, without quotation marks.',
  },
  seat: {
    good: { governingBody: 'gb-1', holderName: 'Riverbank', heldFor: 'YOUTH' },
    bad: { person: 'A. B.' },
    code: 'PERSONAL_DATA',
    reason: '`person` is not taken: nothing about persons is; leave it out.',
  },
  'host-arrangement': {
    good: { host: 'XX-2', hosted: 'XX-1', feePercent: 7.5 },
    bad: { feePercent: 140 },
    code: 'WRONG_VALUE',
    reason: '`feePercent` is 140; it must be at most 100.',
  },
  convening: {
    good: { title: 'Exchange', organisers: ['XX-1'], participantNames: ['Riverbank'] },
    bad: { organisers: 'XX-1' },
    code: 'WRONG_VALUE',
    reason: '`organisers` is "XX-1"; it must be a list.',
  },
  'policy-document': {
    good: { symbol: 'S/RES/1325 (2000)', title: 'On women', agenda: ['WPS'] },
    bad: { libraryUrl: 'library.example' },
    code: 'WRONG_VALUE',
    reason: '`libraryUrl` is "library.example"; it must be a web address that begins with https://',
  },
  'policy-process': {
    good: { process: 'nap-2', title: 'Second plan', generation: 2, from: '2025', to: '2025-06' },
    bad: { to: '2024-12' },
    code: 'DATES_REVERSED',
    reason: '`to` is 2024-12, which is before `from`, 2025.',
  },
  participation: {
    good: { process: 'nap-2', organisation: 'XX-1', namedInOwnRight: false },
    bad: { rol: 'SPEAKER' },
    code: 'UNKNOWN_KEY',
    reason: '`rol` is not a key of this kind; did you mean `role`?',
  },
  agreement: {
    good: { authorityName: 'Town of Reeds', organisation: 'XX-1', title: 'To be asked first' },
    bad: { authorityName: undefined },
    code: 'MISSING_KEY',
    reason: '`authority` and `authorityName` are both missing; at least one is needed.',
  },
  submission: {
    good: { process: 'nap-2', organisation: 'XX-1', title: 'On mediators', cites: ['XX-2'] },
    bad: { supports: 'a budget' },
    code: 'WRONG_VALUE',
    reason: '`supports` is "a budget"; it must be a list.',
  },
  commitment: {
    good: { commitment: 'res-77-4', symbol: 'XX/RES/77', title: 'To pay mediators' },
    bad: { symbol: undefined },
    code: 'MISSING_KEY',
    reason: '`symbol` is missing.',
  },
  implementation: {
    good: { commitment: 'res-77-4', title: 'Fees', implementationStatus: 'DONE' },
    bad: { implementationStatus: 'ENDED' },
    code: 'WRONG_VALUE',
    reason: '`implementationStatus` is "ENDED"; it must be one of PLANNED, UNDER_WAY, DONE',
  },
};

describe('statements in JSON Lines', () => {
  it.each(STATEMENT_KINDS.filter((kind) => kind !== 'source'))(
    'takes a good %s and refuses a bad one',
    async (kind) => {
      const { good, bad, code, reason } = CASES[kind];

      expect(await parseOne({ kind, ...good })).toEqual({
        status: 'record',
        file: 'a.jsonl',
        line: 2,
        record: { kind, ...good },
      });
      expect(await parseOne({ kind, ...good, ...bad })).toEqual({
        status: 'rejected',
        file: 'a.jsonl',
        line: 2,
        code,
        reason: expect.stringContaining(reason) as string,
      });
    },
  );

  it('takes nothing of a file without a good source', async () => {
    const { bad, reason } = CASES.source;
    const spoilt = linesOf({ ...SOURCE, ...bad });

    for (const text of [spoilt, linesOf(MEMBERSHIP, SOURCE), '\n', '', 'not JSON'])
      await expect(parseText(text)).rejects.toThrow(BrokenFile);
    await expect(parseText(spoilt)).rejects.toThrow(
      `a.jsonl, line 1: the first record must be a source: ${reason}`,
    );
  });

  it('stops at a second source, even a bad one', async () => {
    await expect(parseText(linesOf(SOURCE, MEMBERSHIP, { kind: 'source' }))).rejects.toThrow(
      'a.jsonl, line 3: there is a second source; a file has one.',
    );
  });

  it('goes on after lines that are no records, and keeps the positions', async () => {
    const bad = ['{"kind":', '[]', '{"kind":"membreship"}', '{}', `${JSON.stringify(MEMBERSHIP)},`];
    const text = ['', JSON.stringify(SOURCE), ...bad, '  ', JSON.stringify(MEMBERSHIP)].join('\n');

    expect(
      (await parseText(text)).map((item) => [
        item.line,
        item.status === 'record' ? item.record.kind : item.code,
      ]),
    ).toEqual([
      [2, 'source'],
      [3, 'NOT_JSON'],
      [4, 'NOT_AN_OBJECT'],
      [5, 'UNKNOWN_KIND'],
      [6, 'MISSING_KEY'],
      [7, 'NOT_JSON'],
      [9, 'membership'],
    ]);
  });

  it('does not care how bytes are cut, for a byte order mark or for CRLF', async () => {
    const name = 'Réseau du Saule';
    const text = `\uFEFF${linesOf(SOURCE, { ...MEMBERSHIP, memberName: name })}\n`;
    const bytes = Buffer.from(text.replace(/\n/g, '\r\n'));
    const cut = Array.from(bytes, (byte) => Uint8Array.of(byte));

    const items = await collect(parseStatements(chunks(...cut), 'a.jsonl'));

    expect(recordsOf(items)).toEqual([SOURCE, { ...MEMBERSHIP, memberName: name }]);
    expect(items).toEqual(await parseText(text));
  });

  it('rejects a line in another encoding and one without end', async () => {
    const head = Buffer.from(`${JSON.stringify(SOURCE)}\n`);
    const latin = Buffer.from('{"kind":"membership","memberName":"Réseau"}\n', 'latin1');
    const long = Buffer.alloc(2 * 1024 * 1024, 'x');

    expect((await parseText(Buffer.concat([head, latin, long]))).slice(1)).toMatchObject([
      { line: 2, code: 'NOT_UTF8' },
      { line: 3, code: 'LINE_TOO_LONG' },
    ]);
  });

  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-13', false],
    ['2024', true],
    ['24', false],
    ['29/02/2024', false],
    [2024, false],
    [null, false],
  ])('judges the date %p', async (from, good) => {
    const item = await parseOne({ ...MEMBERSHIP, from });
    expect(item['status']).toBe(good ? 'record' : 'rejected');
  });

  it('says all that is wrong with a record, and repeats nothing about persons', async () => {
    const item = await parseOne({
      ...MEMBERSHIP,
      member: 'River bank',
      role: 'member',
      city: 'Jinja',
      contactEmail: 'a@b.example',
    });

    expect(item['code']).toBe('PERSONAL_DATA');
    expect(item['reason']).toContain('`member` is "River bank"; it must be an identifier');
    expect(item['reason']).toContain('did you mean MEMBER?');
    expect(item['reason']).toContain('`city` is not a key of this kind');
    expect(item['reason']).not.toContain('b.example');
  });
});

describe('statements in CSV', () => {
  it('are the same records as in JSON Lines', async () => {
    const csv =
      'organisationName,aliases,constituencies,country\nRiverbank,"RW; Mto",WOMEN;YOUTH,UG\n';
    const json = linesOf(SOURCE, {
      kind: 'organisation',
      organisationName: 'Riverbank',
      aliases: ['RW', 'Mto'],
      constituencies: ['WOMEN', 'YOUTH'],
      country: 'UG',
    });

    expect(recordsOf(await parseCsv(csv, 'data/organisation.2026.csv'))).toEqual(
      recordsOf(await parseText(json)).slice(1),
    );
  });

  it('reads numbers and yes or no, and refuses what is neither', async () => {
    const host = await parseCsv(
      'hostName,hosted,feePercent\nLake,XX-1,7.5\nLake,XX-1,"7,5"\n',
      'host-arrangement.csv',
    );
    const body = await parseCsv(
      'networkName,title,seatCount,composedByMembers\nW,Board,7,YES\nW,Board,,no\nW,Board,,maybe\n',
      'governing-body.csv',
    );

    expect(host).toMatchObject([{ record: { feePercent: 7.5 } }, { code: 'WRONG_VALUE' }]);
    expect(body).toMatchObject([
      { record: { seatCount: 7, composedByMembers: true } },
      { record: { composedByMembers: false } },
      { code: 'WRONG_VALUE' },
    ]);
  });

  it('takes semicolons, tabs, CRLF and a byte order mark as spreadsheets write them', async () => {
    const plain = await parseCsv('memberName,network,from\nRiverbank,XX-1,2019\n');
    const written = '\uFEFFmemberName,network,from\r\nRiverbank,XX-1,2019\r\n';

    for (const mark of [',', ';', '\t'])
      expect(await parseCsv(written.replaceAll(',', mark))).toEqual(plain);
    expect(recordsOf(plain)).toEqual([{ ...MEMBERSHIP, from: '2019' }]);
  });

  it('gives the line on which a row begins', async () => {
    const rows = ['memberName,network,note', 'A,XX-1,"two', 'lines"', ',,', '', 'B,,', 'C,XX-1,,x'];

    expect(await parseCsv([...rows, 'D,XX-1', ''].join('\r\n'))).toMatchObject([
      { status: 'record', line: 2, file: 'membership.csv', record: { note: 'two\nlines' } },
      { status: 'rejected', line: 6, code: 'MISSING_KEY' },
      { status: 'rejected', line: 7, code: 'NO_COLUMN' },
      { status: 'record', line: 8 },
    ]);
  });

  it('learns its kind from a column where its name does not say it', async () => {
    const text = 'kind,memberName,network\nmembership,Riverbank,XX-1\nseat,Riverbank,XX-1\n';

    expect(await parseCsv(text, 'list.csv')).toMatchObject([
      { record: MEMBERSHIP },
      { code: 'WRONG_KIND', line: 3 },
    ]);
    await expect(parseCsv('memberName\nA\n', 'list.csv')).rejects.toThrow('of which kind it is');
  });

  it.each([
    ['an unknown column', 'memberNam,network\nA,XX-1\n', 'did you mean `memberName`?'],
    ['a column about persons', 'memberName,Phone no.\nA,1\n', 'nothing about persons is'],
    ['a column twice', 'memberName,memberName\nA,B\n', 'is there twice'],
    ['an open quotation mark', 'memberName,network\nA,XX-1\n"B,XX-1\n', 'line 3: a quotation mark'],
    ['another encoding', Buffer.from('memberName\nRéseau\n', 'latin1'), 'line 2: it is not UTF-8'],
    ['nothing in it', '', 'line 1: it is empty.'],
  ])('takes nothing of a file with %s', async (_, text, reason) => {
    await expect(parseCsv(text)).rejects.toThrow(BrokenFile);
    await expect(parseCsv(text)).rejects.toThrow(reason);
  });

  it('has exactly one source', async () => {
    const header = 'id,title,publisherName,licence,retrievedAt\n';
    const row = 'a,b,c,d,2026-01-01\n';

    for (const text of [header, header + row + row, `${header}a,b,c,d,soon\n`])
      await expect(readSourceCsv(chunks(text), 'source.csv')).rejects.toThrow(BrokenFile);
    await expect(parseCsv(header + row, 'source.csv')).rejects.toThrow('there is a second source');
  });
});

describe('the documentation', () => {
  const page = readFileSync(path.join(__dirname, '../../../schema/statements.md'), 'utf8');
  const blocksOf = (language: string) =>
    [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
      .filter(([, name]) => name === language)
      .map(([, , text = '']) => text);

  it('has examples that parse, the whole one of every kind', async () => {
    const all = await Promise.all(blocksOf('jsonl').map(parseText));

    expect(all.flat().filter(({ status }) => status === 'rejected')).toEqual([]);
    const kinds = recordsOf(all.at(-1) ?? []).map((each) => ('kind' in each ? each.kind : null));
    expect([...new Set(kinds)]).toEqual(STATEMENT_KINDS);
  });

  it('has CSV files that parse', async () => {
    const inputs = blocksOf('csv').map((text, index): Input => {
      const name = ['source.csv', 'membership.csv'][index] ?? '';
      return { name, size: null, open: async () => chunks(Buffer.from(text)) as never };
    });
    const items = await collect(parseStatementsFolder(inputs.reverse()));

    expect(items.map((item) => [item.status, item.file, item.line])).toEqual([
      ['record', 'source.csv', 2],
      ['record', 'membership.csv', 2],
      ['record', 'membership.csv', 3],
    ]);
    await expect(collect(parseStatementsFolder([]))).rejects.toThrow('source.csv: it is missing');
  });

  it('lists every key of every kind', () => {
    const definitions = schema.$defs as Record<string, { properties?: Fields }>;
    for (const kind of STATEMENT_KINDS) {
      const section = page.split(`\n## ${kind}\n`)[1]?.split('\n## ')[0] ?? '';
      for (const key of Object.keys(definitions[kind]?.properties ?? {}))
        if (key !== 'kind') expect(`${kind}: ${section}`).toContain(`| \`${key}\``);
    }
  });
});

describe('the JSON Schema', () => {
  it('has the words of the vocabulary', () => {
    const { record, organisation, constituency, agenda } = schema.$defs;

    expect(record.properties.verification.enum).toEqual(Object.values(Verification));
    expect(record.properties.visibility.enum).toEqual(Object.values(Visibility));
    expect(organisation.properties.organisationKind.enum).toEqual(Object.values(OrganisationKind));
    expect(organisation.properties.legalForm.enum).toEqual(Object.values(LegalForm));
    expect(constituency.enum).toEqual(Object.values(Constituency));
    expect(agenda.items.enum).toEqual(Object.values(Agenda));
  });

  it('judges a line alone, of any kind', () => {
    const ajv = addFormats(new Ajv({ allowUnionTypes: true }));
    const validate = ajv.compile(schema);

    for (const kind of STATEMENT_KINDS) {
      const { good, bad, code } = CASES[kind];
      expect(validate({ kind, ...good })).toBe(true);
      // The order of dates is the one rule that JSON Schema cannot say.
      const worse = JSON.parse(JSON.stringify({ kind, ...good, ...bad })) as unknown;
      expect(validate(worse)).toBe(code === 'DATES_REVERSED');
    }
  });
});
