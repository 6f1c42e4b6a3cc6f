import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';
import { DecimalScalar } from '../../shared/scalars';

export enum HostForm {
  FISCAL_HOST = 'FISCAL_HOST',
  FISCAL_SPONSOR = 'FISCAL_SPONSOR',
  LEGAL_HOST = 'LEGAL_HOST',
  COORDINATOR = 'COORDINATOR',
}
registerEnumType(HostForm, {
  name: 'HostForm',
  description: 'In what way one body hosts another.',
  valuesConfig: {
    FISCAL_HOST: { description: 'It receives and holds the money of the hosted body.' },
    FISCAL_SPONSOR: { description: 'It lends its legal and tax status to the hosted body.' },
    LEGAL_HOST: { description: 'The hosted body is part of it in law.' },
    COORDINATOR: { description: 'It runs the secretariat; nothing is said of money or law.' },
  },
});

@ObjectType({ description: 'One body hosting another, as one record says.' })
export class HostArrangement {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => HostForm, { description: 'In what way.' })
  form!: HostForm;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The share that the host keeps, in per cent; null: unknown.',
  })
  feePercent!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Since when, as exactly as known: `2012` or `2012-05-01`.',
  })
  from!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Until when; null: it goes on, or nobody says.',
  })
  to!: string | null;

  /** Read by the resolvers of `host`, `hosted` and `provenance`. */
  hostKey!: string;
  hostedKey!: string;
  stamp!: Stamp;
}
