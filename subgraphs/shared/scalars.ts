import { GraphQLScalarType, Kind } from 'graphql';
import { parseDate } from './dates';
import { BadInput } from './errors';

const text = (
  name: string,
  description: string,
  accept: (value: string) => string | null,
  specifiedByURL?: string,
) => {
  const read = (value: unknown): string => {
    const read = typeof value === 'string' ? accept(value) : null;
    if (read === null) throw new BadInput(`${JSON.stringify(value)} is not a ${name}.`);
    return read;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    serialize: (value) => String(value),
    parseValue: read,
    parseLiteral: (node) =>
      read(
        node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT
          ? node.value
          : null,
      ),
  });
};

export const DateScalar = text('Date', 'An ISO 8601 date, `2019-06-30`.', (value) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? parseDate(value) : null,
);

export const DateTimeScalar = text(
  'DateTime',
  'An ISO 8601 time in UTC, `2019-06-30T12:00:00.000Z`.',
  (value) =>
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) && !Number.isNaN(Date.parse(value))
      ? new Date(value).toISOString()
      : null,
);

export const DecimalScalar = text(
  'Decimal',
  'A decimal number as text, exact: `-1234.5`.',
  (value) => (/^[+-]?\d{1,15}(\.\d{1,9})?$/.test(value) ? value : null),
);

export const UrlScalar = text('URL', 'An absolute web address.', (value) =>
  URL.canParse(value) ? value : null,
);
