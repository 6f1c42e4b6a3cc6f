import { touches } from '../../../shared/dates';
import type { MoneyFact, MoneyFacts } from '../facts';
import { called, type Context, type Evidence, plural, sdr } from './indicator';

/** What a body holds for those that it hosts, of which no record says that it was paid out. */
export const heldBack = ({ held }: MoneyFacts): bigint =>
  held.reduce((sum, { got, paid }) => sum + (got > paid ? got - paid : 0n), 0n);

/** The hosts of a body in the period, and the bodies that it hosts: what it pays to them is passed on to nobody. */
export const hostsAndHosted = ({ facts, period }: Context): ReadonlySet<string> =>
  new Set([
    ...facts.hosts.filter((host) => touches(host, period)).map(({ hostId }) => hostId),
    ...facts.hosted.filter((host) => touches(host, period)).map(({ hostedId }) => hostedId),
  ]);

const listed = (context: Context, ids: Iterable<string>): string =>
  [...new Set(ids)].map((id) => called(context, id)).join(', ');

/** What is to be said of hosts beside a figure, each sentence after a space; empty where there are none. */
export const ofHosts = (context: Context, money: MoneyFacts | undefined): string => {
  if (!money) return '';
  const through = [...money.incoming, ...money.outgoing].filter(({ hostId }) => hostId !== null);
  const flows = (some: readonly { flows: number }[]) =>
    plural(
      some.reduce((sum, fact) => sum + fact.flows, 0),
      'flow',
    );
  return [
    ...(through.length > 0
      ? [
          ` Of it ${flows(through)} went through ${listed(
            context,
            through.flatMap(({ hostId }) => hostId ?? []),
          )}, as host, in its name.`,
        ]
      : []),
    ...(money.held.length > 0
      ? [
          ` What it holds as host of ${listed(
            context,
            money.held.map(({ hostedId }) => hostedId),
          )}, ${flows(money.held)} on record, is not its own and is left out.`,
        ]
      : []),
  ].join('');
};

/** The records of money that came or went through hosts. */
export const hostEvidence = (context: Context, money: MoneyFacts): Evidence[] => {
  const say = (says: string, { refs }: Pick<MoneyFact, 'refs'>) =>
    refs.map((ref): Evidence => ({ indicator: 'I4', direction: 'NEUTRAL', says, ref }));
  return [
    ...money.incoming.flatMap((fact) =>
      fact.hostId === null
        ? []
        : say(
            `${called(context, fact.hostId)} got money for it from ${
              fact.otherId === null ? 'somebody' : called(context, fact.otherId)
            }, and a record names it.`,
            fact,
          ),
    ),
    ...money.held.flatMap((fact) =>
      say(
        `It got or paid money for ${called(context, fact.hostedId)}, whom it hosts and a record names.`,
        fact,
      ),
    ),
  ];
};

/** Why nothing follows from payments that may have been made with the money of the hosted. */
export const mayBeTheirs = (held: bigint) => ({
  says: `It holds ${sdr(held)} SDR more for bodies that it hosts than it is known to have paid for them, and no record says whether what it paid on was theirs.`,
  missing: 'Whose money it paid on: of each payment, whether it was for a body that it hosts.',
});
