import { type Cast, COUNTRIES } from './cast';
import { CURRENCY } from './iati';
import type { Random } from './random';

/** FTS numbers things; what is made up is marked, so that it meets no real number. */
const numbered = (number: number | string): string => `FICTIONAL-${number}`;
const object = (type: string, number: number | string, name: string, behavior = 'single') => ({
  type,
  id: numbered(number),
  name,
  behavior,
});
const organisation = (number: number | string, name: string, type: string, subType: string) => ({
  ...object('Organization', number, `${name} (fictional)`),
  organizationTypes: [type],
  organizationSubTypes: [subType],
});

const MINISTRY = organisation(
  1,
  'Relief Ministry of Testonia',
  'Government',
  'National government',
);
const FUND = organisation(2, 'Examplia Relief Fund', 'Pooled fund', 'Country-based');
const AGENCY = organisation(3, 'Imagined Relief Agency', 'UN agency', 'Agency');
const CHILDREN = 3;

/** A flow into the pooled fund, its parts to others, and one that several places share. */
const flowsOf = (neighbourhood: number, random: Random) => {
  const first = neighbourhood * 10 + 1;
  const year = random.between(2022, 2024);
  const [examplia] = COUNTRIES;
  const usageYear = object('UsageYear', year, String(year));
  const place = object('Location', examplia.code, examplia.name);
  const plan = { ...object('Plan', 9, `Examplia ${year} (fictional)`), code: `FQM${year}` };
  const local = organisation(first, `Relief Circle ${first}`, 'NGO', 'Local');
  const children = Array.from({ length: CHILDREN }, (_, index) => first + 1 + index);
  const aFlow = (number: number, amount: number, more: object) => ({
    id: numbered(number),
    versionId: 1,
    amountUSD: amount / 2,
    originalAmount: amount,
    originalCurrency: CURRENCY,
    exchangeRate: 2,
    date: `${year}-06-15T00:00:00Z`,
    decisionDate: `${year}-06-01T00:00:00Z`,
    firstReportedDate: `${year}-06-20T00:00:00Z`,
    budgetYear: String(year),
    description: 'Nothing of this ever happened.',
    status: 'paid',
    flowType: 'Standard',
    newMoney: false,
    contributionType: 'financial',
    method: 'Traditional aid',
    keywords: ['Fictional'],
    boundary: 'internal',
    onBoundary: 'single',
    grandBargainEarmarkingType: ['softly earmarked'],
    refCode: `FICTIONAL/${number}`,
    parentFlowId: null as string | null,
    childFlowIds: null as string[] | null,
    reportDetails: [
      {
        sourceType: 'Primary',
        organization: MINISTRY.name,
        reportChannel: 'Email',
        date: `${year}-06-20T00:00:00Z`,
      },
    ],
    ...more,
  });
  return [
    aFlow(first, 90_000, {
      boundary: 'incoming',
      flowType: 'Parked',
      newMoney: true,
      childFlowIds: children.map(numbered),
      sourceObjects: [MINISTRY, object('Location', 'QP', 'Testonia (fictional)'), usageYear],
      destinationObjects: [FUND, place, plan, usageYear],
    }),
    ...children.map((number) =>
      aFlow(number, 30_000, {
        parentFlowId: numbered(first),
        sourceObjects: [FUND, place, usageYear],
        destinationObjects: [
          local,
          place,
          plan,
          object('GlobalCluster', 1, 'Protection'),
          usageYear,
        ],
      }),
    ),
    aFlow(first + CHILDREN + 1, 45_000, {
      boundary: 'incoming',
      onBoundary: 'shared',
      status: 'pledge',
      sourceObjects: [MINISTRY, usageYear],
      destinationObjects: [
        AGENCY,
        { ...place, behavior: 'shared' },
        object('Location', 'QN', 'Samplemark (fictional)', 'shared'),
        usageYear,
      ],
    }),
  ];
};

/** A made-up answer of FTS to a search for one made-up country, in parts. */
export function* fictionalFtsFile({ neighbourhoods }: Cast, random: Random) {
  yield '{"status": "ok", "data": {"flows": [\n';
  for (const index of neighbourhoods.keys()) {
    const flows = flowsOf(index, random).map((flow) => JSON.stringify(flow));
    yield `${index === 0 ? '' : ',\n'}${flows.join(',\n')}`;
  }
  yield '\n]}}\n';
}
