import type { Finding, Trust } from '../../partners';
import { type DataFlow, dataFlowOf } from '../ownership/data-flow';
import { createFinding } from '../ownership/finding';
import type { OwnershipPolicy } from '../ownership/policy';

const newIn = (flows: readonly DataFlow[], before: readonly DataFlow[], kind: DataFlow['kind']) => {
  const known = new Set(before.map(({ coordinate }) => coordinate));
  return flows.filter((flow) => flow.kind === kind && !known.has(flow.coordinate));
};

/**
 * Why a steward has to approve a publication, by what the policy says of the partner's trust.
 * @param current the partner's schema that is served; null if none is.
 */
export const stewardFindings = (
  policy: OwnershipPolicy,
  trust: Trust,
  flows: readonly DataFlow[],
  current: string | null,
): Finding[] => {
  const before = current === null ? [] : dataFlowOf(policy, current);
  return policy.trust[trust].stewardFor.flatMap((reason): Finding[] => {
    switch (reason) {
      case 'EVERY_PUBLICATION': {
        const message = 'Of this partner a steward approves every publication.';
        return [createFinding('STEWARD_EVERY_PUBLICATION', null, message)];
      }
      case 'FIRST_PUBLICATION': {
        const message = 'This is the first publication of this partner.';
        return current === null ? [createFinding('STEWARD_FIRST_PUBLICATION', null, message)] : [];
      }
      case 'NEW_ENTITY':
        return newIn(flows, before, 'KEY').map(({ coordinate, says }) =>
          createFinding('STEWARD_NEW_ENTITY', null, says, coordinate),
        );
      case 'MORE_DATA':
        return newIn(flows, before, 'REQUIRED').map(({ coordinate, says }) =>
          createFinding('STEWARD_MORE_DATA', null, says, coordinate),
        );
    }
  });
};
