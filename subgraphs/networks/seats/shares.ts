import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';
import { gini, hhi, topShare } from '../../shared/concentration';
import { Proportion, proportionOf } from '../../shared/proportion';
import { Constituency } from '../../shared/vocabulary';
import { MemberSize } from './member-size';

@ObjectType({
  description: 'How many of a network’s members are of some group, and how many slots they have.',
})
export class SlotGroup {
  @Field(() => Proportion, { description: 'How many members are, of all members.' })
  members!: Proportion;

  @Field(() => Proportion, {
    description: 'How many slots they have, of those that members have.',
  })
  slots!: Proportion;
}

@ObjectType({ description: 'The members of one size and the slots that they have.' })
export class SizeSlots extends SlotGroup {
  @Field(() => MemberSize, { description: 'The size.' })
  size!: MemberSize;
}

@ObjectType({ description: 'The members of one constituency and the slots that they have.' })
export class ConstituencySlots extends SlotGroup {
  @Field(() => Constituency, { description: 'The constituency.' })
  constituency!: Constituency;
}

/** A member, as far as slots are concerned. */
export interface Slotted {
  size: MemberSize;
  constituencies: readonly string[];
  slots: number;
}

@ObjectType({
  description:
    'How slots, seats or times to speak, are shared out among a network’s direct members, those without any included.',
})
export class SlotShares {
  @Field(() => Int, { description: 'How many direct members there are, with a slot or without.' })
  members!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'The Gini coefficient of slots over all members: 0 if all have the same number, (n − 1) ÷ n if one of n members has all. Null: no member has a slot on record.',
  })
  gini!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The Herfindahl–Hirschman index: the sum of the squared shares, up to 1 if one member has all. Null: as for `gini`.',
  })
  hhi!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of the member with most slots. Null: as for `gini`.',
  })
  top1!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of the three members with most slots. Null: as for `gini`.',
  })
  top3!: number | null;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [SizeSlots], { description: 'By size of member; unknown size is a row of its own.' })
  bySize!: SizeSlots[];

  @Directive('@listSize(assumedSize: 11)')
  @Field(() => [ConstituencySlots], {
    description:
      'By constituency of member, those that occur. A member of several counts in each, so that rows may add up to more than all.',
  })
  byConstituency!: ConstituencySlots[];

  /** Read by the `smallVoices` resolver. */
  all!: Slotted[];
}

/** Some members and their slots, of all. */
export const groupOf = (all: readonly Slotted[], some: (member: Slotted) => boolean): SlotGroup => {
  const slotsOf = (members: readonly Slotted[]) =>
    members.reduce((sum, { slots }) => sum + slots, 0);
  const group = all.filter(some);
  return {
    members: proportionOf(group.length, all.length),
    slots: proportionOf(slotsOf(group), slotsOf(all)),
  };
};

/** How slots are shared out among members. */
export const sharesOf = (all: Slotted[]): SlotShares => {
  const numbers = all.map(({ slots }) => slots);
  return {
    members: all.length,
    gini: gini(numbers),
    hhi: hhi(numbers),
    top1: topShare(numbers, 1),
    top3: topShare(numbers, 3),
    bySize: Object.values(MemberSize).map((size) => ({
      size,
      ...groupOf(all, (member) => member.size === size),
    })),
    byConstituency: Object.values(Constituency)
      .map((constituency) => ({
        constituency,
        ...groupOf(all, ({ constituencies }) => constituencies.includes(constituency)),
      }))
      .filter(({ members: { count } }) => count > 0),
    all,
  };
};
