import type { Graph } from '../../gateway/graph';
import { importStatements } from '../../scripts/import/statements/import';
import { inputOf } from './iati';

/**
 * Imports statements as those of one source.
 * @param more what the source's record has besides.
 */
export const sayIn = (graph: Graph, records: readonly object[], source = 'said', more = {}) => {
  const header = {
    kind: 'source',
    id: source,
    title: 'What was said',
    publisherName: 'Somebody',
    licence: 'CC0',
    retrievedAt: '2026-01-01',
    ...more,
  };
  const lines = [header, ...records].map((record) => JSON.stringify(record));
  return importStatements(graph, [inputOf(lines.join('\n'), `${source}.jsonl`)]);
};
