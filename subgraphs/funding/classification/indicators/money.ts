import { type MoneyFact, type MoneyFacts } from '../facts';
import { heldBack, hostEvidence, hostsAndHosted, mayBeTheirs, ofHosts } from './held';
import {
  called,
  type Context,
  type Evidence,
  type Indicator,
  percent,
  plural,
  reaches,
  sdr,
  shareOf,
  unknown,
} from './indicator';

const sum = (
  facts: readonly MoneyFact[],
  of: (fact: MoneyFact) => bigint = ({ amount }) => amount,
) => facts.reduce((total, fact) => total + of(fact), 0n);
const count = (facts: readonly MoneyFact[], of: (fact: MoneyFact) => number) =>
  facts.reduce((total, fact) => total + of(fact), 0);

/** Income and what went on, as far as they are known, of the kind of money that says more. */
interface Money {
  kind: MoneyFacts['kind'];
  income: bigint;
  passedOn: bigint;
  toOwn: bigint;
  toOthers: bigint;
  /** Paid to its own hosts, and to whom nobody names: neither is passed on. */
  toHosts: bigint;
  toUnknown: bigint;
  fixed: bigint;
  coverage: number;
  toBodies: readonly MoneyFact[];
  incoming: readonly MoneyFact[];
  facts: MoneyFacts;
}

type MoneyOrReason = Money | { says: string; missing: string };

/**
 * The share of some flows that is known: that could be converted, and of whom it is known to whom; by
 * count or by amount, whichever is less.
 */
const known = (all: readonly MoneyFact[], some: readonly MoneyFact[]): number => {
  const flows = count(all, (fact) => fact.flows);
  const amount = sum(all);
  return Math.min(
    flows === 0 ? 1 : count(some, (fact) => fact.flows - fact.unconvertible) / flows,
    amount <= 0n ? 1 : shareOf(sum(some), amount),
  );
};

const readMoney = (context: Context, facts: MoneyFacts): MoneyOrReason => {
  const { facts: body, rule } = context;
  const incoming = facts.incoming.filter(({ otherId }) => otherId !== body.id);
  const outgoing = facts.outgoing.filter(({ otherId }) => otherId !== body.id);
  const hosts = hostsAndHosted(context);
  const income = sum(incoming);
  const what = facts.kind === 'TRANSFER' ? 'received' : 'been promised';
  const unconvertible = count(incoming, (fact) => fact.unconvertible);
  if (income <= 0n && unconvertible > 0)
    return {
      says: `What it has ${what} in the period is on record, but ${unconvertible} of ${plural(
        count(incoming, ({ flows }) => flows),
        'flow',
      )} cannot be converted: no exchange rate is on record for the currency and month.`,
      missing: `Exchange rates for the currencies and months of what it has ${what} in the period, which is on record and cannot be added up without them.`,
    };
  if (income <= 0n)
    return {
      says: `No record says what it has ${what} in the period.`,
      missing: 'Its income in the period: who gave how much, and when.',
    };
  const toBodies = outgoing.filter(({ otherId }) => otherId !== null);
  if (toBodies.length === 0 && !facts.reportsPayments)
    return {
      says: 'No record says what it paid on to organisations in the period.',
      missing:
        'What it passed on in the period: to whom, how much, and when; or that it passed on nothing.',
    };
  const coverage = Math.min(
    known(incoming, incoming),
    known(
      outgoing,
      outgoing.filter(({ otherId }) => otherId !== null),
    ),
  );
  if (coverage < rule.coverage)
    return {
      says: `Of its money in the period only ${percent(coverage)} is known well enough: by whom, to whom, and at what rate.`,
      missing:
        'To which organisations it paid, and rates for the currencies and months of its flows.',
    };
  // What goes to its own host, or from a host to whom it hosts, is neither passed on to a member nor to others.
  const counted = toBodies.filter(({ otherId }) => otherId !== null && !hosts.has(otherId));
  const isOwn = ({ otherId }: MoneyFact) => otherId !== null && body.descendants.has(otherId);
  const toOwn = sum(counted.filter(isOwn));
  const toOthers = sum(counted.filter((fact) => !isOwn(fact)));
  const held = heldBack(facts);
  const isIntermediary = (less: bigint) =>
    reaches(toOwn + toOthers - less, income, rule.passedOn) &&
    reaches(toOthers - less, income, rule.passedToOthers);
  if (isIntermediary(0n) !== isIntermediary(held)) return mayBeTheirs(held);
  return {
    kind: facts.kind,
    income,
    passedOn: toOwn + toOthers,
    toOwn,
    toOthers,
    toHosts: sum(toBodies) - toOwn - toOthers,
    toUnknown: sum(outgoing) - sum(toBodies),
    fixed: sum(incoming, ({ fixed }) => fixed),
    coverage,
    toBodies: counted,
    incoming,
    facts,
  };
};

/** A body's money in a period, or why it is not known well enough and what would have to be. */
export const moneyOf = (context: Context): MoneyOrReason => {
  const all = (['TRANSFER', 'COMMITMENT'] as const).flatMap((kind) =>
    context.facts.money.filter((money) => money.kind === kind),
  );
  const read = all.map((money) => readMoney(context, money));
  return (
    read.find((money) => 'income' in money) ??
    read[0] ?? {
      says: 'No record says what it received or paid in the period.',
      missing: 'Its income in the period, and what it passed on: who, to whom, how much, and when.',
    }
  );
};

/** I4 what is passed on, I5 what of it to members, I6 what donors have fixed. */
export const money = (context: Context): [Indicator, Indicator, Indicator] => {
  const { rule, facts } = context;
  const found = moneyOf(context);
  if (!('income' in found)) {
    const hosted = facts.money.find(({ held }) => held.length > 0);
    return [
      unknown(
        'I4',
        rule.passedOn,
        `${found.says}${ofHosts(context, hosted)}`,
        found.missing,
        hosted ? hostEvidence(context, hosted) : [],
      ),
      unknown('I5', null, found.says, found.missing),
      unknown('I6', null, found.says, found.missing),
    ];
  }
  const { income, passedOn, toOwn, toOthers, fixed, coverage } = found;
  const kind = found.kind === 'TRANSFER' ? 'transfers' : 'commitments';
  const evidence = (indicator: 'I4' | 'I5'): Evidence[] =>
    found.toBodies.flatMap(({ otherId, hostId, refs }) => {
      const own = otherId !== null && facts.descendants.has(otherId);
      return refs.map((ref): Evidence => ({
        indicator,
        direction: indicator === 'I4' || own ? 'FOR' : 'AGAINST',
        says: `${hostId === null ? 'It' : `${called(context, hostId)}, in its name,`} passed money on to ${called(context, otherId ?? '')}, ${own ? 'a member or a member’s member' : 'who is not on record as a member'}.`,
        ref,
      }));
    });
  const shared = { coverage, missing: null };
  return [
    {
      ...shared,
      id: 'I4',
      verdict: reaches(passedOn, income, rule.passedOn) ? 'PASS' : 'FAIL',
      value: shareOf(passedOn, income),
      numerator: sdr(passedOn),
      denominator: sdr(income),
      threshold: rule.passedOn,
      says: `It passed on ${percent(shareOf(passedOn, income))} of its income to organisations (${kind}, in SDR); ${percent(rule.passedOn)} are needed for an intermediary.${ofHosts(context, found.facts)}`,
      evidence: [...evidence('I4'), ...hostEvidence(context, found.facts)],
    },
    passedOn > 0n
      ? {
          ...shared,
          id: 'I5',
          verdict: reaches(toOthers, income, rule.passedToOthers) ? 'FAIL' : 'PASS',
          value: shareOf(toOwn, passedOn),
          numerator: sdr(toOwn),
          denominator: sdr(passedOn),
          threshold: null,
          says: `Of what it passed on, ${percent(shareOf(toOwn, passedOn))} went to its members and their members, and ${percent(shareOf(toOthers, income))} of its income to others; ${percent(rule.passedToOthers)} to others are needed for an intermediary.`,
          evidence: evidence('I5'),
        }
      : {
          ...shared,
          id: 'I5',
          verdict: 'PASS',
          value: null,
          numerator: '0',
          denominator: '0',
          threshold: null,
          says: 'It passed nothing on, so nothing went to others than members.',
          evidence: [],
        },
    {
      ...shared,
      id: 'I6',
      verdict: fixed > 0n ? 'PASS' : 'FAIL',
      value: shareOf(fixed, income),
      numerator: sdr(fixed),
      denominator: sdr(income),
      threshold: null,
      says: `${percent(shareOf(fixed, income))} of its income came with the end recipients fixed by the donor.`,
      evidence: found.incoming
        .filter((fact) => fact.fixed > 0n)
        .flatMap(({ otherId, refs, named }) => {
          const donor = otherId === null ? 'Somebody' : called(context, otherId);
          return named.length > 0
            ? named.map(({ ids, ref }): Evidence => ({
                indicator: 'I6',
                direction: 'FOR',
                says: `${donor} gave money, and the record names who implements in its place: ${ids.map((id) => called(context, id)).join(', ')}.`,
                ref,
              }))
            : refs.map((ref): Evidence => ({
                indicator: 'I6',
                direction: 'FOR',
                says: `${donor} gave money whose end recipients were fixed.`,
                ref,
              }));
        }),
    },
  ];
};
