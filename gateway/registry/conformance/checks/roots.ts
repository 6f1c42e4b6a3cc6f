import { getNamedType, isObjectType } from 'graphql';
import type { Finding } from '../../../partners';
import { type Bench, type Check, finding, messageOf } from '../bench';
import { type Selection, selectionOf, textOf } from '../selection';
import { createValueChecks } from '../values';

const DEPTH = 3;
const FIELDS = 60;
const MOST_ROOTS = 20;

/** Refusals of a question that cannot be asked without knowing more. */
const isAboutInput = (error: unknown): boolean =>
  (error as { extensions?: { code?: unknown } } | null)?.extensions?.code === 'BAD_USER_INPUT';

/** Root fields answer what the schema says. */
export const rootsCheck: Check = {
  id: 'roots',
  title: 'Root fields answer what the schema says',
  run: async ({ schema, ask }: Bench) => {
    const query = schema.getQueryType();
    const roots = query
      ? [...selectionOf(query, DEPTH, { fields: Infinity })].slice(0, MOST_ROOTS)
      : [];
    const values = createValueChecks();
    const failed: Finding[] = [];
    for (const [name, { type }] of roots) {
      const target = getNamedType(type);
      const inner = isObjectType(target) ? selectionOf(target, DEPTH, { fields: FIELDS }) : null;
      const selection: Selection = new Map([[name, { type, inner, of: 'Query' }]]);
      const { data, errors, problem } = await ask(`query ${textOf(selection)}`);
      const serious = errors?.filter((error) => !isAboutInput(error)) ?? [];
      if (problem !== null || serious.length > 0)
        failed.push(
          finding(
            'FIELD_FAILED',
            problem ?? `It answers an error: ${messageOf(serious[0])}.`,
            'Ask the field yourself, with every field of the schema, and look into your log.',
            { coordinate: `Query.${name}` },
          ),
        );
      if (data) values.checkObject(data, 'Query', selection, 'Query', errors !== null);
    }
    return {
      says: `${roots.length} were asked`,
      findings: [...failed, ...values.findings()],
      skipped: roots.length === 0,
    };
  },
};
