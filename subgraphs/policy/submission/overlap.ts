import { Field, ID, Int, ObjectType } from 'type-graphql';
import { compareTexts } from '../../shared/ids';
import { Proportion, proportionOf } from '../../shared/proportion';
import { Constituency } from '../../shared/vocabulary';
import { Stance } from './submission';

@ObjectType({
  description:
    'What one constituency raised in a process: the submissions of bodies that speak for it.',
})
export class ConstituencyPosition {
  @Field(() => Constituency, { description: 'The constituency.' })
  constituency!: Constituency;

  @Field(() => Int, { description: 'How many bodies of it made a submission with themes.' })
  bodies!: number;

  @Field(() => Int, { description: 'How many such submissions.' })
  submissions!: number;

  @Field(() => [ID], { description: 'All themes that it raised, for or against, in order.' })
  themes!: string[];

  @Field(() => [ID], { description: 'Themes that only it raised of the two, in order.' })
  alone!: string[];
}

@ObjectType({
  description:
    'Where what two constituencies raised in a process is the same, and where it differs. A body that speaks for both counts on both sides.',
})
export class ConstituencyOverlap {
  @Field(() => ConstituencyPosition, { description: 'The first constituency.' })
  one!: ConstituencyPosition;

  @Field(() => ConstituencyPosition, { description: 'The second constituency.' })
  other!: ConstituencyPosition;

  @Field(() => Int, { description: 'How many bodies count on both sides.' })
  bodiesInBoth!: number;

  @Field(() => [ID], { description: 'Themes that both raised, in order.' })
  shared!: string[];

  @Field(() => [ID], {
    description:
      'Of these, themes that a body of one asks for and a body of the other speaks against.',
  })
  opposed!: string[];

  @Field(() => Proportion, {
    description:
      'The overlap (Jaccard index): themes that both raised, out of the themes that either did. 1 is the same themes, 0 none in common; null: neither raised any.',
  })
  overlap!: Proportion;

  @Field(() => Int, {
    description: 'Submissions left out because no record says what themes they raise.',
  })
  withoutThemes!: number;

  @Field(() => Int, {
    description: 'Submissions left out because no record says for whom their body speaks.',
  })
  withoutConstituency!: number;
}

/** A submission as far as positions go. */
export interface Said {
  body: string;
  constituencies: readonly string[];
  themes: readonly { theme: string; stance: Stance }[];
}

const sorted = (themes: Iterable<string>): string[] => [...new Set(themes)].sort(compareTexts);

/** Compares what two constituencies raised. */
export const overlapOf = (
  all: readonly Said[],
  one: Constituency,
  other: Constituency,
): ConstituencyOverlap => {
  const spoken = all.filter(({ themes }) => themes.length > 0);
  const side = (constituency: Constituency) => {
    const said = spoken.filter(({ constituencies }) => constituencies.includes(constituency));
    const stances = said.flatMap(({ themes }) => themes);
    return {
      said,
      bodies: new Set(said.map(({ body }) => body)),
      themes: sorted(stances.map(({ theme }) => theme)),
      has: (theme: string, stance: Stance) =>
        stances.some((each) => each.theme === theme && each.stance === stance),
    };
  };
  const [a, b] = [side(one), side(other)];
  const position = (
    constituency: Constituency,
    mine: ReturnType<typeof side>,
    theirs: ReturnType<typeof side>,
  ): ConstituencyPosition => ({
    constituency,
    bodies: mine.bodies.size,
    submissions: mine.said.length,
    themes: mine.themes,
    alone: mine.themes.filter((theme) => !theirs.themes.includes(theme)),
  });
  const shared = a.themes.filter((theme) => b.themes.includes(theme));
  const against = (x: typeof a, y: typeof a, theme: string) =>
    x.has(theme, Stance.SUPPORTS) && y.has(theme, Stance.OPPOSES);
  return {
    one: position(one, a, b),
    other: position(other, b, a),
    bodiesInBoth: [...a.bodies].filter((body) => b.bodies.has(body)).length,
    shared,
    opposed: shared.filter((theme) => against(a, b, theme) || against(b, a, theme)),
    overlap: proportionOf(shared.length, sorted([...a.themes, ...b.themes]).length),
    withoutThemes: all.length - spoken.length,
    withoutConstituency: spoken.filter(({ constituencies }) => constituencies.length === 0).length,
  };
};
