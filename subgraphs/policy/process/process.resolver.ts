import { compareTexts } from '../../shared/ids';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { CountryStub, Provenance, toProvenance } from '../../shared/provenance';
import { DateScalar } from '../../shared/scalars';
import { Agenda } from '../../shared/vocabulary';
import type { PolicyContext } from '../context';
import { Dispute, disputesOf } from '../dispute';
import { PolicyDocument } from '../document/document';
import { ParticipationFilter } from '../participation/participation';
import { ParticipationConnection } from '../participation/participation.resolver';
import { PolicyProcess, PolicyProcessFilter, PolicyProcessStatus } from './process';
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

  @FieldResolver(() => CountryStub, {
    nullable: true,
    description: 'The country whose process it is.',
  })
  country(@Root() { rows }: PolicyProcess): CountryStub | null {
    const code = rows.find(({ country }) => country !== null)?.country;
    return code ? { id: code } : null;
  }

  @FieldResolver(() => PolicyProcessStatus, { description: 'Where it stands on a day.' })
  status(
    @Root() { rows }: PolicyProcess,
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'The day. Default: today.' })
    asOf: string | undefined,
  ) {
    const today = new Date().toISOString().slice(0, 10);
    return statusOn(rows, asOf ?? today, today);
  }

  @FieldResolver(() => [Dispute], { description: 'What its records disagree on.' })
  disputes(@Root() { rows }: PolicyProcess): Dispute[] {
    return disputesOf(rows, {
      title: (row) => row.title,
      generation: (row) => row.generation,
      adoptedOn: (row) => row.adopted_on,
      'period.from': (row) => row.from_date,
      'period.to': (row) => row.to_date,
      status: (row) => row.status,
    });
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

  @FieldResolver(() => [Provenance], { description: 'Every record of it, the best checked first.' })
  provenance(@Root() { rows }: PolicyProcess) {
    return rows.map(toProvenance);
  }
}

export const resolvePolicyProcess = (
  { id }: Pick<PolicyProcess, 'id'>,
  { processes }: PolicyContext,
) => processes.byId.load(id);
