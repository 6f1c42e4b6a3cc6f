/** Composes in a thread of its own, where it may take its time and memory, and die of either. */
const { parentPort, workerData } = require('node:worker_threads');
const { composeServices } = require('@apollo/composition');
const { Supergraph } = require('@apollo/federation-internals');
const { lexicographicSortSchema, parse, printSchema } = require('graphql');

const compose = () => {
  const { errors, supergraphSdl } = composeServices(
    workerData.map(({ name, sdl }) => ({ name, url: `local://${name}`, typeDefs: parse(sdl) })),
  );
  if (errors?.length || supergraphSdl === undefined)
    return { status: 'failed', reasons: (errors ?? []).map(({ message }) => message) };
  const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  return {
    status: 'composed',
    supergraphSdl,
    apiSdl: printSchema(lexicographicSortSchema(schema)),
  };
};

try {
  parentPort.postMessage(compose());
} catch (error) {
  parentPort.postMessage({ status: 'failed', reasons: [error.message] });
}
