import { type DocumentNode, type StringValueNode, visit } from 'graphql';
import type { Rules } from './rules';

/**
 * Pages that show descriptions render them as Markdown: besides tags, links and images in brackets
 * load or hide addresses. Entities spell what is not to be seen.
 */
const MARKUP = /<[a-z/!?]|&#?\w{1,10};|!\[|\]\s*[(:[]|javascript\s*:/i;

/**
 * Control characters but tab and line ends, marks that turn the direction of what follows, and
 * characters that nobody sees. The marks that Arabic, Hebrew and Persian need are not among them.
 */
const CONTROLS =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

/** Checks every text of a schema: all of them are shown to people. */
export const checkTexts = ({ policy, report }: Rules, document: DocumentNode): void => {
  const check = (node: StringValueNode) => {
    if (node.value.length > policy.caps.descriptionLength)
      report('DESCRIPTION_TOO_LONG', node, `This text has ${node.value.length} characters.`);
    if (MARKUP.test(node.value)) report('TEXT_WITH_MARKUP', node, 'This text has markup.');
    if (CONTROLS.test(node.value) || !node.value.isWellFormed())
      report('TEXT_WITH_CONTROLS', node, 'This text has characters that nobody sees.');
  };
  visit(document, { StringValue: check });
};
