import { FieldResolver, Resolver, Root } from 'type-graphql';
import { toProvenance } from '../../shared/provenance';
import { Provenance } from '../source/provenance';
import { AnnualFigures } from './figures';

@Resolver(() => AnnualFigures)
export class AnnualFiguresResolver {
  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(@Root() { stamp }: AnnualFigures) {
    return toProvenance(stamp);
  }
}
