import type { PublishedSubgraph } from '../partners';
import type { Members, Proposal } from './event';
import type { Ledger } from './ledger';
import type { PartnerState, State } from './state';

/** What a partner hands in. */
export interface Publication {
  url: string;
  sdl: string;
  licence?: string | null;
  answerKey?: string | null;
}

/** A version of a partner as it is served. */
export const subgraphOf = (
  { name, trust }: PartnerState,
  { version, url, licence, answerKey }: Omit<Proposal, 'sdl'>,
  sdl: string,
): PublishedSubgraph => ({ name, trust, url, sdl, version, licence, answerKey });

/** The subgraphs of some members, with their texts. */
export const subgraphsOf = async (
  ledger: Pick<Ledger, 'text'>,
  { partners }: State,
  members: Members,
): Promise<PublishedSubgraph[]> => {
  // Taken before anything is awaited: the state goes on.
  const found = members.map(([name, version]) => {
    const partner = partners.get(name);
    const proposal = partner?.versions.get(version);
    if (!partner || !proposal) throw new Error(`The registry lacks ${name} ${version}.`);
    return { partner: { ...partner }, proposal };
  });
  return Promise.all(
    found.map(async ({ partner, proposal }) =>
      subgraphOf(partner, proposal, await ledger.text(proposal.sdl)),
    ),
  );
};
