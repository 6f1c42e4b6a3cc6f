const COUNCIL = /^S\/RES\/(\d{1,4})(?:\((\d{4})\))?$/;

/**
 * A UN document symbol in the form by which symbols are compared: upper case, no spaces, and for
 * resolutions of the Security Council without the year, since their numbers run on since 1946:
 * `s/res/2282 (2016)` is `S/RES/2282`. The General Assembly's old form keeps its session: `3363(XXX)`.
 */
export const normaliseSymbol = (raw: string): string => {
  const symbol = raw.normalize('NFC').replace(/\s+/g, '').toUpperCase();
  const council = COUNCIL.exec(symbol);
  return council ? `S/RES/${Number(council[1])}` : symbol;
};
