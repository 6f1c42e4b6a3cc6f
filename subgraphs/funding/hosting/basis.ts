import { registerEnumType } from 'type-graphql';

/** What says that a host holds or pays money for a body that it hosts. */
export enum HostingBasis {
  FLOW_ACTIVITY = 'FLOW_ACTIVITY',
  RECEIVER_ACTIVITY = 'RECEIVER_ACTIVITY',
  PROVIDER_ACTIVITY = 'PROVIDER_ACTIVITY',
  PART_OF = 'PART_OF',
  MONEY_IN = 'MONEY_IN',
  HANDED_OVER = 'HANDED_OVER',
}

/** The same in words. */
export const HOSTING_BASES: Record<HostingBasis, string> = {
  FLOW_ACTIVITY: 'The activity whose report has the flow is the hosted body’s, or names it.',
  RECEIVER_ACTIVITY:
    'The activity that the money is for on the receiver’s side is the hosted body’s, or names it.',
  PROVIDER_ACTIVITY:
    'The activity that the money is paid out of is the hosted body’s, or names it.',
  PART_OF: 'The activity that it is paid out of is a part of one that names the hosted body.',
  MONEY_IN:
    'It is paid out of an activity into which, on record, nothing but money for the hosted body went.',
  HANDED_OVER:
    'The host pays it to the hosted body itself, out of what records say it holds for it.',
};

registerEnumType(HostingBasis, {
  name: 'HostingBasis',
  description:
    'What says that a host holds or pays money for a body that it hosts. An activity names a body if that is the only one, besides payer and host, that is accountable for it, extends it or implements it.',
  valuesConfig: Object.fromEntries(
    Object.entries(HOSTING_BASES).map(([basis, description]) => [basis, { description }]),
  ) as Record<HostingBasis, { description: string }>,
});
