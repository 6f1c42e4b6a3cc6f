import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { FundingContext } from '../context';
import { MoneyQuality } from './quality';
import { FundingSource, Provenance } from './source';

/** What funding adds to a source. */
@Resolver(() => FundingSource)
export class FundingSourceResolver {
  @Directive('@cost(weight: 20)')
  @FieldResolver(() => MoneyQuality, {
    nullable: true,
    description: 'How far its money can be used; null: it reports none.',
  })
  moneyQuality(@Root() { id }: FundingSource, @Ctx() { quality }: FundingContext) {
    return quality.bySource.load(id);
  }
}

@Resolver(() => Provenance)
export class FundingProvenanceResolver {
  @FieldResolver(() => FundingSource, {
    nullable: true,
    description: 'The source of the record.',
  })
  source(@Root() { sourceId }: Provenance): FundingSource {
    return { id: sourceId };
  }
}
