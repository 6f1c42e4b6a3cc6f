import { setImmediate as turn } from 'node:timers/promises';
import type { Graph } from '../../gateway/graph';
import type {
  NewOrganisation,
  NewSource,
  OrganisationsEdition,
} from '../../subgraphs/organisations';
import { publishOnce } from '../../subgraphs/shared/bodies';
import { chunksOf } from '../../subgraphs/shared/db';
import { addCounts, type EditionCounts, type NewRecord } from '../../subgraphs/shared/records';
import { type Bounds, withinBounds } from './bounds';
import type { Input } from './inputs';

/** What a person may say about a file of money beside its path. */
export interface MoneyOptions {
  sourceId: string;
  licence?: string | undefined;
  title?: string | undefined;
  /** When the file was taken, ISO 8601. Default: the file's own time; now, for an address. */
  retrievedAt?: string | undefined;
  /** Everything in it is made up, and is marked so. */
  fictional?: boolean;
  /** If it speaks for a partner alone. */
  bounds?: Bounds | undefined;
}

/** What a source bears whose licence nobody states. */
export const NO_LICENCE = 'not stated';

const ROWS_AT_ONCE = 500;
const TABLES = ['activities', 'flows', 'budgets'] as const;
type Table = (typeof TABLES)[number];

/** Rows of the funding tables, as they are read from a file. */
export interface MoneyRows extends Record<Table, NewRecord[]> {
  /** Writes what is waiting, if it has become much; call it after each record that is read. */
  flush(): Promise<void>;
}

const isAddress = (name: string): boolean => /^https?:/.test(name);

/** The address that a source came from, or null for a file. */
export const addressOf = ({ name }: Input): string | null => (isAddress(name) ? name : null);

/**
 * Writes one edition of a source of money, all of it or nothing. Bodies are committed before the
 * money that names them, so that no reader ever meets a flow of a body that is not there.
 * @param fill reads the whole edition into the rows, and answers whose it is and whom it names.
 * @param bounds what it is held to, if it speaks for a partner alone.
 */
export const writeMoney = async (
  graph: Graph,
  edition: { sourceId: string; retrievedAt: string },
  fill: (rows: MoneyRows) => Promise<{ source: NewSource; bodies: readonly NewOrganisation[] }>,
  bounds?: Bounds,
): Promise<EditionCounts> => {
  const funding = await graph.funding.write.openEdition(edition);
  let organisations: OrganisationsEdition | undefined;
  // One write is under way while the next records are read.
  let writing: Promise<void> = Promise.resolve();
  try {
    const write = (name: Table) => {
      const some = rows[name];
      rows[name] = [];
      writing = writing.then(() => funding[name](some));
      // Whoever awaits it next hears of a failure; it must not count as unheard until then.
      writing.catch(() => undefined);
    };
    const rows: MoneyRows = {
      activities: [],
      flows: [],
      budgets: [],
      flush: async () => {
        // A database that has answered must not wait for its next statement until a chunk of the file ends.
        await turn();
        const waiting = TABLES.reduce((sum, name) => sum + rows[name].length, 0);
        if (waiting < ROWS_AT_ONCE) return;
        await writing;
        for (const name of TABLES) if (rows[name].length > 0) write(name);
      },
    };
    const { source, bodies: named } = await fill(rows);
    const bodies = bounds ? named.map((body) => withinBounds(bounds, body)) : named;
    for (const name of TABLES) if (rows[name].length > 0) write(name);

    const bodiesEdition = await graph.organisations.write.openEdition(edition, source);
    organisations = bodiesEdition;
    for (const some of chunksOf(bodies, ROWS_AT_ONCE)) await bodiesEdition.organisations(some);
    const finished = writing.then(() => funding.finish());
    finished.catch(() => undefined);
    await bodiesEdition.finish();
    await finished;
    const publish = publishOnce(graph.organisations.write.publish);
    return await graph.together(async () => {
      const bodyCounts = await bodiesEdition.commit();
      const [moneyCounts] = await Promise.all([
        funding.commit(publish),
        graph.networks.write.follow(publish),
        graph.policy.write.follow(publish),
      ]);
      return addCounts(bodyCounts, moneyCounts);
    });
  } catch (error) {
    // What is written after the rollback would stand alone.
    await writing.catch(() => undefined);
    await Promise.all([funding.rollback(), organisations?.rollback()]);
    throw error;
  }
};
