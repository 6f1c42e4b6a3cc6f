import type { Graph } from '../../gateway/graph';
import { faultsOf } from '../../subgraphs/shared/tables';
import { hashInstallation, type InstallationHash } from './hash';

/** What is to know of an installation's state. */
export interface Verification extends InstallationHash {
  /** What is wrong; an installation that is as it should be has none. */
  faults: string[];
  /** Imports that are under way or were interrupted. */
  unfinished: { kind: string; file: string; sourceId: string; startedAt: string }[];
}

const BODIES = ['bodies', 'body_keys', 'body_tags', 'body_words'];

/** Checks the files, and that every database has the same bodies; hashes what they say. */
export const verifyInstallation = async (graph: Graph): Promise<Verification> => {
  const faults: string[] = [];
  for (const { name, db } of graph.subgraphs)
    for (const words of await faultsOf(db)) faults.push(`${name}: ${words}`);
  const hashed = await hashInstallation(graph);
  const [owner, ...followers] = hashed.databases;
  const bodiesIn = (database: typeof owner) =>
    JSON.stringify(database?.tables.filter(({ table }) => BODIES.includes(table)));
  for (const follower of followers) {
    if (follower.version !== owner?.version)
      faults.push(
        `${follower.name}: it has version ${follower.version} of the bodies, not ${owner?.version ?? 0}; the next start or import brings it there.`,
      );
    else if (bodiesIn(follower) !== bodiesIn(owner))
      faults.push(`${follower.name}: its bodies are not those of ${owner.name}.`);
  }
  return { ...hashed, faults, unfinished: await graph.organisations.write.unfinishedRuns() };
};
