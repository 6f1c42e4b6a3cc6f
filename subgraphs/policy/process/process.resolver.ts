import { compareTexts } from '../../shared/ids';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { connectionOf, PageArgs } from '../../shared/paging';
import { Provenance, toProvenance } from '../../shared/provenance';
import { DateScalar } from '../../shared/scalars';
import { Agenda } from '../../shared/vocabulary';
import type { PolicyContext } from '../context';
import { PlannedCountry } from '../country';
import { Dispute, disputesOf } from '../dispute';
import { PolicyDocument } from '../document/document';
import { ParticipatingOrganisation } from '../organisation';
import { ParticipationFilter } from '../participation/participation';
import { ParticipationConnection } from '../participation/participation.resolver';
import { PolicyProcess, PolicyProcessFilter, PolicyProcessStatus } from './process';
import { processProvenance } from './provenance';
import { statusOn } from './status';

export const PolicyProcessConnection = connectionOf(
  'PolicyProcess',
  'policy processes',
  () => PolicyProcess,
);

const union = async <T>(
  rows: readonly { id: string }[],
  load: (id: string) => Promise<T[]>,
): Promise<T[]> => [...new Set((await Promise.all(rows.map(({ id }) => load(id)))).flat())];

@Resolver(() => PolicyProcess)
export class PolicyProcessResolver {
  @Query(() => PolicyProcess, { nullable: true, description: 'One process by its id, or null.' })
  policyProcess(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { processes }: PolicyContext,
  ) {
    return processes.byId.load(id);
  }

  @Query(() => PolicyProcessConnection, {
    description: 'Policy processes, a page at a time, by id.',
  })
  async policyProcesses(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PolicyProcessFilter, { nullable: true, description: 'Which ones.' })
    filter: PolicyProcessFilter | undefined,
    @Ctx() { processes }: PolicyContext,
  ) {
    return new PolicyProcessConnection(await processes.page(page, filter));
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => [Agenda], { description: 'The agendas that it belongs to.' })
  agenda(@Root() { rows }: PolicyProcess, @Ctx() { processes }: PolicyContext) {
    return union(rows, (id) => processes.agendas.load(id));
  }

  @FieldResolver(() => PlannedCountry, {
    nullable: true,
    description: 'The country whose process it is.',
  })
  country(@Root() { rows }: PolicyProcess): PlannedCountry | null {
    const code = rows.find(({ country }) => country !== null)?.country;
    return code ? { id: code } : null;
  }

  @FieldResolver(() => PolicyProcessStatus, { description: 'Where it stands on a day.' })
  status(
    @Root() { rows }: PolicyProcess,
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'The day. Default: today.' })
    asOf: string | undefined,
  ) {
    return statusOn(rows, asOf ?? today());
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [Dispute], { description: 'What its records disagree on.' })
  async disputes(@Root() { rows }: PolicyProcess, @Ctx() context: PolicyContext) {
    const provenance = await processProvenance(rows, context);
    return disputesOf(
      rows,
      {
        title: (row) => row.title,
        generation: (row) => row.generation,
        adoptedOn: (row) => row.adopted_on,
        'period.from': (row) => row.from_date,
        'period.to': (row) => row.to_date,
        status: (row) => row.status,
      },
      (row) => provenance.get(row.id) ?? toProvenance(row),
    );
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [PolicyDocument], {
    description: 'The documents that it implements, of those on record.',
  })
  async implements(
    @Root() { rows }: PolicyProcess,
    @Ctx() { processes, documents }: PolicyContext,
  ) {
    const symbols = await union(rows, (id) => processes.symbols.load(id));
    const found = await documents.bySymbol.loadMany(symbols.sort(compareTexts));
    return found.filter((document) => document !== null && !(document instanceof Error));
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [ParticipatingOrganisation], {
    nullable: 'items',
    description:
      'The authorities or other bodies that lead it, as its records say. An item is null only if organisations does not answer.',
  })
  async ledBy(@Root() { rows }: PolicyProcess, @Ctx() { processes, bodies }: PolicyContext) {
    const keys = await union(rows, (id) => processes.leaders.load(id));
    const ids = await Promise.all(keys.map((key) => bodies.idOf.load(key)));
    return [...new Set(ids)].flatMap((id) => (id === null ? [] : [{ id }]));
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [PolicyProcess], {
    description: 'The processes that it prepares, of those on record: of a consultation, the plan.',
  })
  async towards(@Root() { rows }: PolicyProcess, @Ctx() { processes }: PolicyContext) {
    return processes.known(await union(rows, (id) => processes.towards.load(id)));
  }

  @FieldResolver(() => PolicyProcessConnection, {
    description: 'The processes that prepare it, by id: of a plan, its consultations.',
  })
  async preparedBy(
    @Root() { id }: PolicyProcess,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { processes }: PolicyContext,
  ) {
    return new PolicyProcessConnection(await processes.preparing(id, page));
  }

  @FieldResolver(() => ParticipationConnection, {
    description: 'Who takes part, the newest first.',
  })
  async participations(
    @Root() { id }: PolicyProcess,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ParticipationFilter, { nullable: true, description: 'Which ones.' })
    filter: ParticipationFilter | undefined,
    @Ctx() { participations }: PolicyContext,
  ) {
    return new ParticipationConnection(await participations.byProcess(id, page, filter));
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [Provenance], { description: 'Every record of it, the best checked first.' })
  async provenance(@Root() { rows }: PolicyProcess, @Ctx() context: PolicyContext) {
    return [...(await processProvenance(rows, context)).values()];
  }
}

export const resolvePolicyProcess = (
  { id }: Pick<PolicyProcess, 'id'>,
  { processes }: PolicyContext,
) => processes.byId.load(id);
