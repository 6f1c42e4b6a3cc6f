import { ArgsType, Field } from 'type-graphql';
import { DateScalar } from '../../shared/scalars';
import { Reach } from '../membership/membership';

@ArgsType()
export class AsOfArgs {
  @Field(() => DateScalar, {
    nullable: true,
    description: 'As it was on this day. Default: today.',
  })
  asOf?: string;
}

/** Of whose members a figure is, and of which day. */
@ArgsType()
export class MembersArgs extends AsOfArgs {
  @Field(() => Reach, {
    defaultValue: Reach.DIRECT,
    description: 'How far membership is followed.',
  })
  reach!: Reach;
}
