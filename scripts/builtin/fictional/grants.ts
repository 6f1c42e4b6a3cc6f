import type { Body, Cast } from './cast';
import { CURRENCY } from './iati';
import type { Random } from './random';

const PUBLISHER = 'https://fictional.example/grants';
const named = ({ id, name }: Body) => ({ id, name });

interface Given {
  from: Body[];
  /** Null: to a person. */
  to: Body | null;
  title: string;
  regrantType?: string;
  type?: { code: string; title: string };
}

const CORE = { code: 'CORE', title: 'Core costs' };
const PROJECT = { code: 'PROJECT', title: 'Project' };

/** Grants of the foundations, of every kind that 360Giving tells apart. */
const grantsOf = ({ donors, neighbourhoods }: Cast): Given[] =>
  neighbourhoods.flatMap(({ granting, weave, intermediary, hybrid, host, members }) => {
    const [lantern, openHand] = donors.foundations;
    if (!lantern || !openHand) return [];
    const [member = granting] = members.granting;
    return [
      { from: [lantern], to: granting, title: 'Small grants of Willow', regrantType: 'FRG010' },
      { from: [openHand], to: weave, title: 'For the four networks', regrantType: 'FRG020' },
      { from: [openHand], to: intermediary, title: 'A matched fund', regrantType: 'FRG030' },
      { from: [lantern], to: host, title: 'For the hosted coalition', regrantType: 'FRG050' },
      { from: [lantern], to: hybrid, title: 'To keep the lights on', type: CORE },
      { from: [openHand], to: member, title: 'A dialogue of neighbours', type: PROJECT },
      { from: [lantern, openHand], to: member, title: 'A meeting house of two funders' },
      { from: [openHand], to: null, title: 'A year of study' },
    ];
  });

/** The grants of the made-up foundations as 360Giving JSON, in parts. */
export function* fictionalGrantFile(cast: Cast, random: Random) {
  yield '{"grants": [\n';
  for (const [index, { from, to, title, regrantType, type }] of grantsOf(cast).entries()) {
    const id = `360G-fictional-${index + 1}`;
    const year = random.between(2021, 2024);
    const amount = random.between(20, 90) * 1000;
    const grant = {
      id,
      title: `${title} (fictional)`,
      description: 'Nothing of this ever happened.',
      currency: CURRENCY,
      amountAppliedFor: amount + 5000,
      amountAwarded: amount,
      amountDisbursed: amount / 2,
      awardDate: `${year}-03-01`,
      dateModified: '2026-06-30T00:00:00Z',
      url: `${PUBLISHER}/${index + 1}`,
      dataSource: PUBLISHER,
      plannedDates: [{ startDate: `${year}-04-01`, endDate: `${year + 2}-03-31`, duration: 24 }],
      actualDates: [{ startDate: `${year}-05-01`, endDate: `${year + 2}-04-30` }],
      fundingOrganization: from.map(named),
      ...(to
        ? { recipientOrganization: [named(to)] }
        : { recipientIndividual: { id: `${id}-person`, name: 'Individual Recipient' } }),
      beneficiaryLocation: [{ countryCode: (to ?? from[0])?.country }],
      grantProgramme: [
        { code: 'PEACE', title: 'Imagined peace (fictional)', url: `${PUBLISHER}/peace` },
      ],
      classifications: [{ vocabulary: 'Fictional themes', code: '1', title: 'Peacebuilding' }],
      ...(type ? { fundingType: [{ vocabulary: 'Fictional types', ...type }] } : {}),
      ...(regrantType === undefined ? {} : { regrantType }),
      ...(index === 0 ? {} : { relatedActivity: [`360G-fictional-${index}`] }),
      fromOpenCall: index % 2 === 0 ? 'Yes' : 'No',
      locationScope: 'GLS030',
    };
    yield `${index === 0 ? '' : ',\n'}${JSON.stringify(grant)}`;
  }
  yield '\n]}\n';
}
