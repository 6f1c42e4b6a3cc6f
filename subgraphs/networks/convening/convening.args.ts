import { Field, ID, InputType } from 'type-graphql';
import { CommonFilter, DateRange } from '../../shared/filters';
import { ConveningKind } from './convening';

@InputType({ description: 'Which convenings. All criteria must hold; within one, any value.' })
export class ConveningFilter extends CommonFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words that begin words of its title; case and accents do not matter.',
  })
  text?: string;

  @Field(() => [ConveningKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: ConveningKind[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Held in one of these countries (ISO 3166-1 alpha-2).',
  })
  countries?: string[];

  @Field(() => DateRange, { nullable: true, description: 'Begun in this range.' })
  date?: DateRange;

  @Field(() => [ID], {
    nullable: true,
    description: 'Organised by one of these bodies (canonical ids).',
  })
  organisers?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'With one of these bodies taking part (canonical ids).',
  })
  participants?: string[];

  @Field(() => [ID], { nullable: true, description: 'Towards one of these policy processes.' })
  processes?: string[];
}
