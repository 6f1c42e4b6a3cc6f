import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';

const TEMPLATES = path.join(__dirname, '../../../scripts/partner/templates');
const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0;
if (!HAS_PYTHON) console.warn('\nNOT TESTED IN PYTHON: there is no python3 here.\n');

const IDS = ['PG-FICTIONAL-0008', 'PG-FICTIONAL-0009', 'PG-FICTIONAL-0002', 'unknown', ''];
const variables = {
  few: 2,
  yes: true,
  representations: IDS.map((id) => ({ __typename: 'Organisation', id })),
};
const DECLARED =
  '($few: Int, $yes: Boolean!, $no: Boolean = false, $representations: [_Any!]!, $absent: Int)';
const FRAGMENTS =
  'fragment TrainingParts on ExamplePartner_Training { people c: form host { ...OrganisationParts } } fragment OrganisationParts on Organisation { id n: examplePartner_people }';
/** Uses every variable and fragment, as the rules of GraphQL want it. */
const USED =
  'u: _entities(representations: $representations) @skip(if: $yes) { ... on Organisation { id } } v: examplePartner_trainings(first: $few) @include(if: $no) { ...TrainingParts } w: examplePartner_trainings(first: $absent) @skip(if: $yes) { id }';

const leaf = (...fields: string[]) =>
  fc
    .tuple(
      fc.constantFrom('', '', '', 'field_', 'field_', 'a: '),
      fc.constantFrom('__typename', ...fields),
      fc.constantFrom('', '', '', ' @skip(if: $no)', ' @include(if: $yes)', ' @include(if: false)'),
    )
    .map(([alias, field, end]) => `${alias.replace('field_', `x_${field}: `)}${field}${end}`);
/** Selections of a type, in all the ways in which they can be written. */
const selections = (type: string, parts: string, one: fc.Arbitrary<string>) =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: one },
        { weight: 1, arbitrary: one.map((inner) => `... on ${type} { ${inner} }`) },
        { weight: 1, arbitrary: one.map((inner) => `... @include(if: $yes) { ${inner} }`) },
        { weight: 1, arbitrary: fc.constant(`...${parts}`) },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) => `{ ${all.join(' ')} }`);
const { training, organisation } = fc.letrec<{ training: string; organisation: string }>((tie) => ({
  training: selections(
    'ExamplePartner_Training',
    'TrainingParts',
    fc.oneof(
      { depthSize: 'small' },
      leaf('id', 'title', 'startsOn', 'people', 'form'),
      tie('organisation').map((inner) => `host ${inner}`),
    ),
  ),
  organisation: selections(
    'Organisation',
    'OrganisationParts',
    fc.oneof(
      { depthSize: 'small' },
      leaf('id', 'examplePartner_people'),
      tie('training').map((inner) => `examplePartner_trainings ${inner}`),
    ),
  ),
}));
const FIRST = [
  '',
  '(first: 2)',
  '(first: $few)',
  '(first: $absent)',
  '(first: null)',
  '(first: -1)',
];
const query = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...FIRST), training)
        .map(([first, inner]) => `examplePartner_trainings${first} ${inner}`),
      organisation.map(
        (inner) =>
          `_entities(representations: $representations) { __typename ... on Organisation ${inner} }`,
      ),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((roots) => `query Asked${DECLARED} { ${roots.join(' ')} ${USED} } ${FRAGMENTS}`);

const IN_NODE = `
  import { readFileSync } from 'node:fs';
  import { createPartnerServer } from './server.mjs';
  const server = createPartnerServer({ verifier: null }).listen(0, '127.0.0.1', async () => {
    const url = 'http://127.0.0.1:' + server.address().port + '/graphql';
    const answers = [];
    for (const one of JSON.parse(readFileSync(0, 'utf8')))
      answers.push(await (await fetch(url, { method: 'POST', body: JSON.stringify(one) })).json());
    console.log(JSON.stringify(answers));
    server.close();
  });
`;
const IN_PYTHON = `
import json, sys
from server import answer_query
print(json.dumps([answer_query(one["query"], one["variables"]) for one in json.load(sys.stdin)]))
`;

const answersOf = (program: string, args: string[], language: string, queries: string[]) => {
  const input = JSON.stringify(queries.map((one) => ({ query: one, variables })));
  const cwd = path.join(TEMPLATES, language);
  const said = execFileSync(program, args, { cwd, input, maxBuffer: 1e8 }).toString();
  return JSON.parse(said) as { data?: unknown; errors?: unknown[] }[];
};

(HAS_PYTHON ? it : it.skip)('the example in Python answers what the one in Node does', () => {
  const queries = fc.sample(query, { numRuns: 300, seed: 7 });
  const inNode = answersOf(
    process.execPath,
    ['--input-type=module', '-e', IN_NODE],
    'node',
    queries,
  );
  const inPython = answersOf('python3', ['-B', '-c', IN_PYTHON], 'python', queries);
  // Two fields under one name are refused by both, but by the library in parts that are left out too.
  const answered = queries.flatMap((asked, place) =>
    inNode[place]?.data ? [{ asked, node: inNode[place], python: inPython[place] }] : [],
  );
  expect(answered.length).toBeGreaterThan(queries.length / 2);
  for (const { asked, node, python } of answered) expect([asked, python]).toEqual([asked, node]);
});
