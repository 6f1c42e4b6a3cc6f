import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';

/** How many of some things are known, matched or otherwise as wished. */
@Directive('@shareable')
@ObjectType({ description: 'How many of some things are as wished.' })
export class Proportion {
  @Field(() => Int, { description: 'How many are.' })
  count!: number;

  @Field(() => Int, { description: 'Of how many.' })
  of!: number;

  @Field(() => Float, {
    nullable: true,
    description: '`count` divided by `of`, 0 to 1; null: there is none of them.',
  })
  share!: number | null;
}

/** A proportion of counts as databases give them. */
export const proportionOf = (count: number | string | null, of: number | string): Proportion => {
  const [some, all] = [Number(count ?? 0), Number(of)];
  return { count: some, of: all, share: all === 0 ? null : some / all };
};
