import type { Trust } from '../partners';
import type { NewEvent } from './event';
import { BadInput, Conflict, NotFound, partnerIn } from './faults';
import type { Ledger } from './ledger';
import type { FaultOfName, Own } from './parts';
import type { State } from './state';

/** What stewards, and partners for themselves, decide without a check. */
export const createStewardship = ({
  ledger,
  own,
  faultOfName,
  served,
}: {
  ledger: Ledger;
  own: Own;
  faultOfName: FaultOfName;
  served: () => Promise<void>;
}) => {
  /** Notes one event, decided on the newest state, and waits until what follows is served. */
  const note = async (actor: string, decide: (state: State) => NewEvent | null): Promise<void> => {
    await ledger.append(actor, (state) => {
      const event = decide(state);
      return { events: event ? [event] : [] };
    });
    await served();
  };

  return {
    add: (actor: string, name: string, trust: Trust): Promise<void> =>
      note(actor, ({ partners }) => {
        const fault = faultOfName(name, [...own.names, ...partners.keys()]);
        if (fault !== null) throw new BadInput(fault);
        return { kind: 'PARTNER_ADDED', partner: name, payload: { trust } };
      }),

    setTrust: (actor: string, name: string, trust: Trust): Promise<void> =>
      note(actor, (state) => {
        if (partnerIn(state, name).trust === trust) return null;
        return { kind: 'TRUST_SET', partner: name, payload: { trust } };
      }),

    /** Refuses a version that waits for a steward. */
    refuse: (actor: string, name: string, version: number, reason: string | null): Promise<void> =>
      note(actor, (state) => {
        if (partnerIn(state, name).pending !== version)
          throw new Conflict(`Version ${version} of ${name} does not wait for a steward.`);
        const payload = { by: 'STEWARD' as const, version, reason, findings: [] };
        return { kind: 'PUBLICATION_REFUSED', partner: name, payload };
      }),

    /** Takes a partner out of the graph; what it publishes later is a new beginning. */
    retire: (actor: string, name: string, reason: string | null): Promise<void> =>
      note(actor, (state) => {
        if (partnerIn(state, name).retired) throw new Conflict(`${name} is retired already.`);
        return { kind: 'RETIRED', partner: name, payload: { reason } };
      }),

    /** Keeps a partner from being asked; its fields stand, and are empty. */
    quarantine: (actor: string, name: string, reason: string): Promise<void> =>
      note(actor, (state) => {
        if (partnerIn(state, name).quarantine) return null;
        return { kind: 'QUARANTINED', partner: name, payload: { reason } };
      }),

    /** Ends a quarantine, and tries again what was set aside as incompatible. */
    readmit: (actor: string, name: string): Promise<void> =>
      note(actor, (state) => {
        partnerIn(state, name);
        return { kind: 'READMITTED', partner: name, payload: {} };
      }),

    /** Puts the partners of an earlier supergraph in force again, and no others. */
    rollBackAll: (actor: string, number: number): Promise<void> =>
      note(actor, ({ compositions }) => {
        if (!compositions[number - 1]) throw new NotFound(`There is no supergraph ${number}.`);
        return {
          kind: 'SUPERGRAPH_ROLLED_BACK',
          partner: null,
          payload: { supergraph: number },
        };
      }),
  };
};
