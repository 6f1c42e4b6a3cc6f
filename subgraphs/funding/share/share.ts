import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DecimalScalar } from '../../shared/scalars';

export enum ShareDimension {
  COUNTRY = 'COUNTRY',
  REGION = 'REGION',
  SECTOR = 'SECTOR',
}
registerEnumType(ShareDimension, {
  name: 'ShareDimension',
  description: 'By what an activity or flow is split.',
  valuesConfig: {
    COUNTRY: { description: 'By recipient country (ISO 3166-1 alpha-2).' },
    REGION: { description: 'By recipient region, in a RegionVocabulary: 1 OECD DAC, 2 UN M49.' },
    SECTOR: {
      description: 'By sector, in a SectorVocabulary: 1 OECD DAC five digits, 2 three digits.',
    },
  },
});

@ObjectType({ description: 'The part of an activity or flow that is for one place or sector.' })
export class Share {
  @Field(() => ShareDimension, { description: 'By what it is split.' })
  dimension!: ShareDimension;

  @Field(() => String, { description: 'The vocabulary of the code, as IATI numbers it.' })
  vocabulary!: string;

  @Field(() => ID, { description: 'The code.' })
  code!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The part in per cent. Parts of one dimension and vocabulary add up to 100 where the source is right.',
  })
  percentage!: string | null;

  @Field(() => Boolean, {
    description: 'True: the source gives no percentages, so the whole is split equally.',
  })
  estimated!: boolean;

  @Field(() => Boolean, { description: 'True for a flow whose split is its activity’s.' })
  inherited!: boolean;
}
