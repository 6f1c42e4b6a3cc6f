import type { OrganisationsSubgraph } from '../../../subgraphs/organisations';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { askSubgraph, dataOf } from '../../support/ask';
import {
  anOrganisation,
  aSource,
  openOrganisations,
  writeEdition,
} from '../../support/organisations';

let subgraph: OrganisationsSubgraph;
let statements: string[];
let close: () => Promise<void>;
beforeEach(async () => {
  ({ subgraph, statements, close } = await openOrganisations());
  await subgraph.write.putRegisters(
    [
      {
        code: 'GB-CHC',
        name: 'Charities',
        url: null,
        deprecated: false,
        formerPrefixes: ['GB-CC'],
      },
      { code: 'GB-COH', name: 'Companies', url: null, deprecated: false, formerPrefixes: [] },
    ],
    'org-id',
  );
});
afterEach(() => close());

const ask = async (query: string, tier = 0) => dataOf(await askSubgraph(subgraph, query, tier));
const names = async (args: string, tier = 0) => {
  const answer = (await ask(`{ organisations${args} { nodes { name } totalCount } }`, tier)) as {
    organisations: { nodes: { name: string }[]; totalCount: number };
  };
  return {
    names: answer.organisations.nodes.map(({ name }) => name),
    total: answer.organisations.totalCount,
  };
};

describe('identity', () => {
  it('finds one body under each of its identifiers, and the register’s present prefix names it', async () => {
    await writeEdition(subgraph, [
      anOrganisation({
        key: 'GB-COH-9',
        name: 'Dove Trust',
        identifiers: ['GB-COH-9', 'GB-CHC-1'],
      }),
      anOrganisation({
        key: 'GB-CC-1',
        recordId: 'old',
        name: 'The Dove Trust',
        identifiers: ['gb-cc-1\t'],
      }),
    ]);
    const one = { id: 'GB-CHC-1' };
    expect(
      await ask(
        '{ a: organisation(id: "gb-coh-9") { id } b: organisation(id: "GB-CHC-1") { id } c: organisation(id: "GB-CC-1") { id } }',
      ),
    ).toEqual({ a: one, b: one, c: one });
    expect((await names('')).total).toBe(1);
  });

  it('undoes a merge when the record that made it is withdrawn', async () => {
    const joined = anOrganisation({ key: 'GB-COH-9', identifiers: ['GB-COH-9', 'GB-CHC-1'] });
    await writeEdition(subgraph, [joined]);
    await writeEdition(subgraph, [anOrganisation({ key: 'GB-CHC-1' })], aSource({ id: 'other' }));
    expect((await names('')).total).toBe(1);
    await writeEdition(subgraph, [anOrganisation({ key: 'GB-COH-9' })]);
    expect((await names('(orderBy: ID_ASC)')).names).toEqual(['GB-CHC-1', 'GB-COH-9']);
  });

  it('never merges by name, but lists likely duplicates', async () => {
    await writeEdition(subgraph, [
      anOrganisation({ key: 'PG-U-A', name: 'Réseau Paix', identifiers: [] }),
      anOrganisation({ key: 'PG-U-B', name: 'RESEAU PAIX', identifiers: [] }),
    ]);
    expect(await ask('{ organisation(id: "PG-U-A") { likelyDuplicates { id } } }')).toEqual({
      organisation: { likelyDuplicates: [{ id: 'PG-U-B' }] },
    });
  });
});

describe('editions', () => {
  const two = [
    anOrganisation({ key: 'A', name: 'Aster' }),
    anOrganisation({ key: 'B', name: 'Birch' }),
  ];

  it('change nothing when nothing changed', async () => {
    await writeEdition(subgraph, two);
    const query =
      '{ organisations { nodes { id name updatedAt provenance { retrievedAt } } } sources { updatedAt } }';
    const before = await ask(query);
    const version = await subgraph.version();
    expect(await writeEdition(subgraph, two)).toEqual({
      created: 0,
      updated: 0,
      unchanged: 2,
      withdrawn: 0,
    });
    expect(await ask(query)).toEqual(before);
    expect(await subgraph.version()).toBe(version);
  });

  it('mark what is gone as withdrawn: found by id, absent from lists', async () => {
    await writeEdition(subgraph, two);
    expect(await writeEdition(subgraph, two.slice(0, 1))).toMatchObject({
      unchanged: 1,
      withdrawn: 1,
    });
    expect((await names('')).names).toEqual(['Aster']);
    expect((await names('(filter: { includeWithdrawn: true })')).names).toEqual(['Aster', 'Birch']);
    const { organisation } = (await ask(
      '{ organisation(id: "B") { name provenance { withdrawnAt } } }',
    )) as {
      organisation: { name: string; provenance: { withdrawnAt: string | null }[] };
    };
    expect(organisation.name).toBe('Birch');
    expect(organisation.provenance[0]?.withdrawnAt).not.toBeNull();
  });

  it('leave nothing behind when they are rolled back', async () => {
    const edition = await subgraph.write.openEdition(
      { sourceId: 'src', retrievedAt: '2026-01-01T00:00:00Z' },
      aSource(),
    );
    await edition.organisations(two);
    await edition.rollback();
    expect((await names('')).total).toBe(0);
  });
});

describe('lists', () => {
  beforeEach(async () => {
    await subgraph.write.putCountries(
      [
        {
          code: 'KE',
          iso3: 'KEN',
          m49: '404',
          name: 'Kenya',
          nameFr: 'Kenya',
          regions: ['002', '202'],
        },
      ],
      [{ code: '002', name: 'Africa', nameFr: 'Afrique', parent: '001' }],
      'm49',
    );
    await writeEdition(subgraph, [
      anOrganisation({
        key: 'A',
        name: 'Aster Peace',
        country: 'KE',
        themes: ['15220'],
        kind: 'NATIONAL_NGO',
      }),
      anOrganisation({
        key: 'B',
        name: 'Bírch Women',
        constituencies: ['WOMEN'],
        aliases: ['Peace of Bark'],
      }),
      anOrganisation({ key: 'C', name: 'cedar', legalForm: 'FUND' }),
      anOrganisation({ key: 'D', name: 'Dogwood' }),
    ]);
  });

  it.each([
    ['text without accents, at word starts, in aliases', 'text: "birch pea"', ['Bírch Women']],
    ['country', 'countries: ["ke"]', ['Aster Peace']],
    ['region', 'regions: ["002"]', ['Aster Peace']],
    ['kind', 'kinds: [NATIONAL_NGO]', ['Aster Peace']],
    ['legal form', 'legalForms: [FUND]', ['cedar']],
    ['theme', 'themes: ["15220"]', ['Aster Peace']],
    ['constituency', 'constituencies: [WOMEN]', ['Bírch Women']],
    ['ids', 'ids: ["C", "D", "none"]', ['cedar', 'Dogwood']],
    ['another source', 'sources: ["other"]', []],
    ['all sources but one', 'exceptSources: ["src"]', []],
    ['changes after now', 'updatedAfter: "2999-01-01T00:00:00Z"', []],
  ])('narrow by %s', async (_what, filter, expected) => {
    expect(await names(`(filter: { ${filter} })`)).toEqual({
      names: expected,
      total: expected.length,
    });
  });

  it('page by keyset in either direction without loss or repeat', async () => {
    for (const order of ['NAME_ASC', 'NAME_DESC', 'ID_ASC', 'UPDATED_AT_DESC']) {
      const found: string[] = [];
      for (let after = ''; ;) {
        const { organisations } = (await ask(
          `{ organisations(first: 1, orderBy: ${order}${after}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        )) as {
          organisations: {
            nodes: { id: string }[];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          };
        };
        found.push(...organisations.nodes.map(({ id }) => id));
        if (!organisations.pageInfo.hasNextPage) break;
        after = `, after: "${organisations.pageInfo.endCursor}"`;
      }
      expect([...found].sort()).toEqual(['A', 'B', 'C', 'D']);
    }
  });

  it('refuse cursors that are malformed, forged or from another list', async () => {
    const page = async (args: string) => {
      const answer = await askSubgraph(
        subgraph,
        `{ organisations(${args}) { nodes { id } pageInfo { endCursor } } }`,
      );
      return answer;
    };
    const { organisations } = dataOf(await page('first: 2')) as {
      organisations: { pageInfo: { endCursor: string } };
    };
    const cursor = organisations.pageInfo.endCursor;
    const forged = Buffer.from(
      Buffer.from(cursor, 'base64url')
        .toString()
        .replace(/"[^"]*"\]$/, '"Z"]'),
    ).toString('base64url');
    for (const args of [
      'after: "rubbish"',
      `after: "${forged}"`,
      `orderBy: ID_ASC, after: "${cursor}"`,
      `filter: { text: "a" }, after: "${cursor}"`,
    ]) {
      expect((await page(args)).errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
    }
    expect((await page('first: 501')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await page('first: 0')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('cost the same number of queries for one row as for many', async () => {
    const query = (first: number) =>
      `{ organisations(first: ${first}) { totalCount nodes { name aliases identifiers { raw scheme } country { name regions { name } }
         themes { name } constituencies hostedBy { form } hosts { form } statements { text } likelyDuplicates { id }
         provenance { source { title records } } } } }`;
    const count = async (first: number) => {
      statements.length = 0;
      await ask(query(first));
      return statements.length;
    };
    const forOne = await count(1);
    expect(await count(4)).toBe(forOne);
    expect(forOne).toBeLessThanOrEqual(14);
  });
});

describe('visibility', () => {
  it('hides a row so that no byte of a public answer changes', async () => {
    await writeEdition(subgraph, [anOrganisation({ key: 'A', name: 'Aster' })]);
    const query = `{ organisations { totalCount pageInfo { endCursor } nodes { id name aliases identifiers { raw } country { name }
      updatedAt likelyDuplicates { id } provenance { record } } } sources { id records updatedAt } b: organisation(id: "B") { id } }`;
    const before = await ask(query);
    await writeEdition(
      subgraph,
      [
        anOrganisation({
          key: 'A',
          recordId: 'h1',
          name: 'Secret name',
          identifiers: ['A', 'GB-CHC-1'],
          visibility: Visibility.PARTNER,
          authority: 1,
        }),
        anOrganisation({ key: 'B', name: 'Aster', visibility: Visibility.STEWARD }),
      ],
      aSource({ id: 'hidden', visibility: Visibility.PARTNER }),
    );
    expect(await ask(query)).toEqual(before);
    expect((await names('', 1)).names).toEqual(['Secret name']);
    expect((await names('', 3)).names).toEqual(['Aster', 'Secret name']);
  });
});
