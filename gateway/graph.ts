import { mkdir } from 'node:fs/promises';
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
import { databaseAt, isPostgres, openDatabase } from '../subgraphs/shared/db';
import type { Subgraph } from '../subgraphs/shared/subgraph';
import type { Viewer } from '../subgraphs/shared/viewer';

/** The graph's own subgraphs, each on its database. */
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

/**
 * Opens the databases in a place, makes what is missing and brings them to the newest migration.
 * @param place a folder, `postgres://…` for a schema each, or null for databases in memory.
 * @param onQuery called with the SQL of each statement, for tests that count and benches that show.
 */
export const openGraph = async (
  place: string | null,
  onQuery?: (sql: string, subgraph: string) => void,
): Promise<Graph> => {
  if (place !== null && !isPostgres(place)) await mkdir(place, { recursive: true });
  const open = (name: string, migrations: Parameters<typeof openDatabase>[1]) =>
    openDatabase(databaseAt(place, name), migrations, onQuery && ((sql) => onQuery(sql, name)));
  const organisations = createOrganisationsSubgraph(
    await open('organisations', ORGANISATIONS_MIGRATIONS),
  );
  const networks = createNetworksSubgraph(await open('networks', NETWORKS_MIGRATIONS));
  const funding = createFundingSubgraph(await open('funding', FUNDING_MIGRATIONS));
  const policy = createPolicySubgraph(await open('policy', POLICY_MIGRATIONS));
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
