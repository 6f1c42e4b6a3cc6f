import type { RunReport } from '../import/run';

const PROBLEMS_SHOWN = 10;

const line = (label: string, values: object): string => {
  const parts = Object.entries(values as Record<string, number>).filter(([, value]) => value > 0);
  return parts.length === 0
    ? ''
    : `  ${label}: ${parts.map(([name, value]) => `${value.toLocaleString('en')} ${name}`).join(', ')}\n`;
};

/** One run's report, for people. */
export const formatReport = (report: RunReport): string => {
  if (report.status === 'failed')
    return `${report.file}: nothing imported\n  ${report.failure ?? ''}\n`;
  if (report.status === 'unfinished')
    return `${report.file}: ${report.failure === null ? 'under way, or interrupted; if so, run it again' : `interrupted\n  ${report.failure}`}\n`;
  const problems = report.problems
    .slice(0, PROBLEMS_SHOWN)
    .map(
      ({ line: at, status, code, record, reason }) =>
        `  line ${at}, ${status.toLowerCase()} ${code}${record === null ? '' : ` in ${record}`}: ${reason}\n`,
    );
  const more = report.rejected + report.noted - problems.length;
  return [
    `${report.file}: imported as source ${report.sourceId}\n`,
    line('read', report.read),
    line('rows', report.counts),
    report.rejected > 0 ? `  rejected: ${report.rejected}\n` : '',
    ...problems,
    more > 0 ? `  … and ${more} more; --json has the first thousand\n` : '',
  ].join('');
};
