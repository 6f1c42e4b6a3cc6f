import { registerEnumType } from 'type-graphql';

/** On which cut through the flows a sum is taken; see counting.ts for the exact rules. */
export enum CountingBasis {
  SOURCE = 'SOURCE',
  FIRST_RECIPIENT = 'FIRST_RECIPIENT',
  FINAL = 'FINAL',
  GROSS_THROUGHPUT = 'GROSS_THROUGHPUT',
}

/** Each basis in words: what it sums, over which cut. */
export const BASES: Record<CountingBasis, string> = {
  SOURCE:
    'New money. The cut where money first comes in: of what a body gave, the part that its own income within the scope does not explain. A body without income there is a source whole. Equals FTS’s incoming funding where records say where their money comes from.',
  FIRST_RECIPIENT:
    'What original sources gave, by whoever got it first. The cut behind the sources: flows whose provider has no income on record within the scope, whole. The view of OECD CRS.',
  FINAL:
    'What stayed. The cut where money ends: of what a body got, the part that it did not pass on within the scope. Adds up to the same as SOURCE.',
  GROSS_THROUGHPUT:
    'Every flow, whole. No cut: money that passes through three bodies is in it three times. Says how much went through somebody; is never a total of money.',
};

registerEnumType(CountingBasis, {
  name: 'CountingBasis',
  description:
    'What is added up. Money that is passed on is reported again at each step, so without a basis a sum means nothing. The scope is what the filter says of time, place, sector and source.',
  valuesConfig: Object.fromEntries(
    Object.entries(BASES).map(([basis, description]) => [basis, { description }]),
  ) as Record<CountingBasis, { description: string }>,
});
