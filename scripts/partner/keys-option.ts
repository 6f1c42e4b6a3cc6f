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
