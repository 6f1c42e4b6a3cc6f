import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Activity } from '../activity/activity';
import type { FundingContext } from '../context';
import { Money } from '../rate/money';
import { Grant, GrantCode, type GrantCodeList } from './grant';

/** What 360Giving adds to an activity. */
@Resolver(() => Activity)
export class ActivityGrantResolver {
  @FieldResolver(() => Grant, {
    nullable: true,
    description: 'What is special to grants, of an activity that a 360Giving file reports.',
  })
  grant(@Root() { id }: Activity, @Ctx() { grants }: FundingContext) {
    return grants.byActivity.load(id);
  }
}

const codesOf = async (
  { id }: Grant,
  list: GrantCodeList,
  { grants }: FundingContext,
): Promise<GrantCode[]> => (await grants.codes.load(id)).filter((code) => code.list === list);

@Resolver(() => Grant)
export class GrantResolver {
  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The amount applied for, if the record gives one. Never added to flows.',
  })
  amountAppliedFor(@Root() { appliedFor, currency }: Grant): Money | null {
    return appliedFor === null ? null : { amount: appliedFor, currency };
  }

  @FieldResolver(() => [GrantCode], {
    description: 'What type of funding it is: `Core costs`, `Project`, in the record’s own words.',
  })
  fundingTypes(@Root() grant: Grant, @Ctx() context: FundingContext) {
    return codesOf(grant, 'FUNDING_TYPE', context);
  }

  @FieldResolver(() => [GrantCode], { description: 'How the funder classifies it.' })
  classifications(@Root() grant: Grant, @Ctx() context: FundingContext) {
    return codesOf(grant, 'CLASSIFICATION', context);
  }

  @FieldResolver(() => [GrantCode], { description: 'The grant programmes that it belongs to.' })
  programmes(@Root() grant: Grant, @Ctx() context: FundingContext) {
    return codesOf(grant, 'PROGRAMME', context);
  }
}
