/** How many rows a list gives where nothing is asked. */
export const DEFAULT_PAGE = 50;

/** How many rows a list gives at most, whatever is asked. */
export const MOST_AT_ONCE = 500;
