import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { shannonEvenness } from '../../shared/concentration';
import { compareTexts } from '../../shared/ids';
import { Proportion, proportionOf } from '../../shared/proportion';

@ObjectType({ description: 'How many bodies are of one category.' })
export class CategoryCount {
  @Field(() => ID, { description: 'The category: a theme, constituency or country.' })
  code!: string;

  @Field(() => Proportion, {
    description: 'How many are of it, of those of whom any category is known.',
  })
  bodies!: Proportion;
}

@ObjectType({
  description:
    'How evenly bodies spread over categories. A body of several categories counts once in each.',
})
export class Evenness {
  @Field(() => Float, {
    nullable: true,
    description:
      'Shannon’s evenness J (Pielou 1966): H ÷ ln S, with H = −Σ p·ln p over the S categories that occur and p the share of a category in all that is counted. 1: all equally frequent; 0: there is but one. Null: nothing is known.',
  })
  value!: number | null;

  @Field(() => Int, { description: 'How many categories occur: S.' })
  categories!: number;

  @Field(() => Proportion, {
    description: 'Of how many bodies any category is known, of all of them.',
  })
  known!: Proportion;

  /** Read by the `counts` resolver: the most frequent first. */
  all!: CategoryCount[];
}

/** Counts the categories of bodies, each given by the list of its own. */
export const evennessOf = (bodies: readonly (readonly string[])[]): Evenness => {
  const counts = new Map<string, number>();
  let known = 0;
  for (const categories of bodies) {
    if (categories.length > 0) known += 1;
    for (const code of new Set(categories)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return {
    value: shannonEvenness([...counts.values()]),
    categories: counts.size,
    known: proportionOf(known, bodies.length),
    all: [...counts]
      .sort(([a, x], [b, y]) => y - x || compareTexts(a, b))
      .map(([code, count]) => ({ code, bodies: proportionOf(count, known) })),
  };
};
