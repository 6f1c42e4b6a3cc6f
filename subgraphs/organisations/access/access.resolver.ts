import { FieldResolver, Resolver, Root } from 'type-graphql';
import { toProvenance } from '../../shared/provenance';
import { Provenance } from '../source/provenance';
import { UnAccess } from './access';

@Resolver(() => UnAccess)
export class UnAccessResolver {
  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(@Root() { stamp }: UnAccess) {
    return toProvenance(stamp);
  }
}
