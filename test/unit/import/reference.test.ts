import { BrokenFile } from '../../../scripts/import/broken-file';
import { parseCodelist } from '../../../scripts/import/reference/codelist';
import {
  parseCountries,
  parseRates,
  parseRegisters,
} from '../../../scripts/import/reference/lists';

describe('a codelist', () => {
  it('has names in both languages, category, status, and a name for a code that has none', () => {
    const list = parseCodelist(
      `<codelist name="AidType" category-codelist="AidType-category">
        <metadata><name><narrative>Aid  type</narrative></name></metadata>
        <codelist-items>
          <codelist-item><code>B01</code>
            <name><narrative>Core support</narrative><narrative xml:lang="fr">Soutien</narrative></name>
            <description><narrative>Words.</narrative></description><category>B</category></codelist-item>
          <codelist-item status="withdrawn"><code>007</code></codelist-item>
          <codelist-item><name><narrative>No code</narrative></name></codelist-item>
        </codelist-items></codelist>`,
      'AidType.xml',
    );
    expect(list).toEqual({
      name: 'AidType',
      title: 'Aid type',
      url: null,
      category: 'AidType-category',
      items: [
        {
          code: 'B01',
          name: 'Core support',
          nameFr: 'Soutien',
          description: 'Words.',
          category: 'B',
          status: 'active',
        },
        // Leading zeros are part of a code.
        {
          code: '007',
          name: '007',
          nameFr: null,
          description: null,
          category: null,
          status: 'withdrawn',
        },
      ],
    });
  });

  it.each([
    ['text that is not XML', '<codelist><a></codelist>', /AidType\.xml.*line 1.*not well-formed/s],
    ['another document', '<feed/>', /AidType\.xml.*root is not <codelist>/s],
  ])('refuses %s, naming file and place', (_what, xml, reason) => {
    expect(() => parseCodelist(xml, 'AidType.xml')).toThrow(BrokenFile);
    expect(() => parseCodelist(xml, 'AidType.xml')).toThrow(reason);
  });
});

describe('registers', () => {
  it('keep former prefixes and deprecation', () => {
    const [old, fresh] = parseRegisters(
      JSON.stringify([
        { code: 'XX-OLD', name: { en: 'Old register' }, deprecated: true },
        { code: 'XX-NEW', url: 'https://register.example', formerPrefixes: ['XX-FORMER'] },
      ]),
      'lists.json',
    );
    expect(old).toMatchObject({ name: 'Old register', deprecated: true, formerPrefixes: [] });
    expect(fresh).toMatchObject({
      name: 'XX-NEW',
      deprecated: false,
      formerPrefixes: ['XX-FORMER'],
    });
  });

  it('refuse a list without a code, by its entry', () => {
    expect(() => parseRegisters('[{"code":"A"},{"name":{"en":"B"}}]', 'lists.json')).toThrow(
      /lists\.json.*entry 2.*no code/s,
    );
  });
});

describe('countries', () => {
  const HEADER =
    'ISO3166-1-Alpha-2,ISO3166-1-Alpha-3,M49,CLDR display name,official_name_fr,Region Code,Region Name,Sub-region Code,Sub-region Name,Intermediate Region Code,Intermediate Region Name';

  it('stand in their regions, the widest first, and Kosovo is added', () => {
    const { countries, regions } = parseCountries(
      `${HEADER}\nNA,NAM,516,Namibia,Namibie,2,Africa,202,Sub-Saharan Africa,18,Southern Africa\nTW,TWN,,Taiwan,,,,,,,\n`,
      'countries.csv',
    );
    expect(countries.map(({ code, regions: of }) => [code, of])).toEqual([
      ['NA', ['002', '202', '018']],
      ['TW', []],
      ['XK', ['150', '039']],
    ]);
    expect(regions).toContainEqual({
      code: '018',
      name: 'Southern Africa',
      nameFr: null,
      parent: '202',
    });
  });

  it('need their columns', () => {
    expect(() => parseCountries('a,b\n1,2\n', 'countries.csv')).toThrow(
      /countries\.csv.*line 1.*ISO3166-1-Alpha-2/s,
    );
  });
});

describe('rates', () => {
  const rate = (more: object) => ({
    year: 2019,
    month: 6,
    currency_id: 'USD',
    value: 0.7218,
    ...more,
  });
  const parse = (...rows: object[]) => parseRates(JSON.stringify(rows), 'rates.json');

  it('are SDR per unit by month, as written', () => {
    expect(parse(rate({}), rate({}))).toEqual([
      { month: '2019-06', currency: 'USD', sdrPerUnit: '0.7218' },
    ]);
  });

  it.each([
    ['a rate of nothing', [rate({ value: 0 })], /entry 1.*positive/s],
    [
      'two rates of a month that disagree',
      [rate({}), rate({ value: 0.7 })],
      /entry 2.*USD 2019-06/s,
    ],
    ['a row without a month', [rate({ month: null })], /entry 1/],
  ])('refuse %s', (_what, rows, reason) => {
    expect(() => parse(...rows)).toThrow(reason);
  });
});
