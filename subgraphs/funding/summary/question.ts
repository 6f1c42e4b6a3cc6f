import { today } from '../../shared/dates';
import { BadInput } from '../../shared/errors';
import { checkFirst } from '../../shared/paging';
import { present } from '../classification/grouping';
import { standingEnd } from '../classification/period';
import { COUNTED_KINDS, type CountedMoney } from '../flow/counted-money';
import type { FlowFilter } from '../flow/flow.args';
import { BASES, type CountingBasis } from './basis';
import type { FlowDimension } from './dimension';

/** What is asked of a summary. */
export interface SummaryQuestion {
  filter: FlowFilter | undefined;
  basis: CountingBasis | null | undefined;
  money: CountedMoney;
  currency: string;
  groupBy: readonly FlowDimension[];
  asOf: string | null | undefined;
  first: number;
}

/** A question that makes sense. */
export interface ReadQuestion {
  basis: CountingBasis;
  /** The flows within which money is followed. */
  scope: FlowFilter;
  /** Those of them that are asked for. */
  selected: FlowFilter;
  /** Whether that is all of them. */
  isWhole: boolean;
  currency: string;
  asOf: string;
  from: string | null;
  to: string | null;
}

const MOST_DIMENSIONS = 3;

/** What bounds the scope of a count; all else in a filter says which of its flows are asked for. */
const SCOPE: readonly (keyof FlowFilter)[] = [
  'year',
  'date',
  'usageYears',
  'countries',
  'regions',
  'sectors',
  'sources',
  'exceptSources',
];
const REFUSED: readonly (keyof FlowFilter)[] = [
  'includeAbsorbed',
  'includeSuperseded',
  'includeWithdrawn',
];

const NO_BASIS = `Say \`basis\`, since a sum of flows means nothing without one. There are four.\n${Object.entries(
  BASES,
)
  .map(([basis, text]) => `${basis}: ${text}`)
  .join('\n')}`;

const periodOf = ({ year, date }: FlowFilter) => {
  const padded = (of: number) => `${String(of).padStart(4, '0')}-01-01`;
  const latest = [date?.from, year === undefined ? undefined : padded(year)].filter(present).sort();
  const first = [date?.to, year === undefined ? undefined : padded(year + 1)]
    .filter(present)
    .sort();
  return { from: latest.at(-1) ?? null, to: first[0] ?? null };
};

/**
 * Reads a question.
 * @throws BadInput if it makes no sense, or would count money twice.
 */
export const readQuestion = (asked: SummaryQuestion): ReadQuestion => {
  const { filter = {}, basis, money, currency, groupBy, asOf, first } = asked;
  checkFirst(first);
  if (!basis) throw new BadInput(NO_BASIS);
  if (!/^[A-Za-z]{3}$/.test(currency))
    throw new BadInput(
      `\`currency\` is ${JSON.stringify(currency)}; it must be three letters (ISO 4217).`,
    );
  if (groupBy.length > MOST_DIMENSIONS)
    throw new BadInput(
      `\`groupBy\` names ${groupBy.length} dimensions; at most ${MOST_DIMENSIONS} at a time.`,
    );
  if (new Set(groupBy).size < groupBy.length) throw new BadInput('`groupBy` names one twice.');
  for (const name of REFUSED)
    if (filter[name] === true)
      throw new BadInput(`\`${name}\` would count money twice; a summary does not take it.`);
  const kinds = COUNTED_KINDS[money];
  const strange = filter.kinds?.filter((kind) => !kinds.includes(kind)) ?? [];
  if (strange.length > 0)
    throw new BadInput(
      `\`kinds\` names ${strange.join(', ')}, which ${money} is not: it is ${kinds.join(', ')}. Kinds of money are never added together.`,
    );
  const scope: FlowFilter = { kinds: filter.kinds ?? [...kinds] };
  for (const name of SCOPE)
    if (filter[name] !== undefined && filter[name] !== null)
      Object.assign(scope, { [name]: filter[name] });
  const selected: FlowFilter = { ...filter, ...scope };
  const isWhole = Object.entries(filter).every(
    ([name, value]) =>
      value === undefined || value === null || name === 'kinds' || SCOPE.includes(name as never),
  );
  return {
    basis,
    scope,
    selected,
    isWhole,
    currency: currency.toUpperCase(),
    asOf: asOf ?? standingEnd(today()),
    ...periodOf(scope),
  };
};

/**
 * Reads a question whose filter may look at what bodies are, which is worked out beforehand for the standing
 * period alone: it is that period's day for which all outcomes of the answer are taken.
 * @throws BadInput like {@link readQuestion}, or if outcomes are to be filtered for one day and taken for another.
 */
export const readWithOutcomes = async (
  asked: SummaryQuestion,
  standingDay: () => Promise<string>,
): Promise<ReadQuestion> => {
  const question = readQuestion(asked);
  const { providerOutcomes, receiverOutcomes } = asked.filter ?? {};
  if (!present(providerOutcomes) && !present(receiverOutcomes)) return question;
  const day = await standingDay();
  if (present(asked.asOf) && asked.asOf !== day)
    throw new BadInput(
      `\`providerOutcomes\` and \`receiverOutcomes\` take what bodies are up to ${day}, and \`asOf\` is ${asked.asOf}. Leave one or the other out.`,
    );
  return { ...question, asOf: day };
};
