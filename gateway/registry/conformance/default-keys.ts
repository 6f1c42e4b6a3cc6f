/** Bodies of the built-in data, for subgraphs whose root fields lead to none. */
export const BUILTIN_KEYS: Readonly<Record<string, readonly string[]>> = {
  Organisation: ['PG-FICTIONAL-0002', 'PG-FICTIONAL-0008', 'PG-FICTIONAL-0009', 'PG-GPPAC'],
  Network: ['PG-FICTIONAL-0009', 'PG-GPPAC'],
  Country: ['QM', 'QN', 'KE', 'CO'],
};
