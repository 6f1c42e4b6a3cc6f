import { Modality } from '../../../../subgraphs/funding/classification/classify';
import { type Station, routeOf } from '../../../../subgraphs/funding/trail/route';

/** What each body of these paths is, by its name. */
const OUTCOMES = new Map([
  ['net', Modality.NETWORK],
  ['hybrid', Modality.HYBRID],
  ['foreign net', Modality.NETWORK],
  ['foreign hybrid', Modality.HYBRID],
  ['ingo', Modality.INTERMEDIARY],
  ['charity', Modality.NEITHER],
  ['unclear', Modality.INSUFFICIENT_EVIDENCE],
  ['unclear net', Modality.INSUFFICIENT_EVIDENCE],
]);
const OF_THE_RECIPIENT = new Set(['net', 'hybrid', 'unclear net']);

/** `host: ` before a name: it held the money for the next; `?`: nobody says who. */
const pathOf = (path: string): Station[] =>
  path.split(' > ').map((name) => ({
    id: name === '?' ? null : name.replace('host: ', ''),
    host: name.startsWith('host: '),
  }));
const of = (path: string) =>
  routeOf(
    pathOf(path),
    OUTCOMES,
    (network, body) => body === 'local' && OF_THE_RECIPIENT.has(network),
  );

it.each([
  ['no body between', 'donor > local', 'DIRECT', 0],
  ['a network of which it is a member', 'donor > net > local', 'THROUGH_NETWORK', 1],
  ['a hybrid of which it is a member', 'donor > hybrid > local', 'THROUGH_NETWORK', 1],
  ['two networks that it is in', 'donor > net > hybrid > local', 'THROUGH_NETWORK', 2],
  ['an intermediary', 'donor > ingo > local', 'THROUGH_INTERMEDIARY', 1],
  ['a network that it is not in', 'donor > foreign net > local', 'THROUGH_INTERMEDIARY', 1],
  ['a hybrid that it is not in', 'donor > foreign hybrid > local', 'THROUGH_INTERMEDIARY', 1],
  ['an intermediary, then its network', 'donor > ingo > net > local', 'MIXED', 2],
  ['its network and another one', 'donor > foreign net > net > local', 'MIXED', 2],
  ['a body of which too little is known', 'donor > unclear > local', 'UNKNOWN', 1],
  ['its network and an unclear body', 'donor > net > unclear > local', 'UNKNOWN', 2],
  ['a body that is neither', 'donor > charity > local', 'UNKNOWN', 1],
  ['a body that nobody names', 'donor > ? > local', 'UNKNOWN', 1],
  ['an unknown source', '? > net > local', 'UNKNOWN', 1],
  ['an unknown source at once', '? > local', 'UNKNOWN', 0],
  ['an unknown recipient', 'donor > ingo > ?', 'UNKNOWN', 1],
])('%s: %s is %s', (_, path, route, hops) => {
  expect(of(path)).toEqual({ route, hops, hostHops: 0 });
});

it.each([
  ['an unclear body beside an intermediary', 'donor > ingo > unclear > local'],
  ['a body that is neither beside an intermediary', 'donor > charity > ingo > local'],
])('%s changes nothing: %s', (_, path) => {
  expect(of(path).route).toBe('THROUGH_INTERMEDIARY');
});

it('a body that is neither takes nothing from the recipient’s network', () => {
  expect(of('donor > charity > net > local').route).toBe('THROUGH_NETWORK');
});

it('an unclear network of the recipient’s beside an intermediary may make it mixed or not', () => {
  expect(of('donor > ingo > unclear net > local').route).toBe('UNKNOWN');
});

it('counts hosts apart: they stand between nobody', () => {
  expect(of('donor > host: ingo > local')).toEqual({ route: 'DIRECT', hops: 0, hostHops: 1 });
  expect(of('donor > net > host: ingo > local')).toEqual({
    route: 'THROUGH_NETWORK',
    hops: 1,
    hostHops: 1,
  });
});

it('what a body is that is not among the outcomes is not known', () => {
  expect(routeOf(pathOf('donor > x > local'), new Map(), () => false).route).toBe('UNKNOWN');
});
