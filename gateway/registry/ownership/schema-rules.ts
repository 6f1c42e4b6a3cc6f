import {
  type ConstDirectiveNode,
  Kind,
  type OperationTypeDefinitionNode,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
} from 'graphql';
import { checkDirectives } from './directives';
import type { Rules } from './rules';

type SchemaNode = SchemaDefinitionNode | SchemaExtensionNode;

const FEDERATION = 'https://specs.apollo.dev/federation/';
/** The link to what defines links, which libraries write out. */
const LINK = 'https://specs.apollo.dev/link/v1.0';

const checkLink = ({ policy, report }: Rules, link: ConstDirectiveNode): void => {
  for (const { name, value } of link.arguments ?? []) {
    if (name.value === 'url') continue;
    if (name.value !== 'import' || value.kind !== Kind.LIST) {
      report('LINK_REFUSED', name, `\`${name.value}\` of \`@link\` is not allowed so.`);
      continue;
    }
    for (const item of value.values) {
      if (item.kind === Kind.STRING && policy.federation.imports.includes(item.value)) continue;
      const what = item.kind === Kind.STRING ? `\`${item.value}\`` : 'Renaming what is imported';
      report('LINK_IMPORT_REFUSED', item, `${what} is not allowed here.`);
    }
  }
};

const checkLinks = (rules: Rules, links: readonly ConstDirectiveNode[]): boolean => {
  const { policy, report } = rules;
  let isLinked = false;
  for (const link of links) {
    const url = link.arguments?.find(({ name }) => name.value === 'url')?.value;
    const address = url?.kind === Kind.STRING ? url.value : '';
    if (address === LINK && link.arguments?.length === 1) continue;
    if (isLinked || !address.startsWith(FEDERATION)) {
      report(
        'LINK_REFUSED',
        link,
        `A link to \`${address}\` is not allowed${isLinked ? ' again' : ''}.`,
      );
      continue;
    }
    isLinked = true;
    const version = address.slice(FEDERATION.length);
    if (!policy.federation.versions.includes(version))
      report('FEDERATION_VERSION_REFUSED', link, `Federation \`${version}\` is not known here.`);
    checkLink(rules, link);
  }
  return isLinked;
};

const checkRoot = ({ report }: Rules, root: OperationTypeDefinitionNode): void => {
  if (root.operation === 'mutation')
    report('MUTATION_REFUSED', root, 'A partner’s schema has no mutations.');
  else if (root.operation === 'subscription')
    report('SUBSCRIPTION_REFUSED', root, 'A partner’s schema has no subscriptions.');
  else if (root.type.name.value !== 'Query')
    report('ROOT_TYPE_RENAMED', root, `The query type is called \`${root.type.name.value}\`.`);
};

/**
 * Checks what a schema says of itself: one link to Apollo Federation, and no other root than `Query`.
 * @returns whether Federation is linked.
 */
export const checkSchemaNodes = (rules: Rules, nodes: readonly SchemaNode[]): boolean => {
  const isLink = ({ name }: ConstDirectiveNode) => name.value === 'link';
  const directives = nodes.flatMap((node) => node.directives ?? []);
  checkDirectives(
    rules,
    directives.filter((directive) => !isLink(directive)),
    'ELSEWHERE',
    'schema',
  );
  for (const node of nodes) {
    if (node.kind === Kind.SCHEMA_DEFINITION && node.description)
      rules.report('DESCRIPTION_IGNORED', node.description, 'The schema is described by us.');
    for (const root of node.operationTypes ?? []) checkRoot(rules, root);
  }
  return checkLinks(rules, directives.filter(isLink));
};
