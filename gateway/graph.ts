import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  createFundingSubgraph,
  FUNDING_MIGRATIONS,
  type FundingSubgraph,
} from '../subgraphs/funding';
import {
  createNetworksSubgraph,
  NETWORKS_MIGRATIONS,
  type NetworksSubgraph,
} from '../subgraphs/networks';
import {
  createOrganisationsSubgraph,
  ORGANISATIONS_MIGRATIONS,
  type OrganisationsSubgraph,
} from '../subgraphs/organisations';
import { createPolicySubgraph, POLICY_MIGRATIONS, type PolicySubgraph } from '../subgraphs/policy';
import { publishOnce } from '../subgraphs/shared/bodies';
import { openDatabase } from '../subgraphs/shared/db';
import type { Subgraph } from '../subgraphs/shared/subgraph';
import type { Viewer } from '../subgraphs/shared/viewer';
import type { SubgraphName } from './config';

/** The graph's own subgraphs, each on its database file. */
export interface Graph {
  organisations: OrganisationsSubgraph;
  networks: NetworksSubgraph;
  funding: FundingSubgraph;
  policy: PolicySubgraph;
  /** All of them, for those who treat them alike. */
  subgraphs: readonly Subgraph[];
  /** Brings every follower to the owner's newest version of the bodies. */
  follow(): Promise<void>;
  /** A viewer of this tier, at a version of the bodies that every subgraph has. */
  viewerOf(tier: number): Promise<Viewer>;
  close(): Promise<void>;
}

type OnQuery = (sql: string, subgraph: string) => void;
const MAKERS = {
  organisations: { migrations: ORGANISATIONS_MIGRATIONS, create: createOrganisationsSubgraph },
  networks: { migrations: NETWORKS_MIGRATIONS, create: createNetworksSubgraph },
  funding: { migrations: FUNDING_MIGRATIONS, create: createFundingSubgraph },
  policy: { migrations: POLICY_MIGRATIONS, create: createPolicySubgraph },
} as const;

/**
 * Opens one subgraph's database in a folder, for a process that serves it alone.
 * @param directory the data folder, or null for a database in memory.
 */
export const openSubgraph = async <Name extends SubgraphName>(
  name: Name,
  directory: string | null,
  onQuery?: OnQuery,
): Promise<ReturnType<(typeof MAKERS)[Name]['create']>> => {
  if (directory !== null) await mkdir(directory, { recursive: true });
  const { migrations, create } = MAKERS[name];
  const db = await openDatabase(
    directory === null ? ':memory:' : path.join(directory, `${name}.sqlite`),
    migrations,
    onQuery && ((sql) => onQuery(sql, name)),
  );
  return create(db) as ReturnType<(typeof MAKERS)[Name]['create']>;
};

/**
 * Opens the databases in a folder, makes what is missing and brings them to the newest migration.
 * @param directory the data folder, or null for databases in memory.
 * @param onQuery called with the SQL of each statement, for tests that count and benches that show.
 */
export const openGraph = async (directory: string | null, onQuery?: OnQuery): Promise<Graph> => {
  const organisations = await openSubgraph('organisations', directory, onQuery);
  const networks = await openSubgraph('networks', directory, onQuery);
  const funding = await openSubgraph('funding', directory, onQuery);
  const policy = await openSubgraph('policy', directory, onQuery);
  const subgraphs: readonly Subgraph[] = [organisations, networks, funding, policy];
  return {
    organisations,
    networks,
    funding,
    policy,
    subgraphs,
    follow: async () => {
      const publish = publishOnce(organisations.write.publish);
      await Promise.all([networks, funding, policy].map(({ write }) => write.follow(publish)));
    },
    viewerOf: async (tier) => ({
      tier,
      version: Math.min(...(await Promise.all(subgraphs.map((subgraph) => subgraph.version())))),
    }),
    close: async () => {
      await Promise.all(subgraphs.map(({ db }) => db.destroy()));
    },
  };
};
