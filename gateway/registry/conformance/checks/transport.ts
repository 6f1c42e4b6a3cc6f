import type { Finding } from '../../../partners';
import { type Check, finding } from '../bench';
import type { ProbeReply } from '../probe';

/** What is seen of all replies of a run. */
export const createTransport = () => {
  const found = new Map<string, Finding>();
  let replies = 0;
  const note = (code: string, message: string, advice: string) => {
    if (!found.has(code)) found.set(code, finding(code, message, advice));
  };
  return {
    look: ({ status, headers, json, problem }: ProbeReply) => {
      replies += 1;
      if (status >= 300 && status < 400)
        note(
          'REDIRECT',
          `It answers with the status ${status}, which leads elsewhere.`,
          'Answer at the address that is registered; the gateway goes nowhere else.',
        );
      else if (json === null)
        note(
          'BODY',
          `One of its answers is not taken. ${problem ?? ''}`,
          'Answer `content-type: application/json`, plain or as gzip, within the gateway’s limits, errors too.',
        );
      if (headers['set-cookie'] !== undefined)
        note(
          'COOKIE',
          'It sets a cookie.',
          'Set none: the gateway sends none back, and nothing else should call you.',
        );
    },
    check: {
      id: 'transport',
      title: 'Every answer is JSON, without redirects and cookies',
      run: async () => ({
        says: `${replies} answers were looked at`,
        findings: [...found.values()],
      }),
    } satisfies Check,
  };
};
