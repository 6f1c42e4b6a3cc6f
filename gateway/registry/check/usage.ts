/** For how long a field counts as used after somebody asked for it. */
export const USAGE_DAYS = 30;

/** Which operations of clients asked for a field in the last {@link USAGE_DAYS} days. */
export interface FieldUsage {
  /** `Organisation.willowWeb_events`. */
  readonly coordinate: string;
  /** By their names as clients sent them, and how often. */
  readonly operations: readonly { readonly name: string; readonly count: number }[];
}
