import { beliefOf, FEED_SOURCE, VERIFICATION_ORDER } from '../../../subgraphs/shared/provenance';

describe('records on the same thing', () => {
  it('are believed the best checked first, and those of partners’ feeds last of all', () => {
    const levels = [...VERIFICATION_ORDER, null].map((verification) =>
      beliefOf({ verification, source_id: 'oak' }),
    );
    const [best] = VERIFICATION_ORDER;
    const fed = beliefOf({ verification: best ?? null, source_id: `${FEED_SOURCE}oak-iati` });
    expect([...levels, fed]).toEqual([0, 1, 2, 3, 4]);
  });
});
