import { readFileSync } from 'node:fs';
import path from 'node:path';

const SCHEMA = path.join(__dirname, '..', 'schema');

/** The file of the composed supergraph that is checked in. */
export const WRITTEN_SUPERGRAPH = path.join(SCHEMA, 'supergraph.graphql');

/** The SDL of a subgraph of ours as it is checked in, without a database being opened for it. */
export const writtenSdlOf = (name: string): string =>
  readFileSync(path.join(SCHEMA, `${name}.graphql`), 'utf8');
