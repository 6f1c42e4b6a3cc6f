import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CountryStub } from '../../shared/provenance';
import { bodyOf } from '../body-of';
import type { FundingContext } from '../context';
import { Flow } from '../flow/flow';
import { FundedOrganisation } from '../organisation';
import { Money } from '../rate/money';
import { FtsFlow, FtsObject } from './fts';
import { FtsSide } from './fts-enums';

/** What FTS adds to a flow. */
@Resolver(() => Flow)
export class FlowFtsResolver {
  @FieldResolver(() => FtsFlow, {
    nullable: true,
    description: 'What FTS says of it, of a flow that FTS reports.',
  })
  fts(@Root() { id }: Flow, @Ctx() { fts }: FundingContext) {
    return fts.byFlow.load(id);
  }
}

const flowsOf = async (ids: readonly string[], { flows }: FundingContext): Promise<Flow[]> => {
  const found = await Promise.all(ids.map((id) => flows.byId.load(id)));
  return found.filter((flow) => flow !== null);
};

@Resolver(() => FtsFlow)
export class FtsFlowResolver {
  @FieldResolver(() => Money, {
    description: 'The amount in US dollars as FTS gives it, whatever currency it was given in.',
  })
  amountUsd(@Root() { amountUsdText }: FtsFlow): Money {
    return { amount: amountUsdText, currency: 'USD' };
  }

  @FieldResolver(() => [FtsObject], {
    description: 'Whom, where and when the money comes from, in the order of the record.',
  })
  async sourceObjects(@Root() { rowId }: FtsFlow, @Ctx() { fts }: FundingContext) {
    return (await fts.objects.load(rowId)).filter(({ side }) => side === FtsSide.SOURCE);
  }

  @FieldResolver(() => [FtsObject], {
    description: 'Whom, where, when and for what it goes to, in the order of the record.',
  })
  async destinationObjects(@Root() { rowId }: FtsFlow, @Ctx() { fts }: FundingContext) {
    return (await fts.objects.load(rowId)).filter(({ side }) => side === FtsSide.DESTINATION);
  }

  @FieldResolver(() => [Flow], {
    description:
      'The flows on record that it is part of, whichever record says so. Never add both: a part is in the whole.',
  })
  async parents(@Root() flow: FtsFlow, @Ctx() context: FundingContext) {
    return flowsOf((await context.fts.relatives.load(flow)).parents, context);
  }

  @FieldResolver(() => [Flow], {
    description: 'The flows on record that are part of it, whichever record says so.',
  })
  async children(@Root() flow: FtsFlow, @Ctx() context: FundingContext) {
    return flowsOf((await context.fts.relatives.load(flow)).children, context);
  }
}

@Resolver(() => FtsObject)
export class FtsObjectResolver {
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'The body, of an organisation.',
  })
  organisation(@Root() { bodyKey }: FtsObject, @Ctx() context: FundingContext) {
    return bodyOf(bodyKey, context);
  }

  @FieldResolver(() => CountryStub, {
    nullable: true,
    description: 'The country, of a place that ISO 3166-1 has under the same code or name.',
  })
  country(@Root() { countryCode }: FtsObject): CountryStub | null {
    return countryCode === null ? null : { id: countryCode };
  }
}
