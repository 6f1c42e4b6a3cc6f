import { batchesOf } from '../../../../subgraphs/funding/terms/batches';
import type {
  ReceiverKey,
  TermsRow,
  TermsStore,
} from '../../../../subgraphs/funding/terms/terms.store';

const QUESTION = { filter: {}, onlyFts: false, currency: 'USD' };
const row = (key: string | null, date: string, id: string) =>
  ({ receiver_key: key, date, id }) as TermsRow;

/** A store of some rows that writes down what it is asked for. */
const storeOf = (rows: readonly TermsRow[], asked: string[]) =>
  ({
    under: async (_question, keys) => {
      asked.push(`under ${keys.join(' ')}`);
      return rows.filter((each) => keys.includes(each.receiver_key ?? ''));
    },
    inOrder: async function* (_question, keys) {
      asked.push(`in order ${keys?.join(' ') ?? 'unknown'}`);
      yield rows.filter((each) => (keys ?? [null]).includes(each.receiver_key as never));
    },
  }) satisfies Pick<TermsStore, 'under' | 'inOrder'>;

const read = async (named: ReceiverKey[], rows: TermsRow[], ids: Record<string, string>) => {
  const asked: string[] = [];
  const store = storeOf(rows, asked) as unknown as TermsStore;
  const facts = { idsOf: async () => new Map(Object.entries(ids)) };
  const found: string[] = [];
  for await (const batch of batchesOf(store, facts, QUESTION, named))
    found.push(batch.map(({ receiver, row: { id } }) => `${receiver}:${id}`).join(' '));
  return { found, asked };
};
const key = (name: string | null, flows = 1): ReceiverKey => ({ key: name, flows, newest: '' });

describe('flows in batches', () => {
  it('come body by body, whatever keys a body is named by, the oldest first', async () => {
    const { found } = await read(
      [key('b', 2), key('a'), key('c')],
      [row('b', '2020', '3'), row('c', '2019', '4'), row('a', '2021', '1'), row('b', '2022', '2')],
      { a: 'ONE', b: 'ONE', c: 'ANOTHER' },
    );
    expect(found).toEqual(['ANOTHER:4 ONE:3 ONE:1 ONE:2']);
  });

  it('begin with receivers that nobody names, and those the viewer may not see', async () => {
    const { found } = await read(
      [key('a'), key('hidden'), key(null)],
      [row('a', '2020', '1'), row(null, '2020', '2'), row('hidden', '2020', '3')],
      { a: 'ONE' },
    );
    expect(found).toEqual([':2', ':3 ONE:1']);
  });

  it('are of bounded size: a body with very many flows is read part by part', async () => {
    const { asked } = await read(
      [key('a', 10), key('b', 19_995), key('c', 20_001), key('d', 3)],
      [],
      { a: 'A', b: 'B', c: 'C', d: 'D' },
    );
    expect(asked).toEqual(['under a', 'under b', 'in order c', 'under d']);
  });
});
