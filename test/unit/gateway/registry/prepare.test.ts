import { parse } from 'graphql';
import { estimateCost } from '../../../../gateway/access/cost';
import { readCostModel } from '../../../../gateway/access/cost-model';
import { dataFlowOf } from '../../../../gateway/registry/ownership/data-flow';
import { prepareSdl } from '../../../../gateway/registry/ownership/prepare';
import { composeHere } from '../../../../gateway/supergraph/compose-apart';
import { buildSchema, type OperationDefinitionNode } from 'graphql';
import { PARTNER_LINK, POLICY, SMALL, SMALL_POLICY, WILLOW } from './graphs';

const composed = (sdl: string) => {
  const outcome = composeHere([
    ...SMALL,
    { name: 'willow-web', sdl: prepareSdl(SMALL_POLICY, sdl) },
  ]);
  if (outcome.status !== 'composed') throw new Error(JSON.stringify(outcome));
  return outcome;
};

const costOf = (sdl: string, query: string) => {
  const { supergraphSdl, apiSdl } = composed(sdl);
  const document = parse(query);
  const [operation] = document.definitions as OperationDefinitionNode[];
  if (!operation) throw new Error(query);
  return estimateCost(buildSchema(apiSdl), readCostModel(supergraphSdl), document, operation, {});
};

const CHEAP = `${PARTNER_LINK.replace('"@requires"', '"@cost", "@listSize"')}
type Query { willowWeb_events: [WillowWeb_Event!] @cost(weight: -100) @listSize(assumedSize: 0) }
type WillowWeb_Event implements WillowWeb_Thing @cost(weight: -5) { id: ID @cost(weight: -7) parts: [WillowWeb_Event] }
interface WillowWeb_Thing { id: ID parts: [WillowWeb_Event] }
type WillowWeb_Box { things: [WillowWeb_Thing] }
extend type Query { willowWeb_box: WillowWeb_Box willowWeb_thing: WillowWeb_Thing }
type Organisation @key(fields: "id") { id: ID! willowWeb_count: Int @cost(weight: 0) }`;

describe('what fields of partners cost', () => {
  const { fieldWeight, listSize } = POLICY.cost;

  it('is what the policy says, whatever they say themselves', () => {
    const { rows, fetches } = costOf(CHEAP, '{ willowWeb_events { id } }');
    expect(rows).toBe(listSize);
    expect(fetches).toBe(4 + fieldWeight);
  });

  it('multiplies lists within objects of lists', () => {
    const { rows } = costOf(CHEAP, '{ willowWeb_events { parts { id } } }');
    expect(rows).toBe(listSize + listSize * listSize);
  });

  it('counts the lists of interfaces as those of objects', () => {
    const { rows } = costOf(CHEAP, '{ willowWeb_thing { parts { id } } }');
    expect(rows).toBe(1 + listSize);
  });

  it('counts a request to the partner for each two hundred bodies that it is asked about', () => {
    const first = 400;
    const { fetches } = costOf(CHEAP, `{ organisations(first: ${first}) { willowWeb_count } }`);
    const { fetches: without } = costOf(CHEAP, `{ organisations(first: ${first}) { name } }`);
    expect(fetches - without).toBe(2 * fieldWeight);
  });
});

describe('a schema as it is composed', () => {
  it('describes what is ours in our words, wherever the partner’s name stands in the alphabet', () => {
    const sdl = `${PARTNER_LINK} "Fools." type Organisation @key(fields: "id") { "Fools." id: ID! "Ours." willowWeb_a: Int } "Fools." type Query { willowWeb_b: Date } "Fools." scalar Date`;
    const outcome = composeHere([
      ...SMALL,
      { name: 'aaa', sdl: prepareSdl(SMALL_POLICY, sdl) },
      { name: 'bbb', sdl: prepareSdl(SMALL_POLICY, sdl.replaceAll('willowWeb', 'bbb')) },
      { name: 'ccc', sdl: prepareSdl(SMALL_POLICY, sdl.replaceAll('willowWeb', 'ccc')) },
    ]);
    expect(outcome.status).toBe('composed');
    expect(JSON.stringify(outcome)).not.toContain('Fools');
  });

  it('is linked to one version of Federation, whichever the partner uses', () => {
    const prepared = prepareSdl(POLICY, WILLOW.replace('v2.9', 'v2.12'));
    expect(prepared.match(/federation\/v\d\.\d+/g)).toEqual(['federation/v2.9']);
  });
});

describe('what flows to a partner', () => {
  it('is keys of entities that it answers for, what it requires, and what clients give it', () => {
    const flows = dataFlowOf(POLICY, WILLOW).map(({ kind, coordinate }) => `${kind} ${coordinate}`);
    expect(flows).toEqual([
      'ARGUMENT Query.willowWeb_events(filter:)',
      'ARGUMENT Query.willowWeb_events(first:)',
      'ARGUMENT Query.willowWeb_event(id:)',
      'KEY Organisation.id',
      'ARGUMENT Organisation.willowWeb_events(first:)',
      'KEY Country.id',
      'REQUIRED Country.iso3',
    ]);
  });

  it('is said in sentences', () => {
    const [first] = dataFlowOf(POLICY, `type Country @key(fields: "id") { id: ID! }`);
    expect(first?.says).toBe(
      'Where clients ask for the partner’s fields of Country, Country.id is sent.',
    );
  });
});
