import { Modality } from '../../../../subgraphs/funding/classification/classify';
import { routeTo } from '../../../../subgraphs/funding/trail/upstream';

const OUTCOMES = new Map([
  ['net', Modality.NETWORK],
  ['ingo', Modality.INTERMEDIARY],
  ['ingo 2', Modality.INTERMEDIARY],
]);

/** The route of a payment in a small world of payments: `donor > ingo, ingo > local`; `?` is nobody. */
const of = (world: string, payment: string, looked = true) => {
  const payers = new Map<string, Set<string | null>>();
  for (const [from = '', to = ''] of world.split(', ').map((one) => one.split(' > '))) {
    payers.set(from, payers.get(from) ?? new Set());
    payers.set(to, (payers.get(to) ?? new Set()).add(from === '?' ? null : from));
  }
  const [provider = '', receiver = ''] = payment.split(' > ');
  if (!looked) payers.delete(provider);
  return routeTo(receiver, provider, {
    payers,
    outcomes: OUTCOMES,
    isMember: (network, body) => network === 'net' && body === 'local',
    isHost: (host, hosted) => host === 'host' && hosted === 'local',
  });
};

it.each([
  ['a source', 'donor > local', 'donor > local', 'DIRECT'],
  ['its network', 'donor > net, net > local', 'net > local', 'THROUGH_NETWORK'],
  ['an intermediary', 'donor > ingo, ingo > local', 'ingo > local', 'THROUGH_INTERMEDIARY'],
  [
    'many sources of one intermediary',
    'a > ingo, b > ingo',
    'ingo > local',
    'THROUGH_INTERMEDIARY',
  ],
  ['one after the other', 'donor > ingo, ingo > net', 'net > local', 'MIXED'],
  ['one beside the other', 'a > net, b > ingo, ingo > net', 'net > local', 'MIXED'],
  [
    'two of the same',
    'a > ingo 2, ingo 2 > ingo, b > ingo',
    'ingo > local',
    'THROUGH_INTERMEDIARY',
  ],
  ['a host of the receiver', 'donor > host', 'host > local', 'DIRECT'],
  ['somebody whom nobody names', '? > net, donor > net', 'net > local', 'UNKNOWN'],
  ['a body of which nothing is known', 'donor > x', 'x > local', 'UNKNOWN'],
  [
    'a circle with a source',
    'a > ingo, net > ingo, ingo > net',
    'ingo > local',
    'THROUGH_INTERMEDIARY',
  ],
  ['a circle without', 'ingo > ingo 2, ingo 2 > ingo', 'ingo > local', 'UNKNOWN'],
  ['a receiver that pays its payer', 'local > net, donor > net', 'net > local', 'THROUGH_NETWORK'],
])('%s: %s makes %s %s', (_, world, payment, route) => {
  expect(of(world, payment)).toBe(route);
});

it('is unknown where it was not looked far enough', () => {
  expect(of('donor > net', 'net > local', false)).toBe('UNKNOWN');
});

it('ends in any world', () => {
  const bodies = Array.from({ length: 40 }, (_, place) => `b${place}`);
  const world = bodies.flatMap((from) => bodies.map((to) => `${from} > ${to}`)).join(', ');
  expect(of(world, 'b1 > local')).toBe('UNKNOWN');
});
