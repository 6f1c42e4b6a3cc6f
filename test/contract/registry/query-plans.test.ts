import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import { getOperationAST, parse } from 'graphql';
import { createPublicationChecks } from '../../../gateway/registry/check/publication';
import { composeHere } from '../../../gateway/supergraph/compose-apart';
import { OURS, POLICY, WILLOW } from '../../unit/gateway/registry/graphs';

const OPERATIONS = path.join(__dirname, '..', '..', '..', 'schema', 'operations');
const operations = (readdirSync(OPERATIONS, { recursive: true }) as string[])
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => ({ name, query: readFileSync(path.join(OPERATIONS, name), 'utf8') }));

const checks = createPublicationChecks(POLICY, OURS, async (all) => composeHere(all));

// Unless this is set, the library reports to its maker over the network.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';

/** How the gateway would answer an operation: which source it asks what, and in which order. */
const plannerWith = async (partners: Parameters<typeof checks.composeWith>[0]) => {
  const composition = await checks.composeWith(partners);
  if (composition.status !== 'composed') throw new Error(JSON.stringify(composition));
  let plan = '';
  const gateway = new ApolloGateway({
    supergraphSdl: composition.supergraphSdl,
    buildService: () => ({ process: async () => ({ data: null }) }),
    experimental_didResolveQueryPlan: ({ queryPlan }) => {
      plan = JSON.stringify(queryPlan);
    },
    logger: { debug: () => 0, info: () => 0, warn: () => 0, error: () => 0 },
  });
  const { executor } = await gateway.load();
  return async (query: string): Promise<string> => {
    const document = parse(query);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('The operations of a file are more than one.');
    await executor({
      document,
      operation,
      queryHash: query,
      request: { query },
      context: {},
    } as never);
    return plan;
  };
};

it('leaves the plan of every operation of ours as it was, so that a partner slows down only its own', async () => {
  const oak = WILLOW.replaceAll('willowWeb', 'oakNet').replaceAll('WillowWeb', 'OakNet');
  const [before, after] = await Promise.all([
    plannerWith([]),
    plannerWith([
      { name: 'willow-web', sdl: WILLOW },
      { name: 'oak-net', sdl: oak },
    ]),
  ]);
  for (const { name, query } of operations) {
    const plan = await before(query);
    expect(plan).toContain('Fetch');
    expect({ name, plan: await after(query) }).toEqual({ name, plan });
  }
  const theirs = await after('{ willowWeb_events { host { name } } }');
  expect(theirs).toContain('willow-web');
});
