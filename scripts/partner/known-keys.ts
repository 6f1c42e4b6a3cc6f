/** Bodies of the built-in data, for subgraphs whose root fields lead to none. */
export const BUILTIN_KEYS: Readonly<Record<string, readonly string[]>> = {
  Organisation: ['PG-FICTIONAL-0002', 'PG-FICTIONAL-0008', 'PG-FICTIONAL-0009', 'PG-GPPAC'],
  Network: ['PG-FICTIONAL-0009', 'PG-GPPAC'],
  Country: ['QM', 'QN', 'KE', 'CO'],
};

/**
 * Keys of entities as a person writes them: `Organisation:PG-GPPAC,XM-DAC-7`.
 * @throws Error for anything else.
 */
export const readKeysOption = (texts: readonly string[]): Record<string, string[]> => {
  const keys: Record<string, string[]> = {};
  for (const text of texts) {
    const [, type, list] = /^([A-Za-z_]\w*(?:\.\w+)?):(.+)$/.exec(text) ?? [];
    if (type === undefined || list === undefined)
      throw new Error(`“${text}” names no keys; write them as Organisation:PG-GPPAC,XM-DAC-7.`);
    (keys[type] ??= []).push(...list.split(','));
  }
  return keys;
};
