import { parse } from 'graphql';
import { createAskedPaths } from '../../../gateway/supergraph/asked-paths';

const QUERY = `
  query One { a: organisations { nodes { id ...f } } }
  query Two { networks { __typename ... on NetworkConnection { totalCount } } }
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Body { name talks { title } } }
  }
  fragment f on Organisation { hosts { name } }
`;

describe('what an operation asks for', () => {
  const document = parse(QUERY);
  const askedPaths = createAskedPaths();

  it('is named as it is answered, each operation of a document by itself', () => {
    for (let round = 0; round < 2; round += 1) {
      expect([...askedPaths(document, 'One').all]).toEqual([
        'a',
        'a.nodes',
        'a.nodes.id',
        'a.nodes.hosts',
        'a.nodes.hosts.name',
      ]);
      expect(askedPaths(document, 'Two').leaves).toEqual(['networks.totalCount']);
    }
    expect(askedPaths(document, 'None').all.size).toBe(0);
  });

  it('begins below the entities where a source is asked for these', () => {
    const alone = parse(QUERY.slice(QUERY.indexOf('query ($'), QUERY.indexOf('fragment')));
    expect(askedPaths(alone)).toMatchObject({
      first: ['name', 'talks'],
      leaves: ['name', 'talks.title'],
    });
  });
});
