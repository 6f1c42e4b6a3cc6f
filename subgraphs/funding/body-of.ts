import type { FundingContext } from './context';
import type { FundedOrganisation } from './organisation';

/** The body that a record names by a key, or null: nobody is named, or nobody whom the viewer may see. */
export const bodyOf = async (
  key: string | null,
  { bodies }: FundingContext,
): Promise<FundedOrganisation | null> => {
  const id = key === null ? null : await bodies.idOf.load(key);
  return id === null ? null : { id };
};
