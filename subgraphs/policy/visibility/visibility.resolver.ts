import { Arg, Args, Ctx, Directive, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { checkListed } from '../../shared/filters';
import { connectionOf, PageArgs, pageOfAll } from '../../shared/paging';
import type { PolicyContext } from '../context';
import { ParticipatingOrganisation } from '../organisation';
import { PolicyProcess } from '../process/process';
import { visibilityOf } from './presences';
import { NetworkPresence, NetworkVisibility, StageParticipation } from './visibility';

const NetworkPresenceConnection = connectionOf(
  'NetworkPresence',
  'networks and how they are present',
  () => NetworkPresence,
);

/** How those who took part in a process add up. */
@Resolver(() => PolicyProcess)
export class ProcessPresenceResolver {
  @Directive('@cost(weight: 6)')
  @FieldResolver(() => NetworkVisibility, {
    description:
      'Whether networks are seen in it, or only the organisations that they are made of.',
  })
  async visibility(
    @Root() { id }: PolicyProcess,
    @Arg('networks', () => [ID], {
      nullable: true,
      description: 'Networks of which to tell even if they are absent (canonical ids).',
    })
    asked: string[] | undefined,
    @Ctx() { presences, bodies }: PolicyContext,
  ) {
    checkListed(asked, 'networks');
    const keys = await bodies.keysOf.loadMany(asked ?? []);
    const seen = (asked ?? []).filter((_, index) => {
      const own = keys[index];
      return Array.isArray(own) && own.length > 0;
    });
    return visibilityOf(id, await presences.appearances.load(id), seen);
  }

  @Directive('@cost(weight: 6)')
  @Directive('@listSize(assumedSize: 7)')
  @FieldResolver(() => [StageParticipation], {
    description:
      'Who took part at each stage of which there is a record; a body may be at several. What no record gives a stage is the last row.',
  })
  byStage(@Root() { id }: PolicyProcess, @Ctx() { presences }: PolicyContext) {
    return presences.stages(id);
  }
}

@Resolver(() => NetworkVisibility)
export class NetworkVisibilityResolver {
  @FieldResolver(() => NetworkPresenceConnection, {
    description: 'The networks that are present, and those asked for, by id.',
  })
  networks(
    @Root() { presences, processId }: NetworkVisibility,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return new NetworkPresenceConnection(
      pageOfAll(
        presences,
        { ...page, scope: ['presences', processId] },
        ({ networkId }) => networkId,
      ),
    );
  }
}

@Resolver(() => NetworkPresence)
export class NetworkPresenceResolver {
  @FieldResolver(() => ParticipatingOrganisation, { nullable: true, description: 'The network.' })
  network(@Root() { networkId }: NetworkPresence): ParticipatingOrganisation {
    return { id: networkId };
  }
}
