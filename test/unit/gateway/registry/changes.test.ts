import { changesHere } from '../../../../gateway/registry/check/changes';

const BEFORE = `
type Query {
  willowWeb_events(filter: WillowWeb_Filter, first: Int): [WillowWeb_Event!]
  willowWeb_things: [WillowWeb_Thing!]
  organisation(id: ID!): Organisation
}
type Organisation { id: ID! willowWeb_events: [WillowWeb_Event!] }
input WillowWeb_Filter { kinds: [WillowWeb_Kind!] place: WillowWeb_Place }
input WillowWeb_Place { town: String country: String }
enum WillowWeb_Kind { TALK WALK }
interface WillowWeb_Thing { id: ID! on: String }
type WillowWeb_Event implements WillowWeb_Thing { id: ID! on: String title: String kind: WillowWeb_Kind }
type WillowWeb_Old { a: Int }
union WillowWeb_Any = WillowWeb_Event | WillowWeb_Old
`;
const uses = (coordinate: string, ...names: string[]) => ({
  coordinate,
  operations: names.map((name, at) => ({ name, count: 100 - at })),
});
const changed = (from: string | RegExp, to: string, ...usage: ReturnType<typeof uses>[]) =>
  changesHere(BEFORE, BEFORE.replace(from, to), usage);

describe('a breaking change', () => {
  it('is an error where clients asked for it, and names their operations', async () => {
    const usage = uses('WillowWeb_Event.title', 'EventList', 'Map');
    expect(await changed(' title: String', '', usage)).toEqual([
      {
        code: 'BREAKING_CHANGE_USED',
        severity: 'ERROR',
        coordinate: 'WillowWeb_Event.title',
        line: null,
        column: null,
        message:
          "Field 'title' was removed from object type 'WillowWeb_Event'. Clients asked for it in the last 30 days: EventList (100×), Map (99×).",
        advice: 'Keep it, deprecate it, and take it away when nobody has asked for it for 30 days.',
      },
    ]);
  });

  it('is a warning where nobody did', async () => {
    const found = await changed(' title: String', '', uses('WillowWeb_Event.id', 'EventList'));
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['BREAKING_CHANGE', 'WARNING'],
    ]);
  });

  it('names some operations and counts the others', async () => {
    const usage = uses('WillowWeb_Event.title', ...'ABCDEFGH');
    const [found] = await changed(' title: String', '', usage);
    expect(found?.message).toMatch(/A \(100×\), .*, E \(96×\) and 3 more\.$/);
  });

  it.each([
    ['an argument that goes', ', first: Int', '', 'Query.willowWeb_events'],
    ['an argument that is demanded', 'first: Int', 'first: Int!', 'Query.willowWeb_events'],
    ['a value of an enum, of fields that answer it', ' WALK', '', 'WillowWeb_Event.kind'],
    ['a value of an enum, of fields that take it', ' WALK', '', 'Query.willowWeb_events'],
    ['a field of an input', ' place: WillowWeb_Place', '', 'Query.willowWeb_events'],
    ['a field of an input within an input', ' country: String', '', 'Query.willowWeb_events'],
    ['a type that goes', /(type WillowWeb_Old .*\n)|( \| WillowWeb_Old)/g, '', 'WillowWeb_Old.a'],
    [
      'an interface that is not implemented any more',
      ' implements WillowWeb_Thing',
      '',
      'WillowWeb_Event.id',
    ],
    ['a field of an interface, by its objects', / on: String/g, '', 'WillowWeb_Event.on'],
    ['another type', 'title: String', 'title: Int', 'WillowWeb_Event.title'],
  ])('is seen of %s', async (_what, from, to, coordinate) => {
    const found = await changed(from, to, uses(coordinate, 'EventList'));
    expect(found.map(({ code }) => code)).toContain('BREAKING_CHANGE_USED');
  });
});

it('finds nothing in what is added', async () => {
  expect(await changed('title: String', 'title: String town: String')).toEqual([]);
});

it('warns of what may surprise', async () => {
  const found = await changed('TALK WALK', 'TALK WALK SWIM', uses('WillowWeb_Event.kind', 'A'));
  expect(found.map(({ code, severity }) => [code, severity])).toEqual([
    ['DANGEROUS_CHANGE', 'WARNING'],
  ]);
});
