import { FieldResolver, Resolver, Root } from 'type-graphql';
import { toProvenance } from '../../shared/provenance';
import { Statement } from './statement';
import { Provenance } from '../source/provenance';

@Resolver(() => Statement)
export class StatementResolver {
  @FieldResolver(() => Provenance, { description: 'Where the statement was found.' })
  provenance(@Root() { stamp }: Statement) {
    return toProvenance(stamp);
  }
}
