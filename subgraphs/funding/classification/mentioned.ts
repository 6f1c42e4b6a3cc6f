import type { BodyFacts } from './facts';
import { present } from './grouping';

/** The bodies that sentences about a body may have to name. */
export const mentioned = (body: Omit<BodyFacts, 'names'>): string[] =>
  [
    ...body.members.map(({ id }) => id),
    ...body.belongsTo.map(({ id }) => id),
    ...body.governing.flatMap(({ seats }) =>
      seats.flatMap(({ holder, nominatedBy }) => [holder, nominatedBy]),
    ),
    ...[...body.hosts, ...body.hosted].flatMap(({ hostId, hostedId }) => [hostId, hostedId]),
    ...body.money.flatMap(({ incoming, outgoing, held }) => [
      ...[...incoming, ...outgoing].flatMap(({ otherId, hostId, named }) => [
        otherId,
        hostId,
        ...named.flatMap(({ ids }) => ids),
      ]),
      ...held.map(({ hostedId }) => hostedId),
    ]),
  ].filter(present);
