import { bodyKey } from '../../../subgraphs/organisations';
import { PartyBasis, type AidType } from '../../../subgraphs/funding';
import { parseDate } from '../../../subgraphs/shared/dates';
import { normaliseIdentifier } from '../../../subgraphs/shared/ids';
import { isTooLarge, parseAmount } from '../../../subgraphs/shared/money';
import { Visibility } from '../../../subgraphs/shared/viewer';
import type { Mention } from '../mentions';
import { ownText } from '../own-text';
import { attributeOf, childrenOf, type Element, wordsIn } from './element';
import type { Fault } from './fault';

/** What a mapper tells while it maps. */
export interface Listener {
  mention: (mention: Mention) => void;
  fault: (fault: Fault) => void;
}

/** The source whose edition the rows will belong to. */
export interface MappedSource {
  id: string;
  licence: string | null;
}

/** ISO 4217's code for no currency: such an amount can be added to nothing. */
const NO_CURRENCY = 'XXX';

const KEYS_KEPT = 10_000;

/** An xsd:boolean as 1 or 0, null where it is absent. */
export const flag = (text: string | null): number | null =>
  text === null ? null : /^(1|true)$/i.test(text) ? 1 : 0;

interface Party {
  key: string | null;
  basis: PartyBasis;
  activityKey: string | null;
}

interface Amount {
  values: {
    units: number;
    nanos: number;
    amount: string;
    currency: string;
    value_date: string | null;
  };
}

/** The parts that transactions, budgets and activities share, for one file. */
export const createParts = (source: MappedSource, { mention, fault }: Listener) => {
  /** Files name the same few bodies and activities over and over. */
  const keys = new Map<string, string | null>();
  const keyOf = (name: string, find: () => string | null): string | null => {
    let key = keys.get(name);
    if (key === undefined) {
      key = find();
      if (key !== null) key = ownText(key);
      if (keys.size >= KEYS_KEPT) keys.clear();
      keys.set(ownText(name), key);
    }
    return key;
  };
  const stamp = { visibility: Visibility.PUBLIC, licence: source.licence };

  const nameBody = (
    element: Element | undefined,
    publisher: string,
    reports = false,
  ): string | null => {
    const raw = attributeOf(element, 'ref');
    const name = wordsIn(element);
    const key = keyOf(raw === null ? `name ${publisher} ${name ?? ''}` : `ref ${raw}`, () =>
      bodyKey(raw, name, publisher),
    );
    if (key !== null) mention({ key, raw, name, type: attributeOf(element, 'type'), reports });
    return key;
  };

  const activityKeyOf = (element: Element | undefined, attribute: string): string | null => {
    const raw = attributeOf(element, attribute);
    return raw === null ? null : keyOf(`ref ${raw}`, () => normaliseIdentifier(raw) || null);
  };

  const mapParty = (element: Element | undefined, attribute: string, publisher: string): Party => {
    const key = nameBody(element, publisher);
    const basis =
      key === null
        ? PartyBasis.UNKNOWN
        : attributeOf(element, 'ref') === null
          ? PartyBasis.NAME
          : PartyBasis.IDENTIFIER;
    return { key, basis, activityKey: activityKeyOf(element, attribute) };
  };

  /** The amount in the one `value` child; null after a fault. */
  const mapAmount = (
    element: Element,
    defaultCurrency: string | null,
    what: string,
  ): Amount | null => {
    const reject = (code: string, reason: string) => {
      fault({ element, status: 'REJECTED', code: `${what}_${code}`, reason });
      return null;
    };
    const [value, second] = childrenOf(element, 'value');
    if (!value) return reject('WITHOUT_VALUE', 'it has no <value>.');
    if (second)
      return reject(
        'WITH_SECOND_VALUE',
        'it has two <value> elements; which one is meant cannot be told.',
      );
    const text = value.text.trim();
    const amount = parseAmount(text);
    if (!amount)
      return reject(
        'VALUE_NOT_A_NUMBER',
        `its value is ${JSON.stringify(text)}, which is not a number.`,
      );
    if (isTooLarge(amount)) return reject('VALUE_TOO_LARGE', `its value ${text} is beyond 10^12.`);
    const currency = (
      attributeOf(value, 'currency') ??
      defaultCurrency ??
      NO_CURRENCY
    ).toUpperCase();
    if (currency === NO_CURRENCY) {
      fault({
        element,
        status: 'NOTED',
        code: `${what}_WITHOUT_CURRENCY`,
        reason: 'neither it nor its activity names a currency, so it is in no sum.',
      });
    }
    return {
      values: {
        ...amount,
        currency,
        value_date: parseDate(attributeOf(value, 'value-date')),
      },
    };
  };

  const mapAidTypes = (elements: readonly Element[]): AidType[] =>
    elements.flatMap((element) => {
      const code = attributeOf(element, 'code');
      return code === null ? [] : [{ vocabulary: attributeOf(element, 'vocabulary') ?? '1', code }];
    });

  return { stamp, fault, nameBody, activityKeyOf, mapParty, mapAmount, mapAidTypes };
};
export type Parts = ReturnType<typeof createParts>;
