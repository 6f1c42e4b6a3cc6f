import { ArgsType, Field, Int } from 'type-graphql';
import { BadInput } from '../../shared/errors';
import { DEEPEST } from '../membership/membership.loader';
import { AsOfArgs } from '../profile/members.args';

@ArgsType()
export class PathArgs extends AsOfArgs {
  @Field(() => Int, {
    defaultValue: 6,
    description: 'The most memberships that a way may go through, 1 to 12.',
  })
  maxLength!: number;
}

export const checkLength = (maxLength: number): void => {
  if (maxLength < 1 || maxLength > DEEPEST)
    throw new BadInput(`\`maxLength\` is ${maxLength}; it must be 1 to ${DEEPEST}.`);
};
