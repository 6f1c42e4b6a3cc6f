import { Big } from 'big.js';
import { ShareDimension } from '../../../subgraphs/funding';
import { LONGEST_INDEXED } from '../../../subgraphs/shared/ids';
import { formatDecimal, parseDecimal } from '../../../subgraphs/shared/money';
import { ownText } from '../own-text';
import { attributeOf, childrenOf, type Element } from './element';
import type { Fault } from './fault';

/** A row of a table of shares, without its parent. */
export type NewShare = {
  dimension: ShareDimension;
  vocabulary: string;
  code: string;
  percentage: string | null;
  estimated: number;
  inherited: number;
};

/** 1.0x wrote vocabularies as words. */
const SECTOR_VOCABULARIES: Record<string, string> = { DAC: '1', 'DAC-3': '2' };
const WHOLE = new Big(100);
/** Parts may miss 100 by what rounding explains. */
const TOLERANCE = new Big(1);

interface Written {
  dimension: ShareDimension;
  vocabulary: string;
  code: string;
  percentage: Big | null;
}

const read = (element: Element, fault: (fault: Fault) => void): Written[] => {
  const written = (
    name: string,
    dimension: ShareDimension,
    vocabularyOf: (child: Element) => string,
  ): Written[] =>
    childrenOf(element, name).flatMap((child) => {
      const code = attributeOf(child, 'code');
      if (code === null) return [];
      if (code.length > LONGEST_INDEXED) {
        fault({
          element: child,
          status: 'NOTED',
          code: 'SHARE_OF_LONG_CODE',
          reason: `its code has ${code.length} characters, so it is none of any list; the part is left out.`,
        });
        return [];
      }
      const percentage = parseDecimal(attributeOf(child, 'percentage'));
      return [
        {
          dimension,
          vocabulary: vocabularyOf(child),
          code: dimension === ShareDimension.COUNTRY ? code.toUpperCase() : code,
          percentage,
        },
      ];
    });
  return [
    ...written('recipient-country', ShareDimension.COUNTRY, () => 'ISO'),
    ...written(
      'recipient-region',
      ShareDimension.REGION,
      (child) => attributeOf(child, 'vocabulary') ?? '1',
    ),
    ...written('sector', ShareDimension.SECTOR, (child) => {
      const vocabulary = attributeOf(child, 'vocabulary') ?? '1';
      return SECTOR_VOCABULARIES[vocabulary.toUpperCase()] ?? vocabulary;
    }),
  ];
};

/** What most splits are: one part. */
const whole = ({ dimension, vocabulary, code }: Written): NewShare => ({
  dimension,
  vocabulary,
  code,
  percentage: '100',
  estimated: 0,
  inherited: 0,
});

const readShares = (element: Element, fault: (fault: Fault) => void): NewShare[] => {
  const groups = new Map<string, Written[]>();
  for (const share of read(element, fault)) {
    const name =
      share.dimension === ShareDimension.SECTOR ? `sector ${share.vocabulary}` : 'places';
    const group = groups.get(name) ?? [];
    // A code given twice is one part.
    const same = group.find(
      (other) =>
        other.code === share.code &&
        other.vocabulary === share.vocabulary &&
        other.dimension === share.dimension,
    );
    if (!same) group.push(share);
    else if (share.percentage)
      same.percentage = (same.percentage ?? new Big(0)).plus(share.percentage);
    groups.set(name, group);
  }
  return [...groups].flatMap(([name, group]) => {
    const [only] = group;
    if (only && group.length === 1 && (only.percentage === null || only.percentage.eq(WHOLE)))
      return [whole(only)];
    const known = group.filter(({ percentage }) => percentage !== null);
    const sum = known.reduce((total, { percentage }) => total.plus(percentage ?? 0), new Big(0));
    const missing = group.length - known.length;
    if (missing === 0 && sum.minus(WHOLE).abs().gt(TOLERANCE)) {
      fault({
        element,
        status: 'NOTED',
        code: 'SHARES_NOT_100',
        reason: `its parts by ${name} add up to ${sum.toFixed()}, not 100.`,
      });
    }
    const rest = WHOLE.minus(sum);
    const part = missing > 0 && rest.gte(0) ? rest.div(missing) : null;
    return group.map(({ dimension, vocabulary, code, percentage }) => ({
      dimension,
      vocabulary,
      code,
      percentage: percentage
        ? formatDecimal(percentage)
        : part
          ? formatDecimal(part.round(9))
          : null,
      estimated: percentage === null && group.length > 1 ? 1 : 0,
      inherited: 0,
    }));
  });
};

const ownShare = ({ dimension, vocabulary, code, percentage, estimated }: NewShare): NewShare => ({
  dimension,
  vocabulary: ownText(vocabulary),
  code: ownText(code),
  percentage: percentage === null ? null : ownText(percentage),
  estimated,
  inherited: 0,
});

const SPLITS = new Set(['recipient-country', 'recipient-region', 'sector']);

/** What decides an element's shares, as one text; empty if nothing splits it. */
const splitsOf = (element: Element): string => {
  let splits = '';
  for (const { name, attributes } of element.children) {
    if (SPLITS.has(name))
      splits += `${name}\u0001${attributes.vocabulary}\u0001${attributes.code}\u0001${attributes.percentage}\u0002`;
  }
  return splits;
};

const KEPT = 1000;
const known = new Map<string, readonly NewShare[]>();

/**
 * The splits of an activity or transaction. Countries and regions together are one whole, sectors are
 * one whole per vocabulary. One part without a percentage is the whole; several are equal parts,
 * marked as estimated, as are parts that the source leaves incomplete.
 */
export const mapShares = (element: Element, fault: (fault: Fault) => void): readonly NewShare[] => {
  const splits = splitsOf(element);
  if (splits === '') return [];
  // Files write the same few splits over and over.
  const before = known.get(splits);
  if (before) return before;
  let faulty = false;
  const shares = readShares(element, (reason) => {
    faulty = true;
    fault(reason);
  });
  if (faulty) return shares;
  const kept = shares.map(ownShare);
  if (known.size >= KEPT) known.clear();
  known.set(splits, kept);
  return kept;
};
