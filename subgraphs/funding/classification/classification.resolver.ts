import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { DateScalar } from '../../shared/scalars';
import type { FundingContext } from '../context';
import { FundedOrganisation } from '../organisation';
import { Classification, ClassificationRuleVersion } from './classification';
import { RuleSensitivity } from './sensitivity';

/** What a body is: judged by rule, from what is on record. */
@Resolver(() => FundedOrganisation)
export class ClassifiedOrganisationResolver {
  @Directive('@cost(weight: 40)')
  @FieldResolver(() => Classification, {
    nullable: true,
    description:
      'Whether it is a network, an intermediary, both or neither in a period, with evidence for and against. Null only if funding does not answer.',
  })
  classification(
    @Root() { id }: FundedOrganisation,
    @Arg('asOf', () => DateScalar, {
      nullable: true,
      description:
        'The day up to which the period goes, itself not in it; default: the first of next month (UTC), as for outcomes in lists.',
    })
    asOf: string | null | undefined,
    @Arg('months', () => Int, {
      nullable: true,
      description: 'How many months the period has; default: as many as the rule says (36).',
    })
    months: number | null | undefined,
    @Arg('rule', () => String, {
      nullable: true,
      description:
        'A version of the rule, as `classificationRules` lists them; default: the first of them.',
    })
    rule: string | null | undefined,
    @Ctx() { classifications }: FundingContext,
  ) {
    return classifications.of(id, { asOf, months, rule });
  }

  @Directive('@listSize(assumedSize: 10)')
  @Query(() => [ClassificationRuleVersion], {
    nullable: true,
    description:
      'All versions of the rule by which networks are told apart from intermediaries; the one that is used if none is named comes first. A version never changes.',
  })
  classificationRules(@Ctx() { classifications }: FundingContext) {
    return classifications.rules;
  }

  @Directive('@cost(weight: 300)')
  @Query(() => RuleSensitivity, {
    nullable: true,
    description:
      'How many outcomes change between two versions of the rule, and how many by each threshold alone. Judges every body of which something is on record, so it takes its time.',
  })
  ruleSensitivity(
    @Arg('rule', () => String, { description: 'A version of the rule.' }) rule: string,
    @Arg('against', () => String, {
      nullable: true,
      description: 'The version to compare it with; default: the one that is used.',
    })
    against: string | null | undefined,
    @Arg('asOf', () => DateScalar, {
      nullable: true,
      description:
        'The day up to which the period goes, itself not in it; default: the first of next month (UTC).',
    })
    asOf: string | null | undefined,
    @Arg('months', () => Int, {
      nullable: true,
      description:
        'How many months the period has, by both versions; default: as many as the one says that is compared with (36).',
    })
    months: number | null | undefined,
    @Ctx() { classifications }: FundingContext,
  ) {
    return classifications.sensitivity({ rule, against, asOf, months });
  }
}
