import { OrganisationKind } from '../../../subgraphs/shared/vocabulary';
import type { Body, Cast, Neighbourhood } from './cast';
import type { Random } from './random';

/** A transaction of the made-up world, in IATI's terms. */
export interface Payment {
  /** The IATI TransactionType. */
  type: 1 | 2 | 3 | 4 | 12;
  date: string;
  /** Whole units; negative for corrections. */
  value: number;
  provider?: Body;
  providerActivity?: string;
  receiver?: Body;
  receiverActivity?: string;
}

/** An activity of the made-up world, in IATI's terms. */
export interface FictionalActivity {
  id: string;
  reporter: Body;
  title: string;
  start: string;
  end: string;
  /** Country codes with their percentages. */
  countries: [code: string, percentage: number][];
  sectors: [code: string, percentage: number][];
  aidType: 'B01' | 'B03' | 'C01';
  earmarking: '1' | '2' | '3';
  parties: { role: 1 | 2 | 3 | 4; body: Body; activity?: string; channel?: string }[];
  parent?: string;
  children: string[];
  budget: number;
  payments: Payment[];
}

interface Grant {
  from: Body;
  to: Body;
  amount: number;
  core?: boolean;
  /** The activity of the giver that this is paid out of, if the giver got the money from others. */
  outOf?: FictionalActivity;
  /** For whom the receiver holds the money. */
  inNameOf?: Body;
}

/** The CRS channel of whoever gets the money first; networks of NGOs are coded as NGOs there too. */
const channelOf = ({ kind }: Body): string =>
  kind === OrganisationKind.ACADEMIC
    ? '51000'
    : kind === OrganisationKind.INTERNATIONAL_NGO
      ? '21000'
      : kind === OrganisationKind.MULTILATERAL
        ? '40000'
        : '23000';

/** Books grants as activities of those who publish, with both sides of a transfer where both publish. */
const createLedger = (random: Random, payments: number) => {
  const activities: FictionalActivity[] = [];
  const open = (
    reporter: Body,
    title: string,
    year: number,
    place: Body,
    more: Partial<FictionalActivity>,
  ): FictionalActivity => {
    const activity: FictionalActivity = {
      id: `${reporter.id}-${activities.length + 1}`,
      reporter,
      title: `${title} (fictional)`,
      start: `${year}-01-15`,
      end: `${year + 3}-12-31`,
      countries: [[place.country, 100]],
      sectors: [[place.themes[0] ?? '15220', 100]],
      aidType: 'C01',
      earmarking: '3',
      parties: [{ role: 2, body: reporter }],
      children: [],
      budget: 0,
      payments: [],
      ...more,
    };
    activities.push(activity);
    return activity;
  };

  return {
    activities,

    /** Books one grant: promised in one sum, paid in parts; answers the receiver's activity, if it publishes. */
    grant: ({ from, to, amount, core = false, outOf, inNameOf }: Grant) => {
      const year = random.between(2021, 2024);
      const terms = {
        aidType: core ? ('B01' as const) : ('C01' as const),
        earmarking: core ? ('1' as const) : random.pick(['2', '3'] as const),
      };
      const giving = open(
        from,
        `${core ? 'Core support to' : 'Grant to'} ${to.name.replace(' (fictional)', '')}`,
        year,
        to,
        {
          ...terms,
          ...(outOf ? { parent: outOf.id } : {}),
          parties: [
            { role: 1, body: from },
            { role: 2, body: from },
            { role: 4, body: inNameOf ?? to, channel: channelOf(to) },
          ],
          budget: amount,
        },
      );
      if (outOf) outOf.children.push(giving.id);
      const receiving = to.publishes
        ? open(to, `Work paid by ${from.name.replace(' (fictional)', '')}`, year, to, {
            ...terms,
            parties: [
              { role: 1, body: from, activity: giving.id },
              { role: 4, body: to },
            ],
            countries:
              to.kind === 'INTERNATIONAL_NGO'
                ? [
                    ['QM', 60],
                    ['QN', 40],
                  ]
                : [[to.country, 100]],
            sectors: [
              ['15220', 70],
              ['15170', 30],
            ],
            budget: amount,
          })
        : undefined;
      const parties = {
        provider: from,
        receiver: to,
        ...(receiving ? { receiverActivity: receiving.id } : {}),
      };
      giving.payments.push({ type: 2, date: `${year}-02-01`, value: amount, ...parties });
      const part = Math.floor(amount / payments);
      for (let index = 0; index < payments; index += 1) {
        const month = 3 + Math.floor((index * 28) / payments);
        const date = `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-10`;
        const value = index === payments - 1 ? amount - part * (payments - 1) : part;
        giving.payments.push({ type: 3, date, value, ...parties });
        receiving?.payments.push({
          type: 1,
          date,
          value,
          provider: from,
          providerActivity: giving.id,
          receiver: to,
        });
      }
      return receiving;
    },

    /** Books what a body spends itself, with a correction. */
    spend: (activity: FictionalActivity | undefined, amount: number) => {
      if (!activity) return;
      const year = Number(activity.start.slice(0, 4)) + 1;
      activity.payments.push(
        { type: 4, date: `${year}-06-30`, value: amount + 500, provider: activity.reporter },
        { type: 4, date: `${year}-09-30`, value: -500, provider: activity.reporter },
      );
    },

    /** Books a promise that is not yet a commitment. */
    pledge: (from: Body, to: Body, amount: number) =>
      open(from, `Pledge to ${to.name.replace(' (fictional)', '')}`, 2026, to, {
        payments: [{ type: 12, date: '2026-03-01', value: amount, provider: from, receiver: to }],
        budget: amount,
      }),
  };
};
type Ledger = ReturnType<typeof createLedger>;

/** Money of every route into one neighbourhood: straight, through networks, through others, by a host. */
const fund = (ledger: Ledger, hood: Neighbourhood, { donors }: Cast, random: Random) => {
  const { grant, spend, pledge } = ledger;
  const donor = () => random.pick([...donors.ministries, ...donors.foundations]);
  const small = () => random.between(4, 18) * 1000;
  const { members } = hood;

  for (const to of [...random.some(members.granting, 2), ...hood.outsiders.slice(0, 3)])
    grant({ from: donor(), to, amount: small() * 3 });

  const willow = grant({ from: donor(), to: hood.granting, amount: 240_000, core: true });
  for (const to of members.granting)
    grant({ from: hood.granting, to, amount: small(), ...(willow ? { outOf: willow } : {}) });
  spend(willow, 60_000);

  const bridge = grant({ from: donor(), to: hood.intermediary, amount: 900_000 });
  for (const to of [...hood.outsiders, ...random.some(members.unfunded, 3)])
    grant({
      from: hood.intermediary,
      to,
      amount: small() * 2,
      ...(bridge ? { outOf: bridge } : {}),
    });
  spend(bridge, 300_000);

  // Ministry, pool, intermediary, network, member: the longest way.
  const pool = grant({ from: random.pick(donors.ministries), to: donors.pool, amount: 2_000_000 });
  const pooled = grant({
    from: donors.pool,
    to: hood.soCalledNetwork,
    amount: 700_000,
    ...(pool ? { outOf: pool } : {}),
  });
  const alder = grant({
    from: hood.soCalledNetwork,
    to: hood.hybrid,
    amount: 400_000,
    ...(pooled ? { outOf: pooled } : {}),
  });
  const passedOn = (to: Body, amount: number) =>
    grant({ from: hood.hybrid, to, amount, ...(alder ? { outOf: alder } : {}) });
  for (const to of members.hybrid.slice(0, 5)) passedOn(to, small());
  // So much to others than its members that it is an intermediary too.
  for (const to of hood.outsiders.slice(4)) passedOn(to, small() + 40_000);
  spend(alder, 120_000);

  const held = grant({
    from: donor(),
    to: hood.host,
    amount: 150_000,
    inNameOf: hood.coalition,
  });
  for (const to of members.coalition.slice(0, 4))
    grant({ from: hood.host, to, amount: small(), ...(held ? { outOf: held } : {}) });

  spend(grant({ from: donor(), to: hood.weave, amount: 180_000, core: true }), 150_000);
  grant({ from: donor(), to: hood.university, amount: 45_000 });
  pledge(donor(), hood.granting, 300_000);
};

/** Every activity of the made-up world. @param payments into how many parts each grant is paid. */
export const createMoney = (cast: Cast, random: Random, payments: number): FictionalActivity[] => {
  const ledger = createLedger(random, payments);
  for (const hood of cast.neighbourhoods) fund(ledger, hood, cast, random);
  return ledger.activities;
};
