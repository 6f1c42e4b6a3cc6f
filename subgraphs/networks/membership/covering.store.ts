import type { Knex } from 'knex';
import { bodiesAt, keysAt, keysSeenBy } from '../../shared/bodies';
import { primaryLanguage, tag } from '../../shared/bodies-tables';
import { today } from '../../shared/dates';
import { checkListed, whereInForce } from '../../shared/filters';
import { type Viewer, visibleTo } from '../../shared/viewer';
import { type NexusPillar, PILLARS } from '../nexus/pillars';
import { Reach } from './membership';

/** What networks are asked to have members for. Each value listed is an item of its own. */
export interface Wanted {
  themes?: readonly string[] | undefined;
  countries?: readonly string[] | undefined;
  constituencies?: readonly string[] | undefined;
  /** BCP 47; what follows the first hyphen is not looked at. */
  languages?: readonly string[] | undefined;
  pillars?: readonly NexusPillar[] | undefined;
}

/** Items of one kind. */
export interface Item {
  kind: 'THEME' | 'COUNTRY' | 'CONSTITUENCY' | 'LANGUAGE' | 'PILLAR';
  code: string;
}

const TAGS = { THEME: 'theme', CONSTITUENCY: 'constituency', LANGUAGE: 'language' } as const;

/** The items that are asked for, each once. */
export const itemsOf = ({
  themes,
  countries,
  constituencies,
  languages,
  pillars,
}: Wanted): Item[] => {
  const lists = {
    THEME: themes,
    COUNTRY: countries?.map((code) => code.toUpperCase()),
    CONSTITUENCY: constituencies,
    LANGUAGE: languages?.map(primaryLanguage),
    PILLAR: pillars,
  } as const;
  return Object.entries(lists).flatMap(([kind, codes]) => {
    checkListed(codes, kind.toLowerCase());
    return [...new Set(codes)].map((code) => ({ kind: kind as Item['kind'], code }));
  });
};

/** The range of a pillar's tags: five digits behind a prefix, but not those of a longer prefix. */
const whereOfPillar = (query: Knex.QueryBuilder, pillar: string): void => {
  const prefixes = PILLARS.filter((one) => one.pillar === pillar).map(({ prefix }) => prefix);
  const others = PILLARS.filter((one) => one.pillar !== pillar).map(({ prefix }) => prefix);
  const begins = (prefix: string) => [tag('theme', prefix), tag('theme', `${prefix}:`)] as const;
  void query
    .where((either) => {
      for (const prefix of prefixes)
        void either.orWhereBetween('body_tags.tag', [...begins(prefix)]);
    })
    .where((none) => {
      for (const other of others.filter((one) => prefixes.some((prefix) => one.startsWith(prefix))))
        void none.whereNotBetween('body_tags.tag', [...begins(other)]);
    })
    .whereRaw('length(body_tags.tag) = ?', [tag('theme', '00000').length]);
};

/** Which networks have a member for what. */
export const createCovering = (db: Knex, viewer: Viewer) => {
  /** The bodies that are what an item asks for, with the item's number. */
  const matching = ({ kind, code }: Item, item: number): Knex.QueryBuilder => {
    const query = bodiesAt(db('bodies').select('bodies.id', db.raw('? as item', [item])), viewer);
    if (kind === 'COUNTRY') return query.where('bodies.country', code);
    void query.join('body_tags', 'body_tags.row_id', 'bodies.row_id').distinct();
    if (kind === 'PILLAR') whereOfPillar(query, code);
    else void query.where('body_tags.tag', tag(TAGS[kind], code));
    return query;
  };

  /**
   * Pairs of bodies of which the first belongs to the second on a day. Only the second is looked at for
   * whether it exists for the viewer: every walk begins with a body that does, and goes on from a second.
   */
  const links = (day: string): Knex.QueryBuilder => {
    const query = visibleTo(
      db('memberships')
        .join('body_keys as member', 'member.key', 'memberships.member_key')
        .join('body_keys as network', 'network.key', 'memberships.network_key')
        .select({ member: 'member.id', network: 'network.id' })
        .whereNull('memberships.withdrawn_at'),
      viewer,
      'memberships.tier',
    );
    whereInForce(query, { from: 'memberships.from_date', to: 'memberships.to_date' }, day);
    return keysSeenBy(db, keysAt(query, viewer, 'member'), viewer, 'network');
  };

  /**
   * The networks that have a member for any of the items, and for how many: rows of `id` and `covered`.
   * What a network is itself, or reaches by a circle through itself, does not count. So the walk up
   * remembers which body it began from, but only of bodies with members, since no other is in a circle:
   * the many others go on as one.
   */
  return (items: readonly Item[], reach: Reach, day = today()): Knex.QueryBuilder => {
    const [first, ...rest] = items.map(matching);
    const nothing = db('bodies').select('id', db.raw('0')).whereRaw('1 = 0');
    return db
      .withRecursive('wanted', ['id', 'item'], (first ?? nothing).unionAll(rest))
      .with('links', links(day))
      .withRecursive('above', ['origin', 'item', 'network'], (above) => {
        void above
          .select(
            db.raw(
              "case when links.member in (select network from links) then links.member else '' end",
            ),
            'wanted.item',
            'links.network',
          )
          .from('links')
          .join('wanted', 'wanted.id', 'links.member');
        // The union ends circles: a row that is there already leads nowhere new.
        void above.union(
          db
            .select('above.origin', 'above.item', 'links.network')
            .from('above')
            .join('links', 'links.member', 'above.network')
            .whereRaw('1 = ?', [reach === Reach.EXPANDED ? 1 : 0]),
        );
      })
      .from('above')
      .select({ id: 'network' })
      .countDistinct({ covered: 'item' })
      .whereRaw('origin <> network')
      .groupBy('network');
  };
};
export type Covering = ReturnType<typeof createCovering>;
