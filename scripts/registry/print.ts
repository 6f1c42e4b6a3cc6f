import type { Finding } from '../../gateway/partners';
import type { CheckOutcome, PublishOutcome } from '../../gateway/registry/publishing';
import type { PartnerView } from '../../gateway/registry/views';
import type { RegistryEvent } from '../../gateway/registry/event';

const placeOf = ({ coordinate, line, column }: Finding): string => {
  const at = line === null ? '' : ` (line ${line}${column === null ? '' : `, column ${column}`})`;
  return `${coordinate === null ? '' : ` at ${coordinate}`}${at}`;
};

/** What was found, for people: what is wrong, where, and what to do. */
export const formatFindings = (findings: readonly Finding[]): string =>
  findings
    .map(
      (finding) =>
        `  ${finding.severity} ${finding.code}${placeOf(finding)}: ${finding.message}\n    ${finding.advice}\n`,
    )
    .join('');

const STATUS = {
  PASSED: 'It may be published.',
  NEEDS_STEWARD: 'It may be published once a steward approves it.',
  FAILED: 'It cannot be published.',
  PUBLISHED: 'It is published, as version',
  PENDING: 'It waits for a steward, as version',
  REFUSED: 'It is refused; nothing was changed.',
} as const;

/** What became of a check or a publication. */
export const formatOutcome = (outcome: CheckOutcome | PublishOutcome): string => {
  const { status, findings, dataFlow } = outcome;
  const version =
    status === 'PUBLISHED' || status === 'PENDING' ? ` ${outcome.version ?? ''}.` : '';
  return [
    `${STATUS[status]}${version}\n`,
    formatFindings(findings),
    ...dataFlow.map((sentence) => `  The partner is sent: ${sentence}\n`),
  ].join('');
};

/** How a partner stands. */
export const formatPartner = (partner: PartnerView): string => {
  const { name, trust, status, version, pending, quarantine, incompatible, versions } = partner;
  return [
    `${name}: ${status}, ${trust}${version === null ? '' : `, version ${version}`}\n`,
    pending === null ? '' : `  version ${pending} waits for a steward\n`,
    quarantine ? `  in quarantine since ${quarantine.at}: ${quarantine.reason}\n` : '',
    ...(incompatible ?? []).map((reason) => `  does not compose: ${reason}\n`),
    ...versions.map(
      (one) =>
        `  ${one.version === version ? '*' : ' '} ${one.version}  ${one.publishedAt ?? 'not published        '}  ${one.url}  ${one.licence ?? 'licence not stated'}\n`,
    ),
  ].join('');
};

/** An entry of the log, in a line. */
export const formatEvent = ({
  sequence,
  at,
  actor,
  kind,
  partner,
  payload,
}: RegistryEvent): string => {
  const { version, feed, result, reason, by } = payload as Record<string, unknown>;
  const more = [
    typeof version === 'number' ? `version ${version}` : '',
    ...[feed, result].map((word) => (typeof word === 'string' ? word : '')),
    typeof by === 'string' ? `by ${by}` : '',
    typeof reason === 'string' ? reason : '',
  ].filter((words) => words !== '');
  return `${String(sequence).padStart(5)}  ${at}  ${actor.padEnd(20)}  ${kind} ${partner ?? ''}${more.length > 0 ? `: ${more.join(', ')}` : ''}\n`;
};
