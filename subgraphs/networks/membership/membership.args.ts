import { Field, ID, InputType } from 'type-graphql';
import { DateScalar } from '../../shared/scalars';
import { Constituency, OrganisationKind } from '../../shared/vocabulary';
import { MembershipRole } from './membership';

@InputType({
  description: 'Which memberships: by time, role, source, and what the listed body is.',
})
export class MembershipFilter {
  @Field(() => DateScalar, {
    nullable: true,
    description: 'In force on this day by any record of it. Default: today.',
  })
  activeOn?: string;

  @Field(() => Boolean, { nullable: true, description: 'Whatever their dates. Default: no.' })
  anyTime?: boolean;

  @Field(() => [MembershipRole], { nullable: true, description: 'In one of these roles.' })
  roles?: MembershipRole[];

  @Field(() => [ID], { nullable: true, description: 'By records of these sources only.' })
  sources?: string[];

  @Field(() => [ID], { nullable: true, description: 'By records of all sources but these.' })
  exceptSources?: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Words that begin words of the listed body’s names.',
  })
  text?: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'The listed body is headquartered in one of these (ISO 3166-1 alpha-2).',
  })
  countries?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'The listed body is headquartered in one of these M49 regions.',
  })
  regions?: string[];

  @Field(() => [OrganisationKind], {
    nullable: true,
    description: 'The listed body is of one of these kinds.',
  })
  kinds?: OrganisationKind[];

  @Field(() => [ID], {
    nullable: true,
    description: 'The listed body works on one of these themes.',
  })
  themes?: string[];

  @Field(() => [Constituency], {
    nullable: true,
    description: 'The listed body is of one of these constituencies.',
  })
  constituencies?: Constituency[];
}
