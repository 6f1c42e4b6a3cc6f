import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Graph } from '../../../gateway/graph';
import { loadBuiltins } from '../../../scripts/builtin/load';
import { createFictionalWorld, FICTIONAL_SOURCES } from '../../../scripts/builtin/fictional/world';
import { openTestGraph } from '../../support/databases';
import { openGateway, type TestGateway } from '../../support/gateway';

const schema = buildSchema(
  readFileSync(path.join(__dirname, '../../../schema/api.graphql'), 'utf8'),
);
const SOURCES = JSON.stringify(Object.values(FICTIONAL_SOURCES));
const WILLOW = 'PG-FICTIONAL-0010';

let graph: Graph;
let gateway: TestGateway;
beforeAll(async () => {
  graph = await openTestGraph();
  await loadBuiltins(graph);
  gateway = await openGateway(graph);
});
afterAll(async () => {
  await gateway.close();
  await graph.close();
});

/** What a field needs to be asked at all, or to answer with something. */
const ARGUMENTS: Record<string, string> = {
  'Network.growth': 'interval: YEAR',
  'Flow.converted': 'currency: "EUR"',
  'Query.ruleSensitivity': 'rule: "NI-1/strict", asOf: "2024-01-01"',
  'Query.flowSummary':
    'basis: FIRST_RECIPIENT, currency: "USD", groupBy: [RECEIVER, COUNTRY], filter: { date: { from: "2021-01-01", to: "2030-01-01" } }',
  'Query.fundingTerms': 'currency: "USD", smallUpTo: "20000"',
  'Organisation.runway': 'currency: "XTS", asOf: "2020-12-31"',
  'Network.expertise': 'themes: ["15220"], constituencies: [YOUTH]',
  'Query.expertiseSearch': 'themes: ["15220"], constituencies: [YOUTH]',
  'Network.pathsTo': 'network: "PG-FICTIONAL-0009"',
  'Organisation.pathsTo': 'network: "PG-FICTIONAL-0009"',
  'Organisation.pathsToUn': 'place: NEW_YORK',
  'Network.members': 'filter: { anyTime: true }',
  'Country.actionPlans': 'agenda: WPS',
  'Organisation.reliance': 'withMembers: true',
  'PolicyProcess.overlap': 'one: WOMEN, other: YOUTH',
  'Query.actionPlans': 'agenda: WPS',
  'Query.codelist': 'name: "AidType"',
  'Query.network': `id: "${WILLOW}"`,
  'Query.intermediary': 'id: "PG-FICTIONAL-0008"',
  'Query.moneyTrail': 'from: "PG-FICTIONAL-0005", currency: "XTS"',
  'Query.organisation': `id: "${WILLOW}"`,
  'Query.organisations': 'filter: { sources: ["peacegraph-fictional"] }, first: 500',
  'Query.policyDocument': 'symbol: "PG/RES/2 (2021)"',
  'Query.policyProcess': `id: "PG-FICTIONAL-NAP-${WILLOW.slice(-4)}"`,
  'Query.policyProcesses': 'filter: { sources: ["peacegraph-fictional"] }',
  'Query.activities': `first: 500`,
  'Query.flows': `first: 500`,
};
const ENTITIES = new Set(
  Object.values(schema.getQueryType()?.getFields() ?? {}).map(({ type }) =>
    getNamedType(type).name.replace(/Connection$/, ''),
  ),
);

const selectionOf = (type: GraphQLObjectType, within: readonly string[]): string => {
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const asked = askFor(type, field, within);
    return asked === null ? [] : [asked];
  });
  return `{ __typename ${parts.join(' ')} }`;
};

const askFor = (
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  within: readonly string[],
): string | null => {
  const given = ARGUMENTS[`${type.name}.${field.name}`];
  if (given === undefined && field.args.some(isRequiredArgument)) return null;
  const call = `${field.name}${given === undefined ? '' : `(${given})`}`;
  const named = getNamedType(field.type);
  if (!isCompositeType(named)) return call;
  if (!isObjectType(named)) throw new Error(`${named.name} is no object type`);
  // Entities are asked in full at the root; elsewhere it is enough that there is one.
  const atRoot = within.length === (within.at(-1)?.endsWith('Connection') ? 2 : 1);
  const entity = ENTITIES.has(named.name) && !atRoot;
  if (entity || within.includes(named.name)) return `${call} { __typename }`;
  return `${call} ${selectionOf(named, [...within, named.name])}`;
};

/** Fields that no built-in data fills, and why. */
const LEFT_OUT: Record<string, string> = {
  'CodelistItem.description': 'the extracts carry codes and names, no sentences',
  'Provenance.withdrawnAt': 'nothing of it was withdrawn',
  'Region.nameFr': 'the table of M49 has no French names of regions',
};

/** `Type.field` of all that a value holds, empty lists and nulls left out. */
const seen = new Set<string>();
const gather = (value: unknown): boolean => {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.map(gather).some(Boolean);
  if (typeof value === 'object') {
    const { __typename: type, ...fields } = value as { __typename?: string };
    for (const [name, inner] of Object.entries(fields))
      if (gather(inner)) seen.add(`${type ?? 'Query'}.${name}`);
  }
  return true;
};

describe('the fictional world', () => {
  it('together with the other built-in data lets every field of the schema return something', async () => {
    const query = schema.getQueryType();
    if (!query) throw new Error('no queries');
    for (const field of Object.values(query.getFields())) {
      const asked = askFor(query, field, ['Query']);
      if (asked === null) continue;
      gather(await gateway.dataOf(`{ ${asked} }`));
    }
    const [activity, flow] = ['activities', 'flows'].map((list) =>
      gateway.dataOf(
        `{ ${list}(first: 1, filter: { sources: ["peacegraph-fictional-iati"] }) { nodes { id } } }`,
      ),
    );
    const idOf = async (asked: Promise<Record<string, unknown>> | undefined, list: string) =>
      ((await asked)?.[list] as { nodes: { id: string }[] }).nodes[0]?.id ?? '';
    gather(
      await gateway.dataOf(`{ activity(id: "${await idOf(activity, 'activities')}") { __typename id }
        flow(id: "${await idOf(flow, 'flows')}") { __typename id }
        intermediary(id: "PG-FICTIONAL-0008") { __typename
          passedOn(asOf: "2000-01-01") { __typename missing } }
        fundingTerms(currency: "ZZZ") { __typename coverage { __typename excluded { __typename reason } } }
        moneyTrail(from: "PG-FICTIONAL-0005", currency: "EUR") { __typename
          leftOut { __typename because currency amount flows } } }`),
    );
    const { flows } = (await gateway.dataOf(
      '{ flows(first: 500, filter: { kinds: [DISBURSEMENT] }) { nodes { provider { id } receiverOnBehalfOf { basis } } } }',
    )) as { flows: { nodes: { provider: { id: string }; receiverOnBehalfOf: unknown }[] } };
    const donor = flows.nodes.find((flow) => flow.receiverOnBehalfOf !== null)?.provider.id ?? '';
    gather(
      await gateway.dataOf(`{ moneyTrail(from: "${donor}", currency: "XTS") { __typename
        nodes { __typename steps { __typename throughHosts { __typename id } } } } }`),
    );
    const all = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
    expect(all.filter((field) => !seen.has(field)).sort()).toEqual(Object.keys(LEFT_OUT).sort());
  });

  it('has a hosted coalition whose money the records name, at a host that has money of its own', async () => {
    const { flows } = (await gateway.dataOf(`{
      flows(first: 500, filter: { kinds: [COMMITMENT] }) { nodes {
        receiver { id hosts { hosted { id } feePercent } }
        receiverOnBehalfOf { organisation { id classification { flags } } }
      } }
    }`)) as {
      flows: {
        nodes: {
          receiver: { id: string; hosts: { hosted: { id: string }; feePercent: string }[] } | null;
          receiverOnBehalfOf: {
            organisation: { id: string; classification: { flags: string[] } };
          } | null;
        }[];
      };
    };
    const held = flows.nodes.find((flow) => flow.receiverOnBehalfOf !== null);
    const coalition = held?.receiverOnBehalfOf?.organisation;
    expect(held?.receiver?.hosts).toContainEqual({
      hosted: { id: coalition?.id },
      feePercent: '7',
    });
    expect(coalition?.classification.flags).not.toContain('HOSTED_FUNDS_UNKNOWN');
    expect(
      flows.nodes.filter(
        ({ receiver, receiverOnBehalfOf }) =>
          receiver?.id === held?.receiver?.id && receiverOnBehalfOf === null,
      ),
    ).not.toEqual([]);
  });

  it('has a network, an intermediary that calls itself a network, and one that is both', async () => {
    const ids = ['PG-FICTIONAL-0008', 'PG-FICTIONAL-0012', 'PG-FICTIONAL-0013'];
    const { organisations } = (await gateway.dataOf(
      `{ organisations(filter: { ids: ${JSON.stringify(ids)} }, first: 3) {
        nodes { id classification(asOf: "2026-01-01") { outcome flags } } } }`,
    )) as { organisations: { nodes: object[] } };
    expect(organisations.nodes).toHaveLength(3);
    expect(organisations.nodes).toEqual(
      expect.arrayContaining([
        {
          id: 'PG-FICTIONAL-0008',
          classification: { outcome: 'INTERMEDIARY', flags: ['DISPUTED_BY_SELF_DECLARATION'] },
        },
        { id: 'PG-FICTIONAL-0012', classification: { outcome: 'HYBRID', flags: [] } },
        {
          id: 'PG-FICTIONAL-0013',
          classification: { outcome: 'NETWORK', flags: ['INDIVIDUAL_MEMBERS'] },
        },
      ]),
    );
  });

  it('is said by nobody real', async () => {
    const { sources } = (await gateway.dataOf(
      '{ sources { id fictional publisherName publisher { id } } }',
    )) as {
      sources: {
        fictional: boolean;
        publisherName: string | null;
        publisher: { id: string } | null;
      }[];
    };
    for (const { publisherName, publisher } of sources.filter(({ fictional }) => fictional)) {
      expect(publisherName ?? 'fictional').toMatch(/fictional/i);
      expect(publisher?.id ?? 'PG-FICTIONAL').toMatch(/^PG-FICTIONAL/);
    }
  });

  it('is left out by a filter, or asked for alone, in every list', async () => {
    for (const list of [
      'organisations',
      'networks',
      'convenings',
      'activities',
      'flows',
      'policyDocuments',
      'policyProcesses',
    ]) {
      const { all, alone, without } = (await gateway.dataOf(`{
        all: ${list} { totalCount }
        alone: ${list}(filter: { sources: ${SOURCES} }) { totalCount }
        without: ${list}(filter: { exceptSources: ${SOURCES} }) { totalCount }
      }`)) as Record<string, { totalCount: number }>;
      expect([list, alone?.totalCount]).not.toEqual([list, 0]);
      expect([list, (alone?.totalCount ?? 0) + (without?.totalCount ?? 0)]).toEqual([
        list,
        all?.totalCount,
      ]);
    }
  });

  it('is marked: by its sources, its names, its countries and its currency', async () => {
    const { sources, organisations, flows } = (await gateway.dataOf(`{
      sources { id title fictional }
      organisations(filter: { sources: ${SOURCES} }, first: 500) { totalCount nodes { name country { name } } }
      flows { totals { currency } }
    }`)) as {
      sources: { id: string; title: string; fictional: boolean }[];
      organisations: {
        totalCount: number;
        nodes: { name: string; country: { name: string } | null }[];
      };
      flows: { totals: { currency: string }[] };
    };
    for (const { id, title, fictional } of sources) {
      expect([id, fictional]).toEqual([id, SOURCES.includes(`"${id}"`)]);
      expect([id, title.startsWith('FICTIONAL')]).toEqual([id, fictional]);
    }
    // 61 with an identifier, two whom somebody named without, and four whom FTS numbers.
    expect(organisations.totalCount).toBe(67);
    for (const { name, country } of organisations.nodes) {
      expect(name).toMatch(/\(fictional\)$/);
      if (country) expect(country.name).toMatch(/\(fictional\)$/);
    }
    expect(new Set(flows.totals.map(({ currency }) => currency))).toEqual(new Set(['XTS']));
  });

  it('has money of every route: straight, through a network, through others, by a host', async () => {
    const { organisations } = (await gateway.dataOf(`{
      organisations(filter: { text: "alder women mediators" }, orderBy: ID_ASC) { nodes {
        likelyDuplicates { id } flowsIn(first: 1) { nodes { activity { id } } } } } }`)) as {
      organisations: {
        nodes: { likelyDuplicates: object[]; flowsIn: { nodes: { activity: { id: string } }[] } }[];
      };
    };
    // The one with an identifier and the one named without: shown, not merged.
    const [member, nameless] = organisations.nodes;
    expect([member, nameless].map((body) => body?.likelyDuplicates.length)).toEqual([1, 1]);
    const payers: string[] = [];
    for (let id = member?.flowsIn.nodes[0]?.activity.id; id !== undefined;) {
      const { activity } = (await gateway.dataOf(`{ activity(id: "${id}") { reporter { name }
        related { relation activity { fundedBy(first: 1) { nodes { activity { id } } } } } } }`)) as {
        activity: {
          reporter: { name: string };
          related: {
            relation: string;
            activity: { fundedBy: { nodes: { activity: { id: string } }[] } };
          }[];
        };
      };
      payers.push(activity.reporter.name.replace(/ of Coop.*/, ''));
      const parent = activity.related.find(({ relation }) => relation === 'PARENT');
      id = parent?.activity.fundedBy.nodes[0]?.activity.id;
    }
    expect(payers).toEqual([
      'Two-Way Alder Network (fictional)',
      'Partners’ Network Incorporated (fictional)',
      'Joint Pool for Imagined Peace (fictional)',
      'Ministry',
    ]);

    const { coalition } = (await gateway.dataOf(
      `{ coalition: organisations(filter: { text: "hosted coalition" }) { nodes { legalForm
        hostedBy { form feePercent host { name flowsIn { nodes { activity { parties { role organisation { name } } } } } } } } } }`,
    )) as { coalition: { nodes: { hostedBy: object[] }[] } };
    expect(coalition.nodes[0]?.hostedBy).toHaveLength(2);
    expect(JSON.stringify(coalition)).toMatch(
      /FISCAL_HOST.*"7".*Roof and Ledger.*IMPLEMENTING.*Hosted Coalition/,
    );
  });

  it('follows from its seed alone, and grows as asked', async () => {
    const textOf = async (options: Parameters<typeof createFictionalWorld>[0]) => {
      const world = createFictionalWorld(options);
      let text = '';
      for (const input of Object.values(world)) {
        for await (const part of await input.open()) text += Buffer.from(part).toString();
      }
      return text;
    };
    const first = await textOf({ seed: 7 });
    expect(await textOf({ seed: 7 })).toBe(first);
    expect(await textOf({ seed: 8 })).not.toBe(first);
    const transactions = (text: string) => text.match(/<transaction>/g)?.length ?? 0;
    const many = await textOf({ seed: 7, neighbourhoods: 3, payments: 20 });
    expect(transactions(many) / transactions(first)).toBeGreaterThan(8);
  });
});
