import { addedFields } from '../../../scripts/partner/added-fields';

it('names what a partner adds to types that are not its own', () => {
  const sdl = `
    type Query { willowWeb_trainings: [WillowWeb_Training] other: Int }
    extend type Organisation @key(fields: "id") { id: ID! willowWeb_people: Int }
    type WillowWeb_Training { id: ID willowWeb_more: Int }
    enum WillowWeb_Form { ONLINE }
  `;
  expect(addedFields('willow-web', sdl)).toEqual([
    'Query.willowWeb_trainings',
    'Organisation.willowWeb_people',
  ]);
});
