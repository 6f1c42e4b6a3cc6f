import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { normaliseIdentifier } from '../../shared/ids';
import { inKeyOrder } from '../../shared/keyed';
import { MOST_AT_ONCE } from '../../shared/page-size';
import type { PageArgs } from '../../shared/paging';
import type {
  ClassificationLoader,
  ClassificationQuestion,
} from '../classification/classification.loader';
import type { FactsStore } from '../classification/facts.store';
import type { IntermediaryScope, PassOnShares } from './intermediary';
import type { IntermediaryFilter, IntermediaryOrder } from './intermediary.args';
import type { IntermediaryStore } from './intermediary.store';
import { passedOnTo, passOnOf, scopeOf } from './passed-on';

export const createIntermediaryLoader = (
  store: IntermediaryStore,
  facts: FactsStore,
  classifications: ClassificationLoader,
  bodies: BodiesLoader,
) => {
  const byId = new DataLoader(
    async (ids: readonly string[]) => inKeyOrder(ids, await store.byIds(ids), ({ id }) => id),
    // A filter lists no more; the gateway may ask for more at once.
    { maxBatchSize: MOST_AT_ONCE },
  );
  const seats = new DataLoader(async (ids: readonly string[]) => {
    const known = new Map((await facts.bodies(ids)).map(({ id, country }) => [id, country]));
    return ids.map((id) => known.get(id) ?? null);
  });
  /** The standing period, for which it is judged who is an intermediary. */
  const ofStanding = async (): Promise<ClassificationQuestion> => ({
    asOf: await classifications.standingDay(),
  });
  return {
    byId,
    /** By any identifier ever recorded for the body; null if it is no intermediary. */
    byIdentifier: async (identifier: string) => {
      const id = await bodies.idOf.load(normaliseIdentifier(identifier));
      return id === null ? null : byId.load(id);
    },
    page: (page: PageArgs, filter: IntermediaryFilter | undefined, order: IntermediaryOrder) =>
      store.page(page, filter, order),

    /** Its classification in the standing period, with all evidence. */
    classification: async (id: string) => classifications.of(id, await ofStanding()),

    /** What became of its income: in the standing period, unless another is asked for. */
    passedOn: async (
      id: string,
      { asOf, months }: ClassificationQuestion,
    ): Promise<PassOnShares | null> => {
      const found = await classifications.factsOf(id, {
        ...(asOf ? { asOf } : await ofStanding()),
        months,
      });
      return found && passOnOf(found.facts, found.asked);
    },

    /** Whether it passed money on within its own country in the standing period. */
    scope: async (id: string): Promise<IntermediaryScope | null> => {
      const found = await classifications.factsOf(id, await ofStanding());
      if (!found) return null;
      const [seat, ...others] = await Promise.all(
        [id, ...passedOnTo(found.facts, found.asked)].map((body) => seats.load(body)),
      );
      return scopeOf(seat ?? null, others);
    },
  };
};
export type IntermediaryLoader = ReturnType<typeof createIntermediaryLoader>;
