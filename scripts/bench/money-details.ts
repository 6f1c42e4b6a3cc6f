import type { Graph } from '../../gateway/graph';
import { insertRows, inWrite, settle, type Value } from '../../subgraphs/shared/db';
import { createRandom } from '../builtin/fictional/random';

const ROWS_AT_ONCE = 20_000;
const AT = '2026-01-01T00:00:00.000Z';
/** Payments for each activity, and in how many another report leads the transfer. */
const FLOWS_OF_AN_ACTIVITY = 5;
const ABSORBED_ONE_IN = 50;
const SECTORS = ['15220', '15230', '15110', '15150', '15160', '15170', '11220', '12220', '73010'];
const MONTHS = [6, 12, 18, 24, 36, 48];

type Database = Graph['funding']['db'];

/** The number of a flow of a world made for measuring. */
const NUMBER = 'cast(substr(id, 2) as integer)';
const oneOf = (values: readonly string[], of: string) =>
  `case ${of} ${values.map((value, index) => `when ${index} then '${value}'`).join(' ')} end`;

/** What the payments are for and how freely, and which of them another report leads. */
const describeFlows = (trx: Database) =>
  trx.raw(
    `update flows set
      purpose = ${oneOf(['CORE', 'PROJECT', 'PROJECT', 'CONVENING', 'UNKNOWN', 'REGRANT'], `${NUMBER} % 6`)},
      flexibility = ${oneOf(['UNEARMARKED', 'SOFTLY_EARMARKED', 'EARMARKED', 'UNKNOWN'], `${NUMBER} % 4`)},
      aid_types = ${oneOf(['[{"code":"C01"}]', '[{"code":"A01"}]', '[{"code":"B01"}]', '[]'], `${NUMBER} % 7 % 4`)},
      activity_record = 'a' || (${NUMBER} / ${FLOWS_OF_AN_ACTIVITY}),
      activity_key = 'XX-ACTIVITY-' || (${NUMBER} / ${FLOWS_OF_AN_ACTIVITY}),
      absorbed = case when ${NUMBER} % ${ABSORBED_ONE_IN} = 7 then 15 else 0 end`,
  );

/**
 * Says more of the payments that {@link fillWithMoney} made: purposes, aid types, one or two sectors each,
 * activities with how long they last; and that another report leads one in fifty.
 */
export const fillWithDetails = async ({ funding: { db } }: Graph, flows: number): Promise<void> => {
  const random = createRandom(3);
  await inWrite(db, async (trx) => {
    await describeFlows(trx);
    for (let from = 0; from < flows; from += ROWS_AT_ONCE) {
      const numbers = Array.from(
        { length: Math.min(ROWS_AT_ONCE, flows - from) },
        (_, index) => from + index,
      );
      await insertRows(
        trx,
        'flow_shares',
        ['parent_id', 'code', 'percentage'],
        numbers.flatMap((number): Value[][] => {
          const id = `f${String(number).padStart(9, '0')}`;
          const at = random.between(0, SECTORS.length - 1);
          const [one, other] = [SECTORS[at] ?? '', SECTORS[(at + 1) % SECTORS.length] ?? ''];
          return number % 4 === 0
            ? [
                [id, one, '70'],
                [id, other, '30'],
              ]
            : [[id, one, '100']];
        }),
        { dimension: 'SECTOR', vocabulary: '1', estimated: 0, inherited: 0 },
      );
      await insertRows(
        trx,
        'activities',
        ['id', 'record_id', 'key', 'identifier', 'duration_months'],
        numbers
          .filter((number) => number % FLOWS_OF_AN_ACTIVITY === 0)
          .map((number) => number / FLOWS_OF_AN_ACTIVITY)
          .map((index): Value[] => [
            `a${index}`,
            `a${index}`,
            `XX-ACTIVITY-${index}`,
            `XX-ACTIVITY-${index}`,
            index % 3 === 0 ? null : String(random.pick(MONTHS)),
          ]),
        {
          source_id: 'bench',
          tier: 0,
          retrieved_at: AT,
          updated_at: AT,
          hash: '',
          status: 'IMPLEMENTATION',
          start_date: '2015-01-01',
          superseded_from: 4,
        },
      );
    }
  });
  await settle(db);
};
