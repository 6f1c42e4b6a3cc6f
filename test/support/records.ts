import type { NewRecord } from '../../subgraphs/shared/records';
import { Visibility } from '../../subgraphs/shared/viewer';

/** A public record with these columns. */
export const aRecord = (
  recordId: string,
  values: NewRecord['values'],
  more: Partial<NewRecord> = {},
): NewRecord => ({
  recordId,
  visibility: Visibility.PUBLIC,
  licence: 'CC0',
  values,
  ...more,
});
