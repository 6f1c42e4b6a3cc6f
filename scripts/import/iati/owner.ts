import { type Bounds, faultOfReport, faultOfReporters } from '../bounds';
import { attributeOf, childOf, type Element, wordsIn } from './element';

/** Why an activity or a body's own file is not for a partner to report; null if it is. */
export const faultOfOwner = (element: Element, bounds: Bounds): string | null => {
  const reporter = attributeOf(childOf(element, 'reporting-org'), 'ref');
  if (element.name !== 'iati-organisation')
    return faultOfReport(bounds, [reporter], wordsIn(childOf(element, 'iati-identifier')));
  const body = wordsIn(
    childOf(element, 'organisation-identifier') ?? childOf(element, 'iati-identifier'),
  );
  return faultOfReporters(bounds, [reporter, body]);
};
