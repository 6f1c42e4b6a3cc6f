import type { JsonObject } from '../json';

/** Names have `, ` in them (`Germany, Government of`); lists are joined by a comma alone. */
const listOf = (cell: string): string[] => cell.split(/,(?=\S)/).filter((item) => item !== '');

const NAMED_TYPES = [
  ['Location', 'Locations'],
  ['Emergency', 'Emergency'],
  ['GlobalCluster', 'GlobalClusters'],
] as const;

const SCALARS = [
  ...['id', 'amountUSD', 'budgetYear', 'contributionType', 'date', 'decisionDate', 'description'],
  ...['exchangeRate', 'firstReportedDate', 'flowType', 'method', 'status', 'originalAmount'],
  ...['originalCurrency', 'boundary', 'onBoundary', 'refCode'],
];

/** One side of a row as objects; the table has no numbers but of plans, and of years the first and last. */
const objectsOf = (cell: (name: string) => string, side: 'src' | 'dest'): JsonObject[] => {
  const objects: JsonObject[] = [];
  const plan = cell(`${side}Plan`);
  if (plan !== '')
    objects.push({
      type: 'Plan',
      name: plan,
      id: cell(`${side}PlanId`) || null,
      code: cell(`${side}PlanCode`) || null,
    });
  const types = listOf(cell(`${side}OrganizationTypes`));
  for (const name of listOf(cell(`${side}Organization`)))
    objects.push({ type: 'Organization', name, organizationTypes: types });
  for (const [type, column] of NAMED_TYPES)
    for (const name of listOf(cell(`${side}${column}`))) objects.push({ type, name });
  const project = cell(`${side}Project`);
  if (project !== '')
    objects.push({ type: 'Project', name: project, code: cell(`${side}ProjectCode`) || null });
  const years = ['Start', 'End'].map((end) => cell(`${side}UsageYear${end}`));
  for (const name of new Set(years)) if (name !== '') objects.push({ type: 'UsageYear', name });
  return objects;
};

/** A row of HDX's table of FTS flows as the JSON of FTS would have it. */
export const flowOfRow = (header: readonly string[], cells: readonly string[]): JsonObject => {
  const values = new Map(header.map((name, index) => [name, cells[index] ?? '']));
  const cell = (name: string) => values.get(name) ?? '';
  const scalars = SCALARS.map((name) => [name, cell(name) === '' ? null : cell(name)] as const);
  return {
    ...Object.fromEntries(scalars),
    keywords: listOf(cell('keywords')),
    sourceObjects: objectsOf(cell, 'src'),
    destinationObjects: objectsOf(cell, 'dest'),
  };
};
