import type { Knex } from 'knex';
import { whereDate, whereYear } from '../../shared/filters';
import type { FlowFilter } from '../flow/flow.args';

/** Flows are added up so many at a time where each counts by itself; that bounds the memory it takes. */
const FLOWS_AT_ONCE = 100_000;
/** What of a filter does not narrow much: what is asked for is a good part of all there is. */
const BROAD = ['kinds', 'year', 'date', 'sources', 'exceptSources'];

/** A span of time; undated flows are before any. */
export interface Span {
  from?: string;
  /** The first month that no longer counts. */
  until?: string;
}

/**
 * Spans of time that together are all that a filter asks for, each with so many flows at most unless a
 * month has more. What asks for little of the graph is of one span.
 */
export const spansOf = async (
  db: Knex,
  filter: FlowFilter,
  most = FLOWS_AT_ONCE,
): Promise<Span[]> => {
  const isNarrow = Object.entries(filter).some(
    ([name, value]) => value !== undefined && value !== null && !BROAD.includes(name),
  );
  if (isNarrow) return [{}];
  const months = db('flows')
    .select({ month: db.raw('substr(flows.date, 1, 7)') })
    .count({ flows: '*' })
    .groupBy('month')
    .orderBy('month');
  whereDate(months, 'flows.date', filter.date);
  if (filter.year !== undefined) whereYear(months, 'flows.date', filter.year);
  const bounds: string[] = [];
  let sum = 0;
  for (const { month, flows } of (await months) as { month: string; flows: number | string }[]) {
    const more = Number(flows);
    if (sum > 0 && sum + more > most) {
      bounds.push(month);
      sum = 0;
    }
    sum += more;
  }
  return Array.from({ length: bounds.length + 1 }, (_, index) => {
    const [from, until] = [bounds[index - 1], bounds[index]];
    return {
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
    };
  });
};
