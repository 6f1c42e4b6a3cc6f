import {
  Arg,
  Args,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { DateScalar } from '../../shared/scalars';
import { Classification } from '../classification/classification';
import type { FundingContext } from '../context';
import { FundedOrganisation } from '../organisation';
import { Intermediary, IntermediaryScope, PassOnShares } from './intermediary';
import { IntermediaryFilter, IntermediaryOrder } from './intermediary.args';

const IntermediaryConnection = connectionOf('Intermediary', 'intermediaries', () => Intermediary);

@Resolver(() => Intermediary)
export class IntermediaryResolver {
  @Directive('@cost(weight: 2)')
  @Query(() => Intermediary, {
    nullable: true,
    description:
      'The intermediary that any identifier of its body means, or null if it is not known to be one: see its `classification`.',
  })
  intermediary(
    @Arg('id', () => ID, { description: 'Any of its identifiers, in any case.' }) id: string,
    @Ctx() { intermediaries }: FundingContext,
  ) {
    return intermediaries.byIdentifier(id);
  }

  @Query(() => IntermediaryConnection, {
    nullable: true,
    description:
      'Bodies whose outcome is INTERMEDIARY or HYBRID in the standing period, by the default rule, a page at a time. Null only with an error.',
  })
  async intermediaries(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => IntermediaryFilter, { nullable: true, description: 'Which ones.' })
    filter: IntermediaryFilter | undefined,
    @Arg('orderBy', () => IntermediaryOrder, {
      defaultValue: IntermediaryOrder.NAME_ASC,
      description: 'In which order.',
    })
    order: IntermediaryOrder,
    @Ctx() { intermediaries }: FundingContext,
  ) {
    return new IntermediaryConnection(await intermediaries.page(page, filter, order));
  }

  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'The body whose facet this is. Null only if organisations does not answer.',
  })
  organisation(@Root() { id }: Intermediary): FundedOrganisation {
    return { id };
  }

  @Directive('@cost(weight: 42)')
  @FieldResolver(() => Classification, {
    nullable: true,
    description:
      'How the outcome comes about in the standing period, with evidence for and against. Null only with an error.',
  })
  classification(@Root() { id }: Intermediary, @Ctx() { intermediaries }: FundingContext) {
    return intermediaries.classification(id);
  }

  @Directive('@cost(weight: 40)')
  @FieldResolver(() => PassOnShares, {
    nullable: true,
    description:
      'What became of its income: what went to members, to others, to nobody knows whom, and what it kept. Null only with an error.',
  })
  passedOn(
    @Root() { id }: Intermediary,
    @Arg('asOf', () => DateScalar, {
      nullable: true,
      description:
        'The day up to which the period goes, itself not in it; default: that of the standing period.',
    })
    asOf: string | null | undefined,
    @Arg('months', () => Int, {
      nullable: true,
      description: 'How many months the period has; default: as many as the rule says (36).',
    })
    months: number | null | undefined,
    @Ctx() { intermediaries }: FundingContext,
  ) {
    return intermediaries.passedOn(id, { asOf, months });
  }

  @Directive('@cost(weight: 42)')
  @FieldResolver(() => IntermediaryScope, {
    nullable: true,
    description:
      'Whether it passed money on within its own country in the standing period. Null only with an error.',
  })
  scope(@Root() { id }: Intermediary, @Ctx() { intermediaries }: FundingContext) {
    return intermediaries.scope(id);
  }
}

/** What funding adds to a body that passes money on. */
@Resolver(() => FundedOrganisation)
export class PassingOrganisationResolver {
  @FieldResolver(() => Intermediary, {
    nullable: true,
    description:
      'Its facet as an intermediary; null: it is not known to pass a material share of its income on to others than its members, or funding does not answer.',
  })
  intermediary(@Root() { id }: FundedOrganisation, @Ctx() { intermediaries }: FundingContext) {
    return intermediaries.byId.load(id);
  }
}

export const resolveIntermediary = (
  { id }: Pick<Intermediary, 'id'>,
  { intermediaries }: FundingContext,
) => intermediaries.byId.load(id);
