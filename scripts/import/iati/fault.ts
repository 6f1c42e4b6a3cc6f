import type { Element } from './element';

/** What went wrong in one element, before file and record are known. */
export interface Fault {
  element: Element;
  status: 'REJECTED' | 'NOTED';
  code: string;
  reason: string;
}
