import { Field, ObjectType } from 'type-graphql';
import { Proportion } from '../../shared/proportion';

@ObjectType({
  description:
    'How far the money of a source can be used. Counted when asked, over its records that stand.',
})
export class MoneyQuality {
  @Field(() => Proportion, {
    description:
      'Of the references of its flows to others’ activities, those that lead to an activity or body on record.',
  })
  links!: Proportion;

  @Field(() => Proportion, {
    description:
      'Of its reports of pledges, commitments and transfers, those that are one flow with a report of somebody else.',
  })
  matched!: Proportion;

  @Field(() => Proportion, {
    description: 'Of its flows, those with a rate for their currency and month.',
  })
  convertible!: Proportion;
}
