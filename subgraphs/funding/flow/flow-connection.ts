import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf, type Page } from '../../shared/paging';
import { DecimalScalar } from '../../shared/scalars';
import { Flow } from './flow';
import { FlowKind } from './flow-kind';

@ObjectType({ description: 'What flows of one kind in one currency add up to, as reported.' })
export class FlowTotal {
  @Field(() => FlowKind, { description: 'The kind; kinds are never added together.' })
  kind!: FlowKind;

  @Field(() => String, {
    description: 'The currency as reported; currencies are never added together.',
  })
  currency!: string;

  @Field(() => DecimalScalar, {
    description: 'The exact sum, corrections and repayments included.',
  })
  amount!: string;

  @Field(() => Int, { description: 'How many flows it is the sum of.' })
  flows!: number;
}

const Connection = connectionOf('Flow', 'flows', () => Flow);

@ObjectType('FlowConnection', {
  description: 'A page of flows (Relay), and what the whole list adds up to.',
})
export class FlowConnection extends Connection {
  constructor(
    page: Page<Flow>,
    readonly sums: () => Promise<FlowTotal[]>,
  ) {
    super(page);
  }

  @Field(() => [FlowTotal], {
    description:
      'What the whole list adds up to, by kind and currency as reported. Reports of both sides of one transfer are both in it, so it is no answer to how much new money there was. Flows to or from bodies that you may not see are in it too.',
  })
  totals(): Promise<FlowTotal[]> {
    return this.sums();
  }
}
