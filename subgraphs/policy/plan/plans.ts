import { compareTexts } from '../../shared/ids';
import type { Agenda } from '../../shared/vocabulary';
import { type PolicyProcess, PolicyProcessStatus } from '../process/process';
import { statusOn } from '../process/status';
import { type CountryPlans, PlanStanding } from './plan';

const UNWRITTEN: readonly PolicyProcessStatus[] = [
  PolicyProcessStatus.PLANNED,
  PolicyProcessStatus.IN_DEVELOPMENT,
];

const beginningOf = ({ adoptedOn, period }: PolicyProcess): string | null =>
  period?.from ?? adoptedOn;
const yearOf = (date: string): number => Number(date.slice(0, 4));

/** Years on some day of which a plan was in force, of plans begun, the oldest first. */
const yearsCovered = (begun: readonly PolicyProcess[], lastYear: number): Set<number> => {
  const covered = new Set<number>();
  begun.forEach((plan, index) => {
    const next = begun
      .slice(index + 1)
      .map(beginningOf)
      .find((date) => date !== null);
    const end = plan.period?.to ?? next;
    for (
      let year = yearOf(beginningOf(plan) ?? '9999');
      year <= (end ? Math.min(yearOf(end), lastYear) : lastYear);
      year += 1
    )
      covered.add(year);
  });
  return covered;
};

const disputed = (plans: readonly PolicyProcess[]): boolean => {
  const generations = plans.map(({ rows }) => [
    ...new Set(rows.map(({ generation }) => generation).filter((one) => one !== null)),
  ]);
  const claimed = generations.flat();
  return generations.some((one) => one.length > 1) || new Set(claimed).size < claimed.length;
};

/** Where a country stands with its plans on a day. */
export const standingOf = (
  country: string,
  agenda: Agenda,
  found: readonly PolicyProcess[],
  day: string,
): CountryPlans => {
  const order = (plan: PolicyProcess) => `${beginningOf(plan) ?? '9999'} ${plan.id}`;
  const plans = [...found].sort((a, b) => compareTexts(order(a), order(b)));
  const statuses = new Map(plans.map((plan) => [plan, statusOn(plan.rows, day)]));
  const having = (...wanted: PolicyProcessStatus[]) =>
    plans.filter((plan) => wanted.includes(statuses.get(plan) ?? PolicyProcessStatus.UNKNOWN));

  const inForce = having(PolicyProcessStatus.ADOPTED).at(-1) ?? null;
  const standing = inForce
    ? PlanStanding.IN_FORCE
    : having(...UNWRITTEN).length > 0
      ? PlanStanding.IN_DEVELOPMENT
      : having(PolicyProcessStatus.EXPIRED, PolicyProcessStatus.COMPLETED).length > 0
        ? PlanStanding.EXPIRED
        : plans.length > 0
          ? PlanStanding.UNKNOWN
          : PlanStanding.NONE_ON_RECORD;

  const written = having(
    PolicyProcessStatus.ADOPTED,
    PolicyProcessStatus.EXPIRED,
    PolicyProcessStatus.COMPLETED,
  );
  const begun = written.filter((plan) => beginningOf(plan) !== null);
  const lastYear = yearOf(day);
  const covered = yearsCovered(begun, lastYear);
  const first = begun[0] ? yearOf(beginningOf(begun[0]) ?? day) : lastYear + 1;
  const gapYears: number[] = [];
  for (let year = first; year <= lastYear; year += 1) if (!covered.has(year)) gapYears.push(year);

  const generations = written.flatMap(({ generation }) =>
    generation === null ? [] : [generation],
  );
  return {
    agenda,
    asOf: day,
    standing,
    inForce,
    plans,
    generation: generations.length > 0 ? Math.max(...generations) : null,
    generationDisputed: disputed(plans),
    gapYears,
    endUnknown: written.filter(({ period }) => !period?.to).length,
    countryCode: country,
  };
};
