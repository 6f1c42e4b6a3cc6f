import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { CountryStub } from '../../shared/provenance';
import { bodyOf, namesUnseen } from '../../shared/references';
import type { FundingContext } from '../context';
import { Flow } from '../flow/flow';
import { FundedOrganisation } from '../organisation';
import { Money } from '../rate/money';
import { FtsFlow, FtsObject } from './fts';
import { FtsSide } from './fts-enums';

/** What FTS adds to a flow. */
@Resolver(() => Flow)
export class FlowFtsResolver {
  @Directive('@cost(weight: 1)')
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

/** What stands on a side; of a body that the viewer may not see, only that there is one. */
const objectsOn = async (
  wanted: FtsSide,
  rowId: string,
  { fts, bodies }: FundingContext,
): Promise<FtsObject[]> => {
  const objects = (await fts.objects.load(rowId)).filter(({ side }) => side === wanted);
  return Promise.all(
    objects.map(async (object) =>
      (await namesUnseen([object.bodyKey], bodies))
        ? { ...object, id: null, code: null, name: null }
        : object,
    ),
  );
};

@Resolver(() => FtsFlow)
export class FtsFlowResolver {
  @FieldResolver(() => Money, {
    description: 'The amount in US dollars as FTS gives it, whatever currency it was given in.',
  })
  amountUsd(@Root() { amountUsdText }: FtsFlow): Money {
    return { amount: amountUsdText, currency: 'USD' };
  }

  @Directive('@cost(weight: 2)')
  @Directive('@listSize(assumedSize: 30)')
  @FieldResolver(() => [FtsObject], {
    description: 'Whom, where and when the money comes from, in the order of the record.',
  })
  sourceObjects(@Root() { rowId }: FtsFlow, @Ctx() context: FundingContext) {
    return objectsOn(FtsSide.SOURCE, rowId, context);
  }

  @Directive('@cost(weight: 2)')
  @Directive('@listSize(assumedSize: 30)')
  @FieldResolver(() => [FtsObject], {
    description: 'Whom, where, when and for what it goes to, in the order of the record.',
  })
  destinationObjects(@Root() { rowId }: FtsFlow, @Ctx() context: FundingContext) {
    return objectsOn(FtsSide.DESTINATION, rowId, context);
  }

  @Directive('@cost(weight: 5)')
  @Directive('@listSize(assumedSize: 50)')
  @FieldResolver(() => [Flow], {
    description:
      'The flows on record that it is part of, whichever record says so. Never add both: a part is in the whole.',
  })
  async parents(@Root() flow: FtsFlow, @Ctx() context: FundingContext) {
    return flowsOf((await context.fts.relatives.load(flow)).parents, context);
  }

  @Directive('@cost(weight: 5)')
  @Directive('@listSize(assumedSize: 50)')
  @FieldResolver(() => [Flow], {
    description: 'The flows on record that are part of it, whichever record says so.',
  })
  async children(@Root() flow: FtsFlow, @Ctx() context: FundingContext) {
    return flowsOf((await context.fts.relatives.load(flow)).children, context);
  }
}

@Resolver(() => FtsObject)
export class FtsObjectResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'The body, of an organisation.',
  })
  organisation(@Root() { bodyKey }: FtsObject, @Ctx() { bodies }: FundingContext) {
    return bodyOf(bodyKey, bodies);
  }

  @FieldResolver(() => CountryStub, {
    nullable: true,
    description: 'The country, of a place that ISO 3166-1 has under the same code or name.',
  })
  country(@Root() { countryCode }: FtsObject): CountryStub | null {
    return countryCode === null ? null : { id: countryCode };
  }
}
