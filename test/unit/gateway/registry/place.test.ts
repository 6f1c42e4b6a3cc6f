import { createPlaces } from '../../../../gateway/registry/check/place';

const SDL = 'type Query { willowWeb_a: WillowWeb_A }\ntype WillowWeb_A {\n  b: WillowWeb_C\n}';
const placeOf = createPlaces(SDL);
const at = (message: string) => {
  const place = placeOf(message);
  return place && [place.coordinate, place.node.loc?.startToken.line];
};

describe('the place that a message of composition is about', () => {
  it('is the field that it names', () => {
    expect(at('On type WillowWeb_A: field "WillowWeb_A.b" is not good')).toEqual([
      'WillowWeb_A.b',
      3,
    ]);
  });

  it('is else the type that it names', () => {
    expect(at('[willow-web] Type "WillowWeb_A" is not good')).toEqual(['WillowWeb_A', 2]);
  });

  it('is where a type is used that is not defined', () => {
    expect(at('[willow-web] Unknown type "WillowWeb_C".')).toEqual(['WillowWeb_C', 3]);
  });

  it('is unknown where it names nothing of the schema', () => {
    expect(at('The graph is not good, nor is Organisation.name or Query')).toBeNull();
  });
});
