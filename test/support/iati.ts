import type { Graph } from '../../gateway/graph';
import { importIati } from '../../scripts/import/iati/import';
import type { Input } from '../../scripts/import/inputs';

/** A file that is only a text. */
export const inputOf = (text: string, name = 'test.xml'): Input => ({
  name,
  size: null,
  open: async () =>
    (async function* () {
      yield Buffer.from(text);
    })(),
});

/** An IATI 2.03 activity file of these activities. */
export const activityFile = (...activities: string[]): string =>
  `<?xml version="1.0"?>\n<iati-activities version="2.03">\n${activities.join('\n')}\n</iati-activities>`;

/** An activity of a reporter, by default in US dollars. */
export const anActivity = (id: string, reporter: string, inside = '', attributes = ''): string =>
  `<iati-activity default-currency="USD" ${attributes}><iati-identifier>${id}</iati-identifier>
   <reporting-org ref="${reporter}" type="21"><narrative>Reporter ${reporter}</narrative></reporting-org>
   <title><narrative>Title of ${id}</narrative></title>${inside}</iati-activity>`;

/** A transaction with a type, an amount and whatever else. */
export const aTransaction = (
  type: string,
  value: string,
  inside = '',
  date = '2020-05-01',
): string =>
  `<transaction><transaction-type code="${type}"/><transaction-date iso-date="${date}"/>
   <value value-date="${date}">${value}</value>${inside}</transaction>`;

/** Imports a text as an edition of a source. */
export const importXml = (graph: Graph, text: string, sourceId = 'src', retrievedAt?: string) =>
  importIati(graph, inputOf(text), {
    sourceId,
    retrievedAt: retrievedAt ?? '2026-01-01T00:00:00.000Z',
  });
