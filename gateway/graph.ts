import { existsSync } from 'node:fs';
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
import { databaseAt, isPostgres, openDatabase } from '../subgraphs/shared/db';
import { createTurn, type Release, takeLock } from '../subgraphs/shared/locks';
import type { Subgraph } from '../subgraphs/shared/subgraph';
import type { Viewer } from '../subgraphs/shared/viewer';
import type { SubgraphName } from './config';
import { lockFile, type LockName, lockOf } from './locks';
import { putInPlace, RESTORED } from './restored';

/** The graph's own subgraphs, each on its database. */
export interface Graph {
  /** Where the databases are: a folder, `postgres://…`, or null for memory. */
  place: string | null;
  organisations: OrganisationsSubgraph;
  networks: NetworksSubgraph;
  funding: FundingSubgraph;
  policy: PolicySubgraph;
  /** All of them, for those who treat them alike. */
  subgraphs: readonly Subgraph[];
  /** Brings every follower to the owners' newest versions of the bodies, of the facts and of outcomes. */
  follow(): Promise<void>;
  /**
   * Does an import when no other is under way, in this process or another, after finishing what an
   * interrupted one left. One import writes to several databases: two at once would wait for each other.
   * @param onWait called once if it has to wait for another process.
   */
  exclusively<T>(work: () => Promise<T>, onWait?: () => void): Promise<T>;
  /** Commits to several databases, so that a backup has all of it or nothing. */
  together<T>(commits: () => Promise<T>): Promise<T>;
  /** Finishes what an interrupted import left between the databases, unless an import is under way. */
  settle(): Promise<void>;
  /** A viewer of this tier, at a version of the bodies that every subgraph has. */
  viewerOf(tier: number): Promise<Viewer>;
  close(): Promise<void>;
}

const takeOpen = async (directory: string, mode: 'shared' | 'exclusive') => {
  const release = await takeLock(lockFile(directory, 'open'), mode);
  if (!release) throw new Error(`${directory} is being restored; try again when that has ended.`);
  return release;
};

/** Keeps the folder from being restored while it is open, after ending a restore that was interrupted. */
const holdOpen = async (directory: string) => {
  await mkdir(directory, { recursive: true });
  const release = await takeOpen(directory, 'shared');
  if (!existsSync(path.join(directory, RESTORED))) return release;
  await release();
  const releaseAlone = await takeOpen(directory, 'exclusive');
  await putInPlace(directory).finally(releaseAlone);
  return takeOpen(directory, 'shared');
};

/** Keeps a place from being restored while it is open; on PostgreSQL the database sees to that. */
const hold = (place: string | null): Promise<Release> =>
  place === null || isPostgres(place) ? Promise.resolve(async () => undefined) : holdOpen(place);

type OnQuery = (sql: string, subgraph: string) => void;
const MAKERS = {
  organisations: { migrations: ORGANISATIONS_MIGRATIONS, create: createOrganisationsSubgraph },
  networks: { migrations: NETWORKS_MIGRATIONS, create: createNetworksSubgraph },
  funding: { migrations: FUNDING_MIGRATIONS, create: createFundingSubgraph },
  policy: { migrations: POLICY_MIGRATIONS, create: createPolicySubgraph },
} as const;
type SubgraphOf<Name extends SubgraphName> = ReturnType<(typeof MAKERS)[Name]['create']>;

const createOn = async <Name extends SubgraphName>(
  name: Name,
  place: string | null,
  onQuery?: OnQuery,
): Promise<SubgraphOf<Name>> => {
  const { migrations, create } = MAKERS[name];
  const address = databaseAt(place, name);
  const db = await openDatabase(address, migrations, onQuery && ((sql) => onQuery(sql, name)));
  return create(db) as SubgraphOf<Name>;
};

/**
 * Opens one subgraph's database in a place, for a process that serves it alone.
 * @param place as {@link openGraph} takes it.
 */
export const openSubgraph = async <Name extends SubgraphName>(
  name: Name,
  place: string | null,
): Promise<{ subgraph: SubgraphOf<Name>; close(): Promise<void> }> => {
  const release = await hold(place);
  const migration = createTurn(place === null ? null : lockOf(place, 'migration'));
  const subgraph = await migration
    .take(() => createOn(name, place))
    .catch(async (error: unknown) => {
      await release();
      throw error;
    });
  return {
    subgraph,
    close: async () => {
      await subgraph.db.destroy();
      await release();
    },
  };
};

/**
 * Opens the databases in a place, makes what is missing and brings them to the newest migration.
 * @param place a folder, `postgres://…` for a schema each, or null for databases in memory.
 * @param onQuery called with the SQL of each statement, for tests that count and benches that show.
 */
export const openGraph = async (place: string | null, onQuery?: OnQuery): Promise<Graph> => {
  const turnOf = (name: LockName) => createTurn(place === null ? null : lockOf(place, name));
  const release = await hold(place);
  const [organisations, networks, funding, policy] = await turnOf('migration')
    .take(
      async () =>
        [
          await createOn('organisations', place, onQuery),
          await createOn('networks', place, onQuery),
          await createOn('funding', place, onQuery),
          await createOn('policy', place, onQuery),
        ] as const,
    )
    .catch(async (error: unknown) => {
      await release();
      throw error;
    });
  const subgraphs: readonly Subgraph[] = [organisations, networks, funding, policy];
  const follow = async () => {
    const publish = publishOnce(organisations.write.publish);
    await Promise.all([networks, funding, policy].map(({ write }) => write.follow(publish)));
    await networks.write.followFacts(organisations.write.facts);
    const { owner, publish: publishFacts } = networks.write.facts;
    const ofNetworks = { owner, publish: publishOnce(publishFacts) };
    await funding.write.followFacts([organisations.write.facts, ofNetworks]);
    await policy.write.followFacts([ofNetworks]);
    await funding.write.refreshOutcomes();
    await organisations.write.followOutcomes(funding.write.publishOutcomes);
    await networks.write.followOutcomes(funding.write.publishOutcomes);
  };
  const imports = turnOf('import');
  const commits = turnOf('commit');
  return {
    place,
    organisations,
    networks,
    funding,
    policy,
    subgraphs,
    follow,
    exclusively: (work, onWait) =>
      imports.take(async () => {
        await follow();
        return work();
      }, onWait),
    together: (work) => commits.take(work),
    settle: () => imports.takeIfFree(follow),
    viewerOf: async (tier) => ({
      tier,
      version: Math.min(...(await Promise.all(subgraphs.map((subgraph) => subgraph.version())))),
    }),
    close: async () => {
      await Promise.all(subgraphs.map(({ db }) => db.destroy()));
      await release();
    },
  };
};
