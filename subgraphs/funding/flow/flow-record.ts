import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateScalar } from '../../shared/scalars';
import { Money } from '../rate/money';
import type { Flow } from './flow';
import { FlowKind } from './flow-kind';

@ObjectType({ description: 'One report of a flow: what one record says of it, in its own values.' })
export class FlowRecord {
  @Field(() => ID, {
    description: 'Its id in this graph, the same in every edition of its source.',
  })
  id!: string;

  @Field(() => FlowKind, { description: 'What kind of movement it is to whoever reports it.' })
  kind!: FlowKind;

  @Field(() => DateScalar, { description: 'The date that this record gives.' })
  date!: string;

  @Field(() => Money, { description: 'The amount that this record gives.' })
  amount!: Money;

  @Field(() => Int, {
    description:
      'How many flows it is a report of: more than one where a single row stands for a year of payments, and its amount for all of them together.',
  })
  coversFlows!: number;

  /** Read by field resolvers. */
  report!: Flow;
}

/** The amount of a report, as reported. */
export const moneyOf = ({ amountText, currency }: Flow): Money => ({
  amount: amountText,
  currency,
});

/** A report as the API shows it under its flow. */
export const toFlowRecord = (report: Flow, coversFlows: number): FlowRecord => ({
  id: report.id,
  kind: report.kind,
  date: report.date,
  amount: moneyOf(report),
  coversFlows,
  report,
});
