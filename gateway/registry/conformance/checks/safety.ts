import type { Finding } from '../../../partners';
import { type Bench, type Check, finding } from '../bench';

const DEEP = 3000;
const WIDE = 20_000;
const LEVELS = 24;

const nested = (open: string, depth: number) =>
  `${open.repeat(depth)} __typename ${'}'.repeat(depth)}`;
/** Fragments that double at each level: short to write, and endless if it is written out. */
const doubling = Array.from(
  { length: LEVELS },
  (_, level) =>
    `fragment F${level} on __Type { ofType { ...F${level + 1} } more: ofType { ...F${level + 1} } }`,
).join(' ');

const HEAVY: readonly [what: string, query: string][] = [
  ['a query that nests 3,000 levels deep', nested('{ a ', DEEP)],
  [
    '20,000 aliases',
    `{ ${Array.from({ length: WIDE }, (_, place) => `a${place}: __typename`).join(' ')} }`,
  ],
  ['a list 100,000 levels deep', `{ a(b: ${'['.repeat(100_000)}) }`],
  [
    'introspection of all types within all types',
    `{ __schema { types ${nested('{ fields { type ', 6)} } }`,
  ],
  [
    'fragments within themselves',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  ],
  [
    'fragments that double at each level',
    `{ __schema { types { ...F0 } } } ${doubling} fragment F${LEVELS} on __Type { name }`,
  ],
  ['a megabyte of nothing', `{ __typename ${'#'.repeat(1_000_000)}\n }`],
];

/** Heavy queries do not keep it from answering the next one. */
export const safetyCheck: Check = {
  id: 'safety',
  title: 'It outlives queries that are too heavy',
  run: async ({ ask, deadlineMs }: Bench) => {
    const findings: Finding[] = [];
    const answers = async (query: string): Promise<boolean> =>
      ask(query).then(
        () => true,
        () => false,
      );
    for (const [what, query] of HEAVY) {
      const inTime = await answers(query);
      const after = await ask('{ __typename }').catch(() => null);
      if (after?.data === null || after === null)
        findings.push(
          finding(
            'FALLEN',
            `After ${what} it does not answer any more.`,
            'Count the tokens and levels of a query before you read on; refuse what the gateway would never ask.',
          ),
        );
      else if (!inTime)
        findings.push(
          finding(
            'HEAVY',
            `To ${what} it gives no answer within ${deadlineMs} ms.`,
            'Count the tokens and levels of a query before you read on, and refuse it.',
            { severity: 'WARNING' },
          ),
        );
    }
    return { says: `${HEAVY.length} kinds of them`, findings };
  },
};
