import type { PublishedSubgraph, Trust } from '../../gateway/partners';
import { askRemotely, resultOf } from '../registry/ask';

interface Overview {
  partners: { name: string; status: string; trust: Trust; version: number | null }[];
}

/**
 * What the other partners of a graph have published, as its registry says, for the graph to try things in.
 * @param address of its gateway.
 * @param name of the partner whose own publications are left out.
 * @throws RegistryRefused, or the error of the connection.
 */
export const readOthers = async (address: string, name: string): Promise<PublishedSubgraph[]> => {
  const { ask } = askRemotely(address, null);
  const { partners } = resultOf<Overview>(await ask('GET', ''));
  const others = partners.filter((one) => one.status === 'PUBLISHED' && one.name !== name);
  return Promise.all(
    others.map(async ({ name: other, trust, version }) => {
      const at = `/partners/${encodeURIComponent(other)}/versions/${version ?? 0}`;
      const { url, sdl } = resultOf<{ url: string; sdl: string }>(await ask('GET', at));
      const published = { name: other, trust, url, sdl, version: version ?? 0 };
      return { ...published, licence: null, answerKey: null };
    }),
  );
};
