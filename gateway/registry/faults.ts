import { BadInput, PublicError } from '../../subgraphs/shared/errors';
import type { PartnerState, State } from './state';

export { BadInput };

/** There is nothing of this name or number. */
export class NotFound extends PublicError {
  constructor(message: string) {
    super('NOT_FOUND', message);
    this.name = 'NotFound';
  }
}

/** What is there does not allow it. */
export class Conflict extends PublicError {
  constructor(message: string) {
    super('CONFLICT', message);
    this.name = 'Conflict';
  }
}

/** The partner of a name. @throws NotFound */
export const partnerIn = ({ partners }: State, name: string): PartnerState => {
  const partner = partners.get(name);
  if (!partner) throw new NotFound(`There is no partner ${JSON.stringify(name.slice(0, 40))}.`);
  return partner;
};
