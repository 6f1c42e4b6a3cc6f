import { compareTexts } from '../../shared/ids';
import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { Provenance, toProvenance, Verification } from '../../shared/provenance';
import { Agenda } from '../../shared/vocabulary';
import type { PolicyContext } from '../context';
import { Dispute, disputesOf } from '../dispute';
import { PolicyProcessConnection } from '../process/process.resolver';
import { PolicyDocument, PolicyDocumentFilter } from './document';
import { normaliseSymbol } from './symbol';

const PolicyDocumentConnection = connectionOf(
  'PolicyDocument',
  'policy documents',
  () => PolicyDocument,
);

@Resolver(() => PolicyDocument)
export class PolicyDocumentResolver {
  @Query(() => PolicyDocument, {
    nullable: true,
    description: 'One document by its symbol, or null.',
  })
  policyDocument(
    @Arg('symbol', () => String, {
      description: 'However written: `S/RES/2282`, `s/res/2282 (2016)`.',
    })
    symbol: string,
    @Ctx() { documents }: PolicyContext,
  ) {
    return documents.bySymbol.load(normaliseSymbol(symbol));
  }

  @Query(() => PolicyDocumentConnection, {
    description: 'Policy documents, a page at a time, by symbol.',
  })
  async policyDocuments(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PolicyDocumentFilter, { nullable: true, description: 'Which ones.' })
    filter: PolicyDocumentFilter | undefined,
    @Ctx() { documents }: PolicyContext,
  ) {
    return new PolicyDocumentConnection(await documents.page(page, filter));
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => [Agenda], { description: 'The agendas that it belongs to.' })
  async agenda(@Root() { rows }: PolicyDocument, @Ctx() { documents }: PolicyContext) {
    const agendas = await Promise.all(rows.map(({ id }) => documents.agendas.load(id)));
    return [...new Set(agendas.flat())];
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => PolicyDocument, {
    nullable: true,
    description:
      'The document of the same text by another organ, as either of the two says; null if it is not on record.',
  })
  async twin(@Root() { symbol, rows }: PolicyDocument, @Ctx() { documents }: PolicyContext) {
    const named =
      rows.find(({ twin }) => twin !== null)?.twin ?? (await documents.namingTwin.load(symbol));
    return named ? documents.bySymbol.load(named) : null;
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [PolicyDocument], {
    description: 'The documents that it recalls, of those on record.',
  })
  async recalls(@Root() { rows }: PolicyDocument, @Ctx() { documents }: PolicyContext) {
    const symbols = new Set(
      (await Promise.all(rows.map(({ id }) => documents.recalls.load(id)))).flat(),
    );
    const found = await documents.bySymbol.loadMany([...symbols].sort(compareTexts));
    return found.filter((document) => document !== null && !(document instanceof Error));
  }

  @FieldResolver(() => PolicyProcessConnection, {
    description: 'The processes that implement it, by id.',
  })
  async implementedBy(
    @Root() { symbol }: PolicyDocument,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { processes }: PolicyContext,
  ) {
    return new PolicyProcessConnection(await processes.implementing(symbol, page));
  }

  @FieldResolver(() => Verification, {
    description: 'How far its best checked record was checked.',
  })
  verification(@Root() { rows }: PolicyDocument) {
    return rows[0]?.verification ?? Verification.UNVERIFIED;
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [Dispute], { description: 'What its records disagree on.' })
  disputes(@Root() { rows }: PolicyDocument): Dispute[] {
    return disputesOf(rows, {
      title: (row) => row.title,
      organ: (row) => row.organ,
      adoptedOn: (row) => row.adopted_on,
      meeting: (row) => row.meeting,
      twin: (row) => row.twin,
    });
  }

  @FieldResolver(() => [Provenance], { description: 'Every record of it, the best checked first.' })
  provenance(@Root() { rows }: PolicyDocument) {
    return rows.map(toProvenance);
  }
}

export const resolvePolicyDocument = (
  { symbol }: Pick<PolicyDocument, 'symbol'>,
  { documents }: PolicyContext,
) => documents.bySymbol.load(symbol);
