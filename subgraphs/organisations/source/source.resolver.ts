import { Proportion } from '../../shared/proportion';
import { Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { OrganisationsContext } from '../context';
import { Organisation } from '../organisation/organisation';
import { Provenance } from './provenance';
import { Source } from './source';

const DAY_MS = 86_400_000;

@Resolver(() => Source)
export class SourceResolver {
  @Directive('@listSize(assumedSize: 100)')
  @Query(() => [Source], { description: 'Every source, by id.' })
  sources(@Ctx() { sources }: OrganisationsContext) {
    return sources.all();
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who publishes it, if it is on record as a body.',
  })
  async publisher(
    @Root() { publisherKey }: Source,
    @Ctx() { organisations }: OrganisationsContext,
  ) {
    return publisherKey === null ? null : organisations.byIdentifier(publisherKey);
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => Int, {
    description:
      'How many of its records describe bodies; its other records stand under their own fields.',
  })
  records(@Root() { id }: Source, @Ctx() { sources }: OrganisationsContext) {
    return sources.records.load(id);
  }

  @Directive('@cost(weight: 20)')
  @FieldResolver(() => Proportion, {
    description:
      'Of its records that describe bodies, those that give an identifier of a register of org-id.guide. Counted when asked.',
  })
  registered(@Root() { id }: Source, @Ctx() { sources }: OrganisationsContext) {
    return sources.registered.load(id);
  }

  @FieldResolver(() => Int, {
    description: 'How old its newest edition here is, in whole days since it was taken.',
  })
  ageDays(@Root() { retrievedAt }: Source): number {
    return Math.max(0, Math.floor((Date.now() - Date.parse(retrievedAt)) / DAY_MS));
  }
}

@Resolver(() => Provenance)
export class ProvenanceResolver {
  @FieldResolver(() => Source, { nullable: true, description: 'The source of the record.' })
  source(@Root() { sourceId }: Provenance, @Ctx() { sources }: OrganisationsContext) {
    return sources.byId.load(sourceId);
  }
}

export const resolveSource = ({ id }: Pick<Source, 'id'>, { sources }: OrganisationsContext) =>
  sources.byId.load(id);
