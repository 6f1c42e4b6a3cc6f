import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import type { RequestContext } from '../context';
import { errorBody } from '../errors';
import type { SourceReport } from '../sources';
import { createAskedPaths } from './asked-paths';

/** For tools that read no extensions: whether the answer is complete, and who is missing or stale. */
export const SOURCES_HEADER = 'peacegraph-sources';

const named = (asked: readonly SourceReport[], stale: boolean): string =>
  asked
    .filter(({ status }) => status !== 'ok' && (status === 'stale') === stale)
    .map(({ name }) => name)
    .join(' ');

/** The header's value, an item with parameters (RFC 8941). */
const headerOf = (asked: readonly SourceReport[]): string => {
  const missing = named(asked, false);
  const stale = named(asked, true);
  return [
    missing === '' ? 'complete' : 'partial',
    ...(missing === '' ? [] : [`missing="${missing}"`]),
    ...(stale === '' ? [] : [`stale="${stale}"`]),
  ].join(';');
};

/**
 * Says in every answer which sources it asked and what became of them, and where each field came from if that
 * is wanted. Who asked for all or nothing gets nothing, with 503, where a source is missing.
 */
export const createSourcesPlugin = (): ApolloServerPlugin<RequestContext> => {
  const askedPaths = createAskedPaths();
  /** Plans ask for keys that the client did not ask for. */
  const isShown = (document: DocumentNode, operationName: string | undefined) => {
    const { all } = askedPaths(document, operationName);
    return (path: string) => all.has(path);
  };
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ contextValue, response, document, request }) => {
        // What was refused before it ran asked nobody.
        if (response.body.kind !== 'single' || !('data' in response.body.singleResult)) return;
        const { ledger, allOrNothing, showProvenance, requestId } = contextValue;
        const shown = document ? isShown(document, request.operationName) : () => false;
        const sources = ledger.sources(shown);
        response.http.headers.set(SOURCES_HEADER, headerOf(sources.asked));
        if (allOrNothing) response.http.headers.set('preference-applied', 'handling=strict');
        const { singleResult } = response.body;
        singleResult.extensions = {
          ...singleResult.extensions,
          sources,
          ...(showProvenance && { provenance: ledger.provenance(shown) }),
        };
        if (!allOrNothing || sources.complete) return;
        response.http.status = 503;
        delete singleResult.data;
        const missing = sources.asked.filter(({ status }) => status !== 'ok');
        const { errors } = errorBody(
          'SOURCES_INCOMPLETE',
          `All or nothing was asked for, and ${missing.map(({ name }) => `\`${name}\``).join(', ')} did not answer.`,
          requestId,
        );
        singleResult.errors = errors;
      },
    }),
  };
};
