import { NotFound, partnerIn } from './faults';
import type { Ledger } from './ledger';
import type { Own } from './parts';
import { viewComposition, viewPartner } from './views';

const MOST_ENTRIES = 500;

/** Which entries of the log are wanted. */
export interface LogPage {
  /** After which entry; 0: from the first. */
  after?: number;
  first?: number;
  /** Only those about one partner. */
  partner?: string;
}

/** What anybody may see of the registry. */
export const createReading = (ledger: Ledger, own: Own) => ({
  /** The head of the log, and how much there is. */
  overview: async () => {
    const state = await ledger.refresh();
    return {
      head: state.head,
      own: own.id,
      supergraphs: state.compositions.length,
      partners: [...state.partners.values()].map((partner) => {
        const { name, trust, status, version } = viewPartner(state, own.id, partner);
        return { name, trust, status, version };
      }),
    };
  },

  partner: async (name: string) => {
    const state = await ledger.refresh();
    return viewPartner(state, own.id, partnerIn(state, name));
  },

  /** A version of a partner, with its SDL. */
  version: async (name: string, number: number) => {
    const partner = partnerIn(await ledger.refresh(), name);
    const version = partner.versions.get(number);
    if (!version) throw new NotFound(`${name} has no version ${number}.`);
    const sdl = await ledger.text(version.sdl);
    return { name, trust: partner.trust, ...version, sdl };
  },

  /** Entries of the log in order, to be read page by page, and checked by their hashes. */
  log: async ({ after = 0, first = MOST_ENTRIES, partner }: LogPage) => {
    const events = await ledger.log(after, Math.min(first, MOST_ENTRIES), partner);
    return { events, head: await ledger.head() };
  },

  /** A text that the log speaks of, by its hash. */
  text: async (hash: string) => {
    const text = await ledger.findText(hash);
    if (text === null) throw new NotFound('There is no text with this hash.');
    return { hash, text };
  },

  supergraphs: async () => ({
    supergraphs: (await ledger.refresh()).compositions.map(viewComposition),
  }),

  /** A supergraph with its texts. */
  supergraph: async (number: number) => {
    const found = (await ledger.refresh()).compositions[number - 1];
    if (!found) throw new NotFound(`There is no supergraph ${number}.`);
    const [supergraphSdl, apiSdl] = await Promise.all([
      ledger.text(found.supergraph),
      ledger.text(found.api),
    ]);
    return { ...viewComposition(found), supergraphSdl, apiSdl };
  },
});
