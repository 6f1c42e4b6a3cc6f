import type { Finding } from '../../../partners';
import { type Answer, answerOf, type Bench, type Check, finding, shown } from '../bench';
import { signedRequest } from '../requests';

/** What a program’s inside looks like. */
const INSIDE =
  /\n\s+at .+:\d+|Traceback \(most recent|\bnode_modules\b|SQLSTATE|SQLITE_|\.py", line/;
const WRONG: readonly [what: string, body: string][] = [
  ['a query that is no GraphQL', JSON.stringify({ query: '{' })],
  ['a field that is not there', JSON.stringify({ query: '{ conformance_no_such_field }' })],
  [
    'an operation that is not there',
    JSON.stringify({ query: '{ __typename }', operationName: 'x' }),
  ],
  ['a body that is no JSON', '{"query":'],
  ['a body without a query', '{}'],
  [
    'an entity that is not there',
    JSON.stringify({
      query:
        '{ _entities(representations: [{ __typename: "ConformanceNothing", id: "1" }]) { __typename } }',
    }),
  ],
];

const judge = (what: string, { status, data, errors, problem }: Answer): Finding[] => {
  const advice =
    'Answer JSON with `errors`, each with a `message` for the reader, and no more of your program.';
  if (problem !== null)
    return [finding('ERROR_FORM', `To ${what} it gives no answer of GraphQL: ${problem}`, advice)];
  if (status >= 500)
    return [
      finding(
        'ERROR_STATUS',
        `${what} ends with the status ${status}.`,
        'A wrong question is the asker’s fault: answer 400, or 200 with `errors`.',
      ),
    ];
  // A list of nothing is what federation says of an entity that is not there.
  const something = Object.values(data ?? {}).some(
    (value) => value !== null && !(Array.isArray(value) && value.every((one) => one === null)),
  );
  if (errors === null && something)
    return [finding('ERROR_MISSING', `${what} is answered as if it were right.`, advice)];
  if (errors?.some((error) => typeof (error as { message?: unknown } | null)?.message !== 'string'))
    return [
      finding('ERROR_FORM', `Its error for ${what} has no message: ${shown(errors[0])}.`, advice),
    ];
  return INSIDE.test(JSON.stringify(errors).replaceAll('\\n', '\n').replaceAll('\\"', '"'))
    ? [finding('ERROR_TELLS', `Its error for ${what} shows the inside of its program.`, advice)]
    : [];
};

/** Wrong questions are answered in words, and as JSON. */
export const errorsCheck: Check = {
  id: 'errors',
  title: 'Wrong questions are refused as JSON',
  run: async ({ addressee, send }: Bench) => {
    const findings: Finding[] = [];
    for (const [what, body] of WRONG)
      findings.push(...judge(what, answerOf(await send(signedRequest(addressee, body)), 0)));
    return { says: `${WRONG.length} of them`, findings };
  },
};
