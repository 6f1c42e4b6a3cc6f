import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Access } from '../config';
import type { RequestContext } from '../context';
import type { PublicCode } from '../../subgraphs/shared/errors';
import { visibilityOf } from '../../subgraphs/shared/viewer';
import { countRows, type Estimate, estimateCost } from './cost';
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

const round = ({ rows, fetches, points }: Estimate) => ({ rows, fetches, points });

/**
 * Weighs each operation before it is run: refuses what may cost more than the caller's tier allows at
 * once, or than is left to the caller, and tells those who ask what it cost.
 * @param rates absent: nobody's points are counted.
 */
export const createCostPlugin = (
  { costLimits }: Access,
  model: () => CostModel,
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
        estimate = estimateCost(schema, model(), document, operation, request.variables ?? {});
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
        if (!estimate || !contextValue.showCost || response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        // What was refused says what it would have cost in its error.
        if (!singleResult.data) return;
        singleResult.extensions = {
          ...singleResult.extensions,
          cost: {
            estimated: round(estimate),
            limit: costLimits[contextValue.caller.tier],
            actual: { rows: countRows(singleResult.data), fetches: contextValue.fetches },
          },
        };
      },
    };
  },
});
