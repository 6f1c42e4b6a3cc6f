import { type DocumentNode, parse } from 'graphql';

const DOCUMENTS_KEPT = 1000;

/**
 * Sub-queries as parsed documents; the query planner repeats their texts word for word.
 * @param check called once for each document, which is not kept if it throws.
 */
export const createDocuments = (
  check: (document: DocumentNode) => void = () => undefined,
): ((query: string) => DocumentNode) => {
  const documents = new Map<string, DocumentNode>();
  return (query) => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query, { noLocation: true });
    check(document);
    const [oldest] = documents.keys();
    if (documents.size >= DOCUMENTS_KEPT && oldest !== undefined) documents.delete(oldest);
    documents.set(query, document);
    return document;
  };
};
