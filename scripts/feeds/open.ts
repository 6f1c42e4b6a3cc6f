import { readConfig } from '../../gateway/config';
import { createFeedDesk, type FeedDesk } from '../../gateway/registry/feeds';
import { createLedger } from '../../gateway/registry/ledger';
import { openRegistryDatabase } from '../../gateway/registry/open';
import { withGraph } from '../commands/with-graph';
import type { FeedWork } from './work';

/** Opens what the registry knows of feeds. */
export const openFeedDesk = async (
  place: string,
): Promise<{ desk: FeedDesk; close(): Promise<void> }> => {
  const database = await openRegistryDatabase(place);
  return {
    desk: createFeedDesk(createLedger(database.registry), database.feeds),
    close: () => database.close(),
  };
};

/** Opens the graph to work on feeds, and closes it. */
const withFeedWork = (
  env: NodeJS.ProcessEnv,
  desk: FeedDesk,
  work: (feedWork: FeedWork) => Promise<void>,
): Promise<void> =>
  withGraph(env, async (graph) => {
    const { createAddressRules } = await import('../../gateway/supergraph/contain/addresses');
    const { privateAddresses } = readConfig(env).partners;
    const addresses = createAddressRules({ allowed: privateAddresses });
    await work({ graph, desk, addresses });
  });

/** Does what is to be done about feeds, on the databases of this machine; opens the graph only if there is. */
export const workOnFeeds = async (
  env: NodeJS.ProcessEnv,
  kinds: { look: boolean; withdraw: boolean },
): Promise<void> => {
  const opened = await openFeedDesk(readConfig(env).place);
  const { desk } = opened;
  try {
    const { due, removed, withdrawn } = await desk.work();
    const withdraw = kinds.withdraw && removed.length + withdrawn.length > 0;
    const look = kinds.look && due.length > 0;
    if (!withdraw && !look) return;
    const { lookAtDueFeeds, withdrawRemovedFeeds } = await import('./work');
    await withFeedWork(env, desk, async (work) => {
      if (withdraw) await withdrawRemovedFeeds(work);
      if (look) await lookAtDueFeeds(work);
    });
  } finally {
    await opened.close();
  }
};
