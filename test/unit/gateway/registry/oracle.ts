import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  type TypeDefinitionNode,
} from 'graphql';
import type { OwnershipPolicy } from '../../../../gateway/registry/ownership/policy';

/** What composition gave: the supergraph, and what clients see of it. */
export interface Composed {
  readonly supergraphSdl: string;
  readonly apiSdl: string;
}

interface Member {
  readonly node: ASTNode;
  readonly text: string;
  readonly directives: readonly ConstDirectiveNode[];
}
interface Type {
  readonly node: TypeDefinitionNode;
  readonly members: ReadonlyMap<string, Member>;
}

const OURS_TO_PARTNER =
  /^(join__type|join__field|join__enumValue|join__unionMember|join__implements)$/;
const PARTNER = 'WILLOW_WEB';

const membersOf = (node: TypeDefinitionNode): Map<string, Member> => {
  const nodes = [
    ...('fields' in node ? (node.fields ?? []) : []),
    ...('values' in node ? (node.values ?? []) : []),
  ];
  return new Map(
    nodes.map((member) => [
      member.name.value,
      {
        node: member,
        // All but the directives, which are compared apart: name, arguments with theirs, type, description.
        text: print({ ...member, directives: [] }),
        directives: member.directives ?? [],
      },
    ]),
  );
};

const typesOf = (document: DocumentNode): Map<string, Type> =>
  new Map(
    document.definitions.flatMap((node) =>
      'name' in node && node.name && node.kind.endsWith('TypeDefinition')
        ? [[node.name.value, { node, members: membersOf(node as TypeDefinitionNode) } as Type]]
        : [],
    ),
  );

const graphOf = ({ arguments: given }: ConstDirectiveNode): string | undefined => {
  const graph = given?.find(({ name }) => name.value === 'graph')?.value;
  return graph?.kind === Kind.ENUM ? graph.value : undefined;
};
const isPartners = (directive: ConstDirectiveNode) => graphOf(directive) === PARTNER;
const texts = (directives: readonly ConstDirectiveNode[]) =>
  directives.map((one) => print(one)).sort();

/** A field without `@join__field` is of all graphs that have its type: said for each, so that both compare. */
const spelled = (type: Type, { node, directives }: Member): string[] => {
  if (node.kind !== Kind.FIELD_DEFINITION && node.kind !== Kind.INPUT_VALUE_DEFINITION)
    return texts(directives);
  if (directives.some(({ name }) => name.value === 'join__field')) return texts(directives);
  const graphs = new Set(
    (type.node.directives ?? [])
      .filter(({ name }) => name.value === 'join__type')
      .map((directive) => graphOf(directive)),
  );
  return [
    ...texts(directives),
    ...[...graphs].map((graph) => `@join__field(graph: ${graph})`),
  ].sort();
};

/**
 * Says what is wrong with a composed graph by the policy, looking only at what came out of composition:
 * an oracle that knows nothing of how schemas are checked.
 * @param before our own graph, without the partner `willow-web`.
 */
export const violationsIn = (
  policy: OwnershipPolicy,
  before: Composed,
  after: Composed,
): string[] => {
  const wrong: string[] = [];
  const [old, now] = [before, after].map(({ supergraphSdl }) => parse(supergraphSdl));
  if (!old || !now) return ['nothing to compare'];
  const [oldTypes, newTypes] = [typesOf(old), typesOf(now)];
  const differs = (what: string, was: unknown, is: unknown) => {
    if (JSON.stringify(was) !== JSON.stringify(is))
      wrong.push(`${what} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}`);
  };
  const extendable = (type: string) => policy.entities[type]?.partners === 'EXTEND';
  const published = (type: string) => (policy.entities[type]?.partners ?? 'NONE') !== 'NONE';
  const mayBeUsed = (type: string) =>
    /^(String|Int|Float|Boolean|ID)$/.test(type) ||
    policy.scalars.includes(type) ||
    type.startsWith('WillowWeb_') ||
    published(type);
  const baseOf = (type: string) => type.replace(/[[\]!]/g, '');

  /** What our own say of a type or field of ours stays word for word; what the partner adds is little. */
  const compareDirectives = (
    what: string,
    was: readonly string[],
    is: readonly string[],
    allowed: RegExp,
  ) => {
    const ofPartner = is.filter((one) => one.includes(`graph: ${PARTNER}`));
    differs(
      `directives of ${what}`,
      was,
      is.filter((one) => !ofPartner.includes(one)),
    );
    for (const one of ofPartner)
      if (!allowed.test(one)) wrong.push(`the partner has ${one} on ${what}`);
  };

  const checkAddition = (what: string, member: Member, isOnOurs: boolean) => {
    if (member.node.kind !== Kind.FIELD_DEFINITION) return;
    const { type, arguments: given } = member.node;
    if (isOnOurs && type.kind === Kind.NON_NULL_TYPE) wrong.push(`${what} cannot be null`);
    if (!mayBeUsed(baseOf(print(type)))) wrong.push(`${what} uses ${print(type)}`);
    if (/\[.*\[/.test(print(type))) wrong.push(`${what} is a list of lists`);
    for (const argument of given ?? []) {
      const used = baseOf(print(argument.type));
      if (!mayBeUsed(used) || published(used)) wrong.push(`${what} takes ${used}`);
    }
    const cost = member.directives.find(({ name }) => name.value === 'cost');
    const size = member.directives.find(({ name }) => name.value === 'listSize');
    differs(
      `cost of ${what}`,
      isOnOurs ? `@cost(weight: ${policy.cost.fieldWeight})` : undefined,
      cost && print(cost),
    );
    differs(
      `list size of ${what}`,
      print(type).includes('[') ? `@listSize(assumedSize: ${policy.cost.listSize})` : undefined,
      size && print(size),
    );
  };
  const checkAllowed = (what: string, directives: readonly ConstDirectiveNode[]) => {
    for (const { name } of directives)
      if (
        !OURS_TO_PARTNER.test(name.value) &&
        !['cost', 'listSize', 'deprecated'].includes(name.value)
      )
        wrong.push(`${what} has @${name.value}`);
  };

  for (const [name, type] of oldTypes) {
    const is = newTypes.get(name);
    if (!is) {
      wrong.push(`${name} is gone`);
      continue;
    }
    if (name === 'join__Graph') {
      differs('graphs', [...type.members.keys(), PARTNER].sort(), [...is.members.keys()].sort());
      continue;
    }
    const shape = ({ node }: Type) => [
      node.kind,
      node.description?.value,
      'interfaces' in node ? node.interfaces?.map(({ name: of }) => of.value) : [],
      node.kind === Kind.UNION_TYPE_DEFINITION ? node.types?.map(({ name: of }) => of.value) : [],
    ];
    differs(name, shape(type), shape(is));
    const entity = policy.entities[name];
    compareDirectives(
      name,
      texts(type.node.directives ?? []),
      texts(is.node.directives ?? []),
      entity?.partners === 'EXTEND'
        ? new RegExp(
            `^@join__type\\(graph: ${PARTNER}, key: "${entity.key}"(, extension: true)?(, resolvable: (true|false))?\\)$`,
          )
        : entity?.partners === 'REFER'
          ? new RegExp(
              `^@join__type\\(graph: ${PARTNER}, key: "${entity.key}"(, extension: true)?, resolvable: false\\)$`,
            )
          : name === 'Query' || policy.scalars.includes(name)
            ? new RegExp(`^@join__type\\(graph: ${PARTNER}\\)$`)
            : /^$/,
    );
    for (const [field, member] of type.members) {
      const what = `${name}.${field}`;
      const isMember = is.members.get(field);
      if (!isMember) {
        wrong.push(`${what} is gone`);
        continue;
      }
      differs(what, member.text, isMember.text);
      const isKey = published(name) && entity?.key === field;
      const isRequirable = published(name) && entity?.mayRequire?.includes(field);
      compareDirectives(
        what,
        spelled(type, member),
        spelled(is, isMember),
        isKey
          ? new RegExp(`^@join__field\\(graph: ${PARTNER}(, external: true)?\\)$`)
          : isRequirable
            ? new RegExp(`^@join__field\\(graph: ${PARTNER}, external: true\\)$`)
            : /^$/,
      );
    }
    for (const [field, member] of is.members) {
      if (type.members.has(field)) continue;
      const what = `${name}.${field}`;
      if (name !== 'Query' && !extendable(name)) wrong.push(`${what} is added`);
      if (!/^willowWeb_./.test(field)) wrong.push(`${what} has no prefix`);
      checkAddition(what, member, true);
      checkAllowed(what, member.directives);
      const required = (entity?.mayRequire ?? []).join('|') || '(?!)';
      const joined = spelled(is, member).filter((one) => one.startsWith('@join__field'));
      if (joined[0]?.includes('requires:') && member.text.includes('('))
        wrong.push(`${what} requires something and has arguments`);
      const allowed = new RegExp(
        `^@join__field\\(graph: ${PARTNER}(, requires: "(${required})( (${required}))*")?\\)$`,
      );
      if (joined.length !== 1 || !allowed.test(joined[0] ?? ''))
        wrong.push(`${what} has ${joined.join(' ')}`);
    }
  }

  for (const [name, { node, members }] of newTypes) {
    if (oldTypes.has(name)) continue;
    if (policy.scalars.includes(name) && node.kind === Kind.SCALAR_TYPE_DEFINITION) continue;
    if (/^join__/.test(name)) continue;
    if (!/^WillowWeb_./.test(name)) wrong.push(`${name} is outside the namespace`);
    if (node.kind === Kind.SCALAR_TYPE_DEFINITION) wrong.push(`${name} is a scalar`);
    checkAllowed(name, node.directives ?? []);
    for (const directive of node.directives ?? [])
      if (!isPartners(directive)) wrong.push(`${name} has ${print(directive)}`);
    if (node.kind === Kind.UNION_TYPE_DEFINITION)
      for (const member of node.types ?? [])
        if (!mayBeUsed(member.name.value)) wrong.push(`${name} has ${member.name.value}`);
    if ('interfaces' in node)
      for (const implemented of node.interfaces ?? [])
        if (!/^WillowWeb_./.test(implemented.name.value))
          wrong.push(`${name} implements a foreign`);
    for (const [member, found] of members) {
      checkAddition(`${name}.${member}`, found, false);
      checkAllowed(`${name}.${member}`, found.directives);
    }
  }

  // The supergraph itself: what it links, its directives, its roots.
  const rest = (document: DocumentNode) =>
    document.definitions
      .filter(({ kind }) => !kind.endsWith('TypeDefinition'))
      .map((node) => print(node))
      .sort();
  differs('the supergraph', rest(old), rest(now));

  // What clients see: all of ours, as it was.
  const [oldApi, newApi] = [before, after].map(({ apiSdl }) => typesOf(parse(apiSdl)));
  for (const [name, { members }] of oldApi ?? [])
    for (const [member, { text }] of members)
      differs(`${name}.${member} to clients`, text, newApi?.get(name)?.members.get(member)?.text);
  for (const [name, { members }] of newApi ?? []) {
    if (/__|\b(constructor|prototype)\b/.test([name, ...members.keys()].join(' ')))
      wrong.push(`${name} has a reserved name`);
    if (!oldApi?.has(name) && name.startsWith('_')) wrong.push(`${name} is visible`);
  }
  if (/<script|javascript:/i.test(after.apiSdl)) wrong.push('a description has markup');
  return wrong;
};
