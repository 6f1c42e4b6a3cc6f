import { ALL_TIERS } from '../../shared/viewer';
import { matchReports, type Member } from './match';
import { type ReportRow, toReport } from './report-row';

/** A member for the tiers that see it so, one bit for each. */
export type TieredMember = Member & { tiers: number };

/** What makes a member the same in two matchings. */
export const signature = ({ flowId, recordId, basis, state }: Member) =>
  [flowId, recordId, basis, state].join('\u0001');

/** Whoever may not see a body is told nothing by what its reports match. */
const seesBodies = ({ provider_from, receiver_from }: ReportRow, tier: number): boolean =>
  provider_from !== null &&
  receiver_from !== null &&
  provider_from <= tier &&
  receiver_from <= tier;

/**
 * Matches the reports of one pair for each tier by what that tier sees: what a tier does not see
 * changes nothing for it.
 */
export const matchTiers = (
  rows: readonly ReportRow[],
  rates: Map<string, number>,
): Map<string, TieredMember> => {
  const reports = rows.flatMap((row) => {
    const report = toReport(row, rates);
    return report ? [{ row, report }] : [];
  });
  const found = new Map<string, TieredMember>();
  let seen = '';
  let members: Member[] = [];
  for (let tier = 0; tier < ALL_TIERS; tier += 1) {
    const visible = reports.filter(
      ({ row }) =>
        row.tier <= tier &&
        row.withdrawn_at === null &&
        row.superseded_from > tier &&
        seesBodies(row, tier),
    );
    const sees = visible.map(({ report }) => report.id).join(' ');
    if (sees !== seen) members = matchReports(visible.map(({ report }) => report));
    seen = sees;
    for (const member of members) {
      const key = signature(member);
      const known = found.get(key);
      found.set(key, { ...member, tiers: (known?.tiers ?? 0) | (1 << tier) });
    }
  }
  return found;
};
