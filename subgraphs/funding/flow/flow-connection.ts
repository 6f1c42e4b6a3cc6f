import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { connectionOf, type Page } from '../../shared/paging';
import { DecimalScalar } from '../../shared/scalars';
import { Flow } from './flow';
import { FlowKind } from './flow-kind';

@ObjectType({ description: 'What FTS’s own US dollar amounts add up to.' })
export class UsdTotal {
  @Field(() => DecimalScalar, { description: 'The exact sum of the amounts that FTS gives.' })
  amount!: string;

  @Field(() => Int, { description: 'How many flows it is the sum of.' })
  flows!: number;
}

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

  @Field(() => UsdTotal, {
    nullable: true,
    description:
      'What FTS gives in US dollars for those of them that are its own; null: none is. FTS’s funding total is the sum of these over incoming flows on a single boundary that are not pledges.',
  })
  inUsd!: UsdTotal | null;
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

  @Directive('@listSize(assumedSize: 40)')
  @Field(() => [FlowTotal], {
    description:
      'What the whole list adds up to, by kind and currency as reported. Each transfer is in it once, however many reported it, as far as reports could be matched; what one body passes on is in it again, so it is no answer to how much new money there was. Flows to or from bodies that you may not see are in it too.',
  })
  totals(): Promise<FlowTotal[]> {
    return this.sums();
  }
}
