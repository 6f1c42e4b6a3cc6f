import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Access } from '../config';
import type { RequestContext } from '../context';
import type { PublicCode } from '../../subgraphs/shared/errors';
import { visibilityOf } from '../../subgraphs/shared/viewer';
import {
  countRows,
  type Estimate,
  estimateCost,
  type LongList,
  longListsIn,
  pointsOf,
} from './cost';
import type { CostModel } from './cost-model';
import { rateHeaders, type Rates } from './rate';

const refusal = (
  code: PublicCode,
  message: string,
  cost: object,
  http: { status: number; headers?: HeaderMap },
) => {
  // The server takes a map of headers where its type asks for an object.
  const extensions: Record<string, unknown> = { code, cost, http };
  return new GraphQLError(message, { extensions });
};

/** Refuses a page that is larger than its tier may ask for, and one that is none. */
const checkPages = ({ pages }: Estimate, tier: number, most: number): void => {
  for (const [field, first] of pages) {
    if (first >= 1 && first <= most) continue;
    throw new GraphQLError(
      `\`first\` of \`${field}\` is ${first}; for ${visibilityOf(tier)} it must be 1 to ${most}.`,
      { extensions: { code: 'BAD_USER_INPUT' satisfies PublicCode, http: { status: 400 } } },
    );
  }
};

const listed = (lists: readonly LongList[]): string =>
  lists
    .map(({ field, assumed, found }) => `\`${field}\` has up to ${found}, counted as ${assumed}`)
    .join('; ');

const round = ({ rows, fetches, points }: Estimate) => ({ rows, fetches, points });

/**
 * Weighs each operation before it is run: refuses what may cost more than the caller's tier allows at
 * once, or than is left to the caller, and tells those who ask what it cost.
 * @param modelOf what fields cost by the schema that a request was checked by.
 * @param rates absent: nobody's points are counted.
 */
export const createCostPlugin = (
  { costLimits, pageLimits }: Access,
  modelOf: (schema: GraphQLSchema) => CostModel | undefined,
  rates: Rates | undefined,
): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: async () => {
    let estimate: Estimate | undefined;
    return {
      didResolveOperation: async ({
        schema,
        document,
        operation,
        request,
        contextValue,
        response,
      }) => {
        if (!operation) return;
        const { caller } = contextValue;
        const limit = costLimits[caller.tier] ?? 0;
        const model = modelOf(schema);
        if (!model) throw new Error('The request was checked by a schema that has no costs.');
        estimate = estimateCost(schema, model, document, operation, request.variables ?? {});
        checkPages(estimate, caller.tier, pageLimits[caller.tier] ?? 0);
        const { points, dearest } = estimate;
        if (points > limit) {
          throw refusal(
            'COST_EXCEEDED',
            `This query may cost ${points} points; ${visibilityOf(caller.tier)} may ask for ${limit} at once. ` +
              `The dearest field is \`${dearest.field}\` with ${dearest.points}. Ask for fewer rows at a time.`,
            { estimated: round(estimate), limit, dearest },
            { status: 400 },
          );
        }
        const allowance = await rates?.take(caller, points);
        if (!allowance) return;
        const headers = rateHeaders(allowance);
        if (!allowance.granted) {
          throw refusal(
            'RATE_LIMITED',
            `This query may cost ${points} points, which is more than is left of ${allowance.limit} a minute. ` +
              `Ask again in ${allowance.resetsIn} seconds.`,
            { estimated: round(estimate), limit },
            {
              status: 429,
              headers: new HeaderMap([...headers, ['retry-after', String(allowance.resetsIn)]]),
            },
          );
        }
        for (const [name, value] of headers) response.http.headers.set(name, value);
      },
      willSendResponse: async ({ contextValue, response }) => {
        if (!estimate || response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        // What was refused says what it would have cost in its error.
        if (!singleResult.data) return;
        const { caller, showCost, fetches } = contextValue;
        const exceeded = longListsIn(singleResult.data, estimate);
        if (exceeded.length === 0 && !showCost) return;
        const limit = costLimits[caller.tier] ?? 0;
        const actual = { rows: countRows(singleResult.data), fetches };
        const cost = { estimated: round(estimate), limit, actual };
        const beyond = actual.rows - estimate.rows;
        if (beyond > 0) {
          await rates?.charge(caller, beyond);
          const points = pointsOf({ rows: actual.rows, fetches: estimate.fetches });
          if (points > limit) {
            singleResult.data = null;
            singleResult.errors = [
              {
                message:
                  `This answer costs ${points} points; ${visibilityOf(caller.tier)} may ask for ${limit} at once. ` +
                  `Lists without pages are longer than was estimated: ${listed(exceeded)}. Ask for fewer rows at a time.`,
                extensions: {
                  code: 'COST_EXCEEDED' satisfies PublicCode,
                  cost: { ...cost, exceeded },
                },
              },
            ];
            response.http.status = 400;
            return;
          }
        }
        singleResult.extensions = {
          ...singleResult.extensions,
          cost: exceeded.length > 0 ? { ...cost, exceeded } : cost,
        };
      },
    };
  },
});
