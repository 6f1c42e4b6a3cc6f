import type { Finding } from '../partners';
import { checkAnswerKey, checkRoom, createQueue, keptReport } from './admission';
import type { Members, NewEvent, Proposal } from './event';
import { sha256 } from './chain';
import { Conflict, NotFound, partnerIn } from './faults';
import type { Ledger } from './ledger';
import type { FieldUsage } from './check/usage';
import type { Canary, CheckPublication, Compose, Composed, Own } from './parts';
import { type Publication, subgraphOf, subgraphsOf } from './publications';
import { keyOf, membersOf, type State } from './state';

/** What publishing needs from the parts around it. */
export interface PublishingParts {
  ledger: Ledger;
  own: Own;
  check: CheckPublication;
  canary: Canary;
  compose: Compose;
  usage: () => Promise<readonly FieldUsage[]>;
  /** Resolves when this process serves what is in force; at once where it serves nothing. */
  served: () => Promise<void>;
}

/** What checks say of a publication. */
export interface CheckOutcome {
  status: 'PASSED' | 'NEEDS_STEWARD' | 'FAILED';
  findings: readonly Finding[];
  dataFlow: readonly string[];
}

/** What became of a publication. */
export interface PublishOutcome {
  status: 'PUBLISHED' | 'PENDING' | 'REFUSED';
  /** Null where it is refused before it has one. */
  version: number | null;
  findings: readonly Finding[];
  dataFlow: readonly string[];
}

/** So often others may publish while one is checked. */
const TRIES = 5;
/** In the log, which is for good; whoever publishes is told all of them. */
const MOST_FINDINGS = 10;

/** Others have published meanwhile, so that what was composed is not what would be served. */
class Moved extends Error {}

const verdictOf = (findings: readonly Finding[]): CheckOutcome['status'] => {
  if (findings.some(({ severity }) => severity === 'ERROR')) return 'FAILED';
  return findings.some(({ severity }) => severity === 'STEWARD') ? 'NEEDS_STEWARD' : 'PASSED';
};

const withMember = (others: Members, name: string, version: number): Members =>
  [...others, [name, version] as const].sort(([a], [b]) => (a < b ? -1 : 1));

/** That a supergraph was composed, unless the log has it. */
const recorded = (
  state: State,
  own: Own,
  partners: Members,
  { supergraphSdl, apiSdl }: Composed,
): { events: NewEvent[]; texts: string[] } => {
  if (state.byKey.has(keyOf(own.id, partners))) return { events: [], texts: [] };
  const texts = [supergraphSdl, apiSdl];
  const [supergraph, api] = [sha256(supergraphSdl), sha256(apiSdl)];
  const payload = { own: own.id, partners, supergraph, api };
  return { events: [{ kind: 'COMPOSED', partner: null, payload }], texts };
};

/** The way of a publication: checks, a steward where policy says so, the canary, and then in force. */
export const createPublishing = (parts: PublishingParts) => {
  const { ledger, own, canary, compose, served } = parts;
  const inTurn = createQueue();
  const othersOf = (state: State, name: string) =>
    membersOf(state, own.id).filter(([other]) => other !== name);

  const check = async (name: string, sdl: string) => {
    const state = await ledger.refresh();
    const partner = partnerIn(state, name);
    const { trust } = partner;
    const others = othersOf(state, name);
    const inForce: Members = partner.inForce === null ? [] : [[name, partner.inForce]];
    const served = state.byKey.get(keyOf(own.id, membersOf(state, own.id)));
    const [[previous = null], beside, usage, servedApiSdl] = await Promise.all([
      subgraphsOf(ledger, state, inForce),
      subgraphsOf(ledger, state, others),
      parts.usage(),
      served ? ledger.text(served.api) : null,
    ]);
    const around = { previous, others: beside, usage, servedApiSdl };
    return { others, ...(await parts.check({ partner: { name, trust }, sdl, ...around })) };
  };
  type Checked = Awaited<ReturnType<typeof check>>;

  const refuse = async (
    actor: string,
    name: string,
    by: 'CHECK' | 'CANARY',
    version: number | null,
    { findings, dataFlow }: Pick<Checked, 'findings' | 'dataFlow'>,
  ): Promise<PublishOutcome> => {
    const payload = { by, version, reason: null, findings: findings.slice(0, MOST_FINDINGS) };
    await ledger.append(actor, () => ({
      events: [{ kind: 'PUBLICATION_REFUSED', partner: name, payload }],
    }));
    return { status: 'REFUSED', version, findings, dataFlow };
  };

  /** @param pending the version that a steward lets pass; null: the partner's next. */
  const putInForce = async (
    actor: string,
    name: string,
    given: Omit<Proposal, 'version' | 'sdl'> & { sdl: string },
    pending: number | null,
    checked: Checked,
  ): Promise<PublishOutcome> => {
    const { supergraphSdl, apiSdl, others, findings, dataFlow } = checked;
    if (supergraphSdl === null || apiSdl === null)
      throw new Error('A publication without an error was not composed.');
    const now = partnerIn(await ledger.refresh(), name);
    const tried = await canary(
      subgraphOf(now, { ...given, version: pending ?? now.versions.size + 1 }, given.sdl),
    );
    const all = { findings: [...findings, ...tried.findings], dataFlow };
    if (!tried.passed) return refuse(actor, name, 'CANARY', pending, all);
    let version = 0;
    await ledger.append(actor, (state) => {
      const partner = partnerIn(state, name);
      if (keyOf(own.id, othersOf(state, name)) !== keyOf(own.id, others)) throw new Moved();
      if (pending !== null && partner.pending !== pending)
        throw new Conflict(`Version ${pending} of ${name} does not wait any more.`);
      version = pending ?? partner.versions.size + 1;
      const members = withMember(others, name, version);
      const composed = recorded(state, own, members, { supergraphSdl, apiSdl });
      const published: Proposal = { ...given, version, sdl: sha256(given.sdl) };
      return {
        events: [
          ...(pending === null
            ? []
            : [{ kind: 'APPROVED' as const, partner: name, payload: { version } }]),
          {
            kind: 'PUBLISHED',
            partner: name,
            payload: { ...published, canary: keptReport(tried.report) },
          },
          ...composed.events,
        ],
        texts: [given.sdl, ...composed.texts],
      };
    });
    await served();
    return { status: 'PUBLISHED', version, ...all };
  };

  /** Begins anew where others were faster. */
  const unmoved = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Moved)) throw error;
        if (tries === TRIES)
          throw new Conflict('Others publish all the while. Nothing was changed; try again.');
      }
    }
  };

  return {
    check: (name: string, { sdl }: Pick<Publication, 'sdl'>): Promise<CheckOutcome> =>
      inTurn(async () => {
        const { findings, dataFlow } = await check(name, sdl);
        return { status: verdictOf(findings), findings, dataFlow };
      }),

    publish: (actor: string, name: string, publication: Publication): Promise<PublishOutcome> =>
      inTurn(() =>
        unmoved(async () => {
          const { url, sdl, licence = null, answerKey = null } = publication;
          checkAnswerKey(answerKey);
          checkRoom(partnerIn(await ledger.refresh(), name));
          const checked = await check(name, sdl);
          const verdict = verdictOf(checked.findings);
          if (verdict === 'FAILED') return refuse(actor, name, 'CHECK', null, checked);
          const given = { url, sdl, licence, answerKey };
          if (verdict === 'PASSED') return putInForce(actor, name, given, null, checked);
          const { findings, dataFlow } = checked;
          let version = 0;
          await ledger.append(actor, (state) => {
            version = partnerIn(state, name).versions.size + 1;
            const first = findings.slice(0, MOST_FINDINGS);
            const payload = { ...given, version, sdl: sha256(sdl), findings: first };
            return { events: [{ kind: 'PROPOSED', partner: name, payload }], texts: [sdl] };
          });
          return { status: 'PENDING', version, findings, dataFlow };
        }),
      ),

    /** A steward lets a pending version pass: it is checked again, tried, and in force. */
    approve: (actor: string, name: string, version: number): Promise<PublishOutcome> =>
      inTurn(() =>
        unmoved(async () => {
          const partner = partnerIn(await ledger.refresh(), name);
          const proposal = partner.versions.get(version);
          if (!proposal || partner.pending !== version)
            throw new Conflict(`Version ${version} of ${name} does not wait for a steward.`);
          const { url, licence, answerKey } = proposal;
          const sdl = await ledger.text(proposal.sdl);
          const checked = await check(name, sdl);
          if (verdictOf(checked.findings) === 'FAILED')
            return refuse(actor, name, 'CHECK', version, checked);
          return putInForce(actor, name, { url, sdl, licence, answerKey }, version, checked);
        }),
      ),

    /**
     * Puts an earlier version of a partner in force again.
     * @param version default: the one before that which is in force.
     */
    rollBack: (actor: string, name: string, version: number | null): Promise<{ version: number }> =>
      inTurn(() =>
        unmoved(async () => {
          const state = await ledger.refresh();
          const { versions, inForce } = partnerIn(state, name);
          if (inForce === null) throw new Conflict(`Nothing of ${name} is in force.`);
          // What came later comes back by being published, and so checked, again.
          const former = [...versions.values()].filter(
            (one) => one.publishedAt !== null && one.version < inForce,
          );
          const target =
            version === null ? former.at(-1) : former.find((one) => one.version === version);
          if (!target)
            throw new NotFound(
              `${name} has no ${version === null ? 'earlier version' : `version ${version} before ${inForce}`} that was in force.`,
            );
          const others = othersOf(state, name);
          const members = withMember(others, name, target.version);
          const composed = state.byKey.has(keyOf(own.id, members))
            ? null
            : await compose(await subgraphsOf(ledger, state, members));
          if (composed?.status === 'failed')
            throw new Conflict(
              `Version ${target.version} of ${name} does not compose any more: ${composed.reasons.join(' ')}`,
            );
          await ledger.append(actor, (now) => {
            if (keyOf(own.id, othersOf(now, name)) !== keyOf(own.id, others)) throw new Moved();
            const payload = { version: target.version };
            const more = composed
              ? recorded(now, own, members, composed)
              : { events: [], texts: [] };
            return {
              events: [{ kind: 'ROLLED_BACK', partner: name, payload }, ...more.events],
              texts: more.texts,
            };
          });
          await served();
          return { version: target.version };
        }),
      ),
  };
};
