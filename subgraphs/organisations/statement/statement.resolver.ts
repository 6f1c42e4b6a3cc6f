import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Provenance, toProvenance } from '../../shared/provenance';
import { Statement } from './statement';

@Resolver(() => Statement)
export class StatementResolver {
  @FieldResolver(() => Provenance, { description: 'Where the statement was found.' })
  provenance(@Root() { stamp }: Statement) {
    return toProvenance(stamp);
  }
}
