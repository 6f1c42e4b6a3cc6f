import { belonging, channel, declaration, legal } from './descriptive';
import { governance } from './governance';
import type { Context, Indicator, IndicatorId } from './indicator';
import { members } from './members';
import { money } from './money';
import { reciprocity } from './reciprocity';

/** All ten indicators of a body in a period, in their order. */
export const indicatorsOf = (context: Context): Record<IndicatorId, Indicator> => {
  const [I4, I5, I6] = money(context);
  return {
    I1: members(context),
    I2: governance(context),
    I3: reciprocity(context),
    I4,
    I5,
    I6,
    I7: declaration(context),
    I8: channel(context),
    I9: belonging(context),
    I10: legal(context),
  };
};
