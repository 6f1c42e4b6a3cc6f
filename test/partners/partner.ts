import { sign } from 'node:crypto';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { createSigningKey } from '../../subgraphs/shared/http/keys';
import { contentDigest } from '../../subgraphs/shared/http/signature';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** Fictional networks: one that plays every trick, and one that is as good as its word. */
export const WILLOW_SDL = `${LINK}
type Organisation @key(fields: "id") {
  id: ID!
  willowWeb_motto: String
  willowWeb_score: Int
  willowWeb_mood: WillowWeb_Mood
  willowWeb_trainings: [WillowWeb_Training]
}
type WillowWeb_Training { title: String! seats: Int by: Organisation }
enum WillowWeb_Mood { CALM GLAD }
type Query { willowWeb_news: String }`;
export const ELM_SDL = `${LINK}
type Organisation @key(fields: "id") { id: ID! elmNet_motto: String }`;

const organisation = {
  willowWeb_motto: ({ id }: { id: string }) => `The willow of ${id}`,
  willowWeb_score: () => 7,
  willowWeb_mood: () => 'GLAD',
  willowWeb_trainings: ({ id }: { id: string }) => [
    { title: 'Listening', seats: 12, by: { id } },
    { title: 'Walking', seats: 9, by: null },
  ],
  elmNet_motto: ({ id }: { id: string }) => `The elm of ${id}`,
};

const schemaOf = (sdl: string) => {
  const typeDefs = parse(sdl);
  const own = Object.entries(organisation).filter(([name]) => sdl.includes(name));
  const resolvers = {
    Organisation: {
      __resolveReference: (reference: object) => reference,
      ...Object.fromEntries(own),
    },
    ...(sdl.includes('type Query') && { Query: { willowWeb_news: () => 'All is well' } }),
  };
  return buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
};

/** A sub-query as a partner gets it. */
export interface Asked {
  query: string;
  variables?: { representations?: { __typename: string; id: string }[] };
}

/** Answers of a partner that is right. */
export const createRightAnswers = (sdl: string) => {
  const schema = schemaOf(sdl);
  return async ({ query, variables }: Asked) =>
    JSON.parse(
      JSON.stringify(await graphql({ schema, source: query, variableValues: variables })),
    ) as { data: Record<string, unknown> };
};

/** With which the partner signs its answers, where nothing else is said. */
export const ANSWER_KEY = createSigningKey();

/** The headers by which an answer is signed, as RFC 9421 has them. */
export const signAnswer = (
  body: string | Buffer,
  requestSignature: string,
  { status = 200, key = ANSWER_KEY, created = Math.floor(Date.now() / 1000) } = {},
): Record<string, string> => {
  const digest = contentDigest(body);
  const params = `("@status" "content-digest" "signature";req);created=${created};keyid="${key.id}"`;
  const base = [
    `"@status": ${status}`,
    `"content-digest": ${digest}`,
    `"signature";req: ${requestSignature}`,
    `"@signature-params": ${params}`,
  ].join('\n');
  return {
    'content-digest': digest,
    'signature-input': `willow=${params}`,
    signature: `willow=:${sign(null, Buffer.from(base), key.key).toString('base64')}:`,
  };
};
