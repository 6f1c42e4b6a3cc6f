/** A side of a flow, as its columns are named. */
export type Side = 'provider' | 'receiver';
export const OTHER_SIDE: Record<Side, Side> = { provider: 'receiver', receiver: 'provider' };

/** As SQL: the month, `YYYY-MM`, at whose rate a flow is converted: that of its value date, else of its date. */
export const MONTH = 'substr(coalesce(flows.value_date, flows.date), 1, 7)';
