import { Field, ObjectType } from 'type-graphql';
import { HostingBasis } from './basis';

@ObjectType({
  description:
    'A body in whose name its host got or paid the money of a flow, and what says so. The money is that body’s in classifications, sums and trails.',
})
export class OnBehalfOf {
  @Field(() => HostingBasis, { description: 'What says so.' })
  basis!: HostingBasis;

  @Field(() => String, { description: 'The same in words.' })
  says!: string;

  /** Read by field resolvers. */
  key!: string;
  activityKey!: string | null;
}
