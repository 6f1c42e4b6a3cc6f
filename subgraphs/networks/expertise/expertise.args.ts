import { ArgsType, Field, ID } from 'type-graphql';
import { DateScalar } from '../../shared/scalars';
import { Constituency } from '../../shared/vocabulary';
import { Reach } from '../membership/membership';

/** What expertise is asked for. Each value listed is one thing. */
@ArgsType()
export class ExpertiseArgs {
  @Field(() => [ID], {
    nullable: true,
    description: 'These themes: OECD DAC purpose codes, or the words of a source.',
  })
  themes?: string[];

  @Field(() => [ID], { nullable: true, description: 'These countries (ISO 3166-1 alpha-2).' })
  countries?: string[];

  @Field(() => [Constituency], { nullable: true, description: 'These constituencies.' })
  constituencies?: Constituency[];

  @Field(() => [String], {
    nullable: true,
    description: 'These languages (BCP 47; what follows the first hyphen is not looked at).',
  })
  languages?: string[];

  @Field(() => Reach, {
    defaultValue: Reach.EXPANDED,
    description: 'How far membership is followed.',
  })
  reach!: Reach;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'By memberships of this day. Default: today.',
  })
  asOf?: string;
}
