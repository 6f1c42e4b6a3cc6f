import type { Modality } from '../classification/classify';
import { Route, routeOf, type Station } from './route';

/** Who paid whom, and what the bodies are, as far as it was looked up. */
export interface Upstream {
  /** Who paid a body; null among them: somebody whom nobody names. None: it is a source. Not there: not looked up. */
  payers: ReadonlyMap<string, ReadonlySet<string | null>>;
  outcomes: ReadonlyMap<string, Modality>;
  isMember: (network: string, body: string) => boolean;
  /** Whether one body hosts another. */
  isHost: (host: string, hosted: string) => boolean;
}

/** So many steps back are taken at most for one payment. */
const MOST_STEPS = 2000;

/**
 * The route of a payment's money from where it came into the records to its receiver. Its provider, unless
 * it is a source itself, stands between, and so does whoever stands between it and the sources. Money that
 * came by several routes is mixed; if one of them is unknown, or goes back further than was looked, all is.
 */
export const routeTo = (
  receiver: string,
  provider: string,
  { payers, outcomes, isMember, isHost }: Upstream,
): Route => {
  const routes = new Set<Route>();
  let steps = 0;
  const note = (source: string | null, between: readonly string[]) => {
    const bodies = [source, ...between, receiver];
    const path = bodies.map((id, place): Station => {
      const next = bodies[place + 1];
      return { id, host: id !== null && typeof next === 'string' && isHost(id, next) };
    });
    routes.add(routeOf(path, outcomes, isMember).route);
  };
  /** @param between the bodies after this one, the nearest to it first. */
  const goBack = (body: string, between: readonly string[]): void => {
    if (routes.has(Route.UNKNOWN)) return;
    steps += 1;
    const paidBy = payers.get(body);
    if (paidBy === undefined || steps > MOST_STEPS) routes.add(Route.UNKNOWN);
    else if (paidBy.size === 0) note(body, between);
    else {
      const further = [body, ...between];
      // Which source it was makes no difference to what stands between.
      let noted = false;
      for (const payer of paidBy) {
        if (payer === null) note(null, further);
        else if (payers.get(payer)?.size === 0) {
          if (!noted) note(payer, further);
          noted = true;
        } else if (!further.includes(payer) && payer !== receiver) goBack(payer, further);
      }
    }
  };
  goBack(provider, []);
  const [only, second] = routes;
  if (only === undefined || routes.has(Route.UNKNOWN)) return Route.UNKNOWN;
  return second === undefined ? only : Route.MIXED;
};
