import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { DateScalar } from '../../shared/scalars';
import { Constituency } from '../../shared/vocabulary';
import type { PolicyContext } from '../context';
import { ParticipatingOrganisation } from '../organisation';
import { VoicedRegion } from '../others';
import { PolicyProcess } from '../process/process';
import { ConstituencyOverlap, overlapOf, type Said } from './overlap';
import { MembersVoice, RegionVoice } from './voice';

/** Where constituencies differ in a process. */
@Resolver(() => PolicyProcess)
export class ComparedProcessResolver {
  @Directive('@cost(weight: 5)')
  @FieldResolver(() => ConstituencyOverlap, {
    description: 'Where what two constituencies raised in it is the same, and where it differs.',
  })
  async overlap(
    @Root() { id }: PolicyProcess,
    @Arg('one', () => Constituency, { description: 'The first constituency.' }) one: Constituency,
    @Arg('other', () => Constituency, { description: 'The second.' }) other: Constituency,
    @Ctx() { submissions, ties, bodies }: PolicyContext,
  ) {
    const said = await Promise.all(
      (await submissions.allByProcess.load(id)).map(async (submission): Promise<Said[]> => {
        const [body, themes] = await Promise.all([
          bodies.idOf.load(submission.organisationKey),
          submissions.themes.load(submission.id),
        ]);
        if (body === null) return [];
        const constituencies = (await ties.profile.load(body))?.constituencies ?? [];
        return [{ body, constituencies, themes }];
      }),
    );
    return overlapOf(said.flat(), one, other);
  }
}

/** Whom a body's submissions cite. */
@Resolver(() => ParticipatingOrganisation)
export class VoicingOrganisationResolver {
  @Directive('@cost(weight: 15)')
  @FieldResolver(() => MembersVoice, {
    nullable: true,
    description:
      'How far what it says rests on what its members tell it. Null only if policy does not answer.',
  })
  membersVoice(
    @Root() { id }: ParticipatingOrganisation,
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'The day. Default: today.' })
    asOf: string | undefined,
    @Ctx() { voice }: PolicyContext,
  ) {
    return voice(id, asOf ?? today());
  }
}

@Resolver(() => MembersVoice)
export class MembersVoiceResolver {
  @FieldResolver(() => [RegionVoice], {
    description: 'The regions in which it has members, at every level of M49, by code.',
  })
  regions(@Root() { regionVoices }: MembersVoice) {
    return regionVoices;
  }

  @FieldResolver(() => [VoicedRegion], {
    nullable: 'items',
    description:
      'The regions in which it has members of whom no submission cites any. An item is null only if organisations does not answer.',
  })
  notRepresented(@Root() { regionVoices }: MembersVoice): VoicedRegion[] {
    return regionVoices
      .filter(({ cited }) => cited === 0)
      .map(({ regionCode }) => ({ id: regionCode }));
  }
}

@Resolver(() => RegionVoice)
export class RegionVoiceResolver {
  @FieldResolver(() => VoicedRegion, { nullable: true, description: 'The region.' })
  region(@Root() { regionCode }: RegionVoice): VoicedRegion {
    return { id: regionCode };
  }
}
