// What the fields of schema.graphql answer. Put your own data in place of data.json.
import { readFileSync } from 'node:fs';
import { URL } from 'node:url';

const TRAININGS = JSON.parse(readFileSync(new URL('data.json', import.meta.url), 'utf8'));

const byHost = new Map();
for (const training of TRAININGS)
  byHost.set(training.hostId, [...(byHost.get(training.hostId) ?? []), training]);

const MOST = 100;

export const resolvers = {
  Query: {
    examplePartner_trainings: (_, { first }) =>
      TRAININGS.slice(0, Math.max(0, Math.min(first ?? MOST, MOST))),
  },
  Organisation: {
    // The gateway asks for a body by its id. Null for one that we know nothing of.
    __resolveReference: ({ id }) => (byHost.has(id) ? { id } : null),
    examplePartner_trainings: ({ id }) => byHost.get(id) ?? null,
    examplePartner_people: ({ id }) =>
      byHost.get(id)?.reduce((sum, { people }) => sum + (people ?? 0), 0) ?? null,
  },
  ExamplePartner_Training: {
    host: ({ hostId }) => ({ id: hostId }),
  },
};
