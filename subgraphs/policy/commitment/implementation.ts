import { compareTexts } from '../../shared/ids';
import type { PolicyContext } from '../context';
import { type PolicyProcess, PolicyProcessKind, PolicyProcessStatus } from '../process/process';
import { statusOn } from '../process/status';
import {
  type Commitment,
  type DocumentImplementation,
  type EngagedNetwork,
  ImplementationStatus,
} from './commitment';

/** The networks that took part in some processes, themselves or through others. */
const networksIn = async (
  processes: readonly PolicyProcess[],
  { presences }: PolicyContext,
): Promise<EngagedNetwork[]> => {
  const found = new Map<string, EngagedNetwork>();
  const of = (networkId: string): EngagedNetwork => {
    const network = found.get(networkId) ?? { networkId, processes: 0, throughOthers: 0 };
    found.set(networkId, network);
    return network;
  };
  for (const all of await presences.appearances.loadMany(processes.map(({ id }) => id))) {
    if (all instanceof Error) throw all;
    const own = all.filter(({ isNetwork }) => isNetwork).map(({ body }) => body);
    const behalf = all.flatMap(({ forNetwork }) => (forNetwork === null ? [] : [forNetwork]));
    for (const id of new Set(own)) of(id).processes += 1;
    for (const id of new Set(behalf)) of(id).throughOthers += 1;
  }
  return [...found.values()].sort((a, b) => compareTexts(a.networkId, b.networkId));
};

const gapsOf = (
  commitments: readonly Commitment[],
  untouched: readonly Commitment[],
  planned: ReadonlySet<Commitment>,
  processes: readonly PolicyProcess[],
  networks: readonly EngagedNetwork[],
): string[] => [
  ...(commitments.length === 0
    ? ['No commitment of this document is on record, so what was not done cannot be said.']
    : []),
  ...untouched.map((commitment) => {
    const { id, title, paragraph } = commitment;
    const where = paragraph === null ? id : `${id}, paragraph ${paragraph}`;
    return planned.has(commitment)
      ? `Only plans are on record for: ${title} (${where}).`
      : `Nothing is on record for: ${title} (${where}).`;
  }),
  ...(processes.length === 0 ? ['No process that implements it is on record.'] : []),
  ...(processes.length > 0 && networks.length === 0
    ? ['No network is on record as having taken part in a process that implements it.']
    : []),
];

/** What is on record as done under a document, and what is not, as of a day. */
export const implementationOf = async (
  symbol: string,
  asOf: string,
  context: PolicyContext,
): Promise<DocumentImplementation> => {
  const [found, commitments] = await Promise.all([
    context.processes.allImplementing.load(symbol).then((ids) => context.processes.known(ids)),
    context.commitments.bySymbol.load(symbol),
  ]);
  const plans = found.filter(({ kind }) => kind === PolicyProcessKind.NATIONAL_ACTION_PLAN);
  const done = await Promise.all(
    commitments.map(({ id }) => context.commitments.implementations.load(id)),
  );
  const isActed = (index: number) =>
    (done[index] ?? []).some(({ status }) => status !== ImplementationStatus.PLANNED);
  const untouched = commitments.filter((_, index) => !isActed(index));
  const planned = new Set(commitments.filter((_, index) => (done[index] ?? []).length > 0));
  const networks = await networksIn(found, context);
  const countries = found.flatMap(({ rows }) => {
    const country = rows.find((row) => row.country !== null)?.country;
    return country ? [country] : [];
  });
  return {
    symbol,
    asOf,
    processes: found.length,
    plans: plans.length,
    plansInForce: plans.filter(({ rows }) => statusOn(rows, asOf) === PolicyProcessStatus.ADOPTED)
      .length,
    countries: new Set(countries).size,
    commitmentsOnRecord: commitments.length,
    commitmentsActedOn: commitments.length - untouched.length,
    gaps: gapsOf(commitments, untouched, planned, found, networks),
    commitmentList: commitments,
    networkList: networks,
  };
};
