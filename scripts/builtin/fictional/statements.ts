import type { SourceRecord, StatementRecord } from '../../import/statements/record';
import { Agenda } from '../../../subgraphs/shared/vocabulary';
import { bodiesOf, type Body, type Cast, COUNTRIES, donorsOf } from './cast';
import { fictionalGatherings } from './gatherings';
import { CITATION, createNumbering } from './pen';
import type { Random } from './random';
import { fictionalRelations } from './relations';
import { fictionalYears } from './years';

const describe = (body: Body): StatementRecord => ({
  kind: 'organisation',
  id: `organisation-${body.id}`,
  organisation: body.id,
  organisationName: body.name,
  aliases: [
    body.name
      .replace(' (fictional)', '')
      .split(/[^\p{L}\d]+/u)
      .map((word) => word.slice(0, 1).toUpperCase())
      .join(''),
  ],
  organisationKind: body.kind,
  legalForm: body.legalForm,
  country: body.country,
  city: body.city,
  founded: body.founded,
  ...(body.dissolved ? { dissolved: body.dissolved } : {}),
  url: `https://fictional.example/${body.id}`,
  assertedOn: '2026-06-30',
  themes: body.themes,
  constituencies: body.constituencies,
  languages: COUNTRIES.filter(({ code }) => code === body.country).map(({ language }) => language),
});

/** All that the made-up world says in statements, its source first. */
export function* fictionalStatements(
  source: SourceRecord,
  cast: Cast,
  random: Random,
): Generator<StatementRecord> {
  const pen = { random, numbered: createNumbering() };
  yield source;
  for (const body of donorsOf(cast)) yield describe(body);
  const document = (symbol: string, title: string, more: object) => ({
    kind: 'policy-document' as const,
    id: symbol,
    symbol,
    title: `${title} (fictional)`,
    organ: 'Assembly of the Fictional Lands',
    citation: CITATION,
    ...more,
  });
  yield document('PG/RES/1 (2020)', 'Imagined women and imagined peace', {
    agenda: [Agenda.WPS],
    adoptedOn: '2020-10-29',
    meeting: 'PG/PV.1',
  });
  yield {
    ...document('PG/RES/1 (2020)', 'Imagined women and imagined peace', {
      agenda: [Agenda.WPS],
      adoptedOn: '2020-10-30',
    }),
    id: 'PG/RES/1 (2020), as somebody else has it',
  };
  yield document('PG/RES/2 (2021)', 'Imagined youth and imagined peace', {
    agenda: [Agenda.YPS, Agenda.PEACEBUILDING],
    adoptedOn: '2021-12-09',
    twin: 'PG/A/2 (2021)',
    recalls: ['PG/RES/1 (2020)'],
  });
  yield document('PG/A/2 (2021)', 'Imagined youth and imagined peace, the other organ’s text', {
    agenda: [Agenda.YPS],
    adoptedOn: '2021-12-09',
    twin: 'PG/RES/2 (2021)',
  });
  for (const hood of cast.neighbourhoods) {
    for (const body of bodiesOf(hood)) yield describe(body);
    yield* fictionalRelations(pen, hood, cast);
    yield* fictionalGatherings(pen, hood, cast);
    yield* fictionalYears(pen, hood);
  }
}
