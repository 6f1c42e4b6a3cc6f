import { registerEnumType } from 'type-graphql';

export enum NexusPillar {
  PEACE = 'PEACE',
  DEVELOPMENT = 'DEVELOPMENT',
  HUMANITARIAN = 'HUMANITARIAN',
}
registerEnumType(NexusPillar, {
  name: 'NexusPillar',
  description:
    'One of the three of the triple nexus (OECD DAC Recommendation on the Humanitarian-Development-Peace Nexus, 2019).',
  valuesConfig: {
    PEACE: { description: 'Conflict, peace and security: OECD DAC purpose codes 152xx.' },
    DEVELOPMENT: {
      description: 'Every other purpose code of the sectors 1xxxx to 5xxxx.',
    },
    HUMANITARIAN: { description: 'Humanitarian aid: purpose codes 7xxxx.' },
  },
});

/**
 * Which purpose codes belong to which pillar, by the first digits; the longest that fits decides. From
 * the sectors of the OECD DAC list of purpose codes: 152 is "Conflict, peace and security", 7 is
 * "Humanitarian aid". Debt (6), costs of donors (91), refugees in donor countries (93) and what is
 * unspecified (99) are no work of one pillar; nor is a theme in somebody's own words.
 */
export const PILLARS: readonly { prefix: string; pillar: NexusPillar }[] = [
  { prefix: '152', pillar: NexusPillar.PEACE },
  { prefix: '7', pillar: NexusPillar.HUMANITARIAN },
  ...['1', '2', '3', '4', '5'].map((prefix) => ({ prefix, pillar: NexusPillar.DEVELOPMENT })),
];

const CODE = /^\d{5}$/;

/** The pillar of a theme; null if it is of none, or no purpose code. */
export const pillarOf = (theme: string): NexusPillar | null =>
  CODE.test(theme)
    ? (PILLARS.find(({ prefix }) => theme.startsWith(prefix))?.pillar ?? null)
    : null;

/** The pillars that some themes belong to. */
export const pillarsOf = (themes: readonly string[]): Set<NexusPillar> =>
  new Set(themes.map(pillarOf).filter((pillar) => pillar !== null));
