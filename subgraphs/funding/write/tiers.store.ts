import type { Knex } from 'knex';
import { ALL_TIERS } from '../../shared/viewer';

/** The tiers at which something more is seen than below, the lowest first. */
export const tiersPresent = async (trx: Knex): Promise<number[]> => {
  const tiers = new Set([0]);
  for (const [table, column] of [
    ['flows', 'tier'],
    ['facts', 'tier'],
    ['activities', 'tier'],
    ['bodies', 'tier_from'],
  ] as const) {
    const rows = (await trx(table).distinct({ tier: column }).whereRaw('?? > 0', [column])) as {
      tier: number;
    }[];
    for (const { tier } of rows) tiers.add(Number(tier));
  }
  return [...tiers].filter((tier) => tier < ALL_TIERS).sort((a, b) => a - b);
};
