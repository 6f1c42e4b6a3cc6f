import { IN_THE_BODY } from './behaviours-body';
import { IN_THE_VALUES } from './behaviours-values';
import { ON_THE_WIRE } from './behaviours-wire';

/** Everything that a partner can do, as far as somebody thought of it. */
export const BEHAVIOURS = [...ON_THE_WIRE, ...IN_THE_BODY, ...IN_THE_VALUES];
