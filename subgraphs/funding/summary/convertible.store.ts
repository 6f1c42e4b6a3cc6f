import type { Knex } from 'knex';
import { MONTH } from '../flow/columns';
import { NO_CURRENCY, SDR } from './convert';

/**
 * Keeps the flows that can be converted, as `factorsTo` does.
 * @param money the currency of a flow, in SQL.
 * @param target the currency asked for.
 */
export const onlyConvertible = (query: Knex.QueryBuilder, money: string, target: string): void => {
  const rate = `exists (select 1 from rates as of_own where of_own.currency = ${money} and of_own.month = ${MONTH})`;
  const other =
    target === SDR
      ? ''
      : ` and exists (select 1 from rates as of_target where of_target.currency = ? and of_target.month = ${MONTH})`;
  void query.whereRaw(
    `(${money} = ? or (${money} <> '${NO_CURRENCY}' and (${money} = '${SDR}' or ${rate})${other}))`,
    other === '' ? [target] : [target, target],
  );
};
