import { createSigningKey } from '../../../../subgraphs/shared/http/keys';
import type { Finding } from '../../../partners';
import { answerOf, type Bench, type Check, finding } from '../bench';
import type { ProbeReply, ProbeRequest } from '../probe';
import { type Fault, signedRequest, unsignedRequest } from '../requests';

const BODY = JSON.stringify({ query: '{ __typename }' });
const OLD_SECONDS = 120;

const FAULTS: readonly [what: string, fault: () => Fault, advice: string][] = [
  [
    'signed two minutes ago',
    () => ({ ageSeconds: OLD_SECONDS }),
    'Refuse what is past `expires`, or more than 30 seconds past `created`.',
  ],
  [
    'signed for later',
    () => ({ ageSeconds: -OLD_SECONDS }),
    'Refuse what was `created` more than a few seconds after now.',
  ],
  [
    'with another body than the one that was signed',
    () => ({ signedBody: `${BODY} ` }),
    'Compare `content-digest` with the body that came.',
  ],
  [
    'signed for another address',
    () => ({ authority: 'elsewhere.example' }),
    'Put the `Host` that came into the text whose signature you check.',
  ],
  [
    'signed for another partner',
    () => ({ source: 'conformance-other' }),
    'Compare `peacegraph-source` with your own name.',
  ],
  [
    'signed with a key that is not the gateway’s',
    () => ({ key: createSigningKey() }),
    'Take the keys of the gateway alone, by their `keyid`.',
  ],
  [
    'whose signature leaves out the body',
    () => ({ uncovered: ['content-digest'] }),
    'Refuse a signature that does not cover all that is said in the protocol.',
  ],
];

/** Why a reply is no refusal; null if it is one. */
const notRefused = (reply: ProbeReply): string | null => {
  const { data } = answerOf(reply, 0);
  if (data !== null) return 'is answered with data';
  return reply.status === 401 ? null : `is answered with the status ${reply.status}, not 401`;
};

/** Requests that the gateway did not sign are refused, and told nothing. */
export const signaturesCheck: Check = {
  id: 'signatures',
  title: 'Requests that the gateway did not sign are refused',
  run: async ({ addressee, send }: Bench) => {
    const findings: Finding[] = [];
    const refuse = async (what: string, request: ProbeRequest, advice: string) => {
      const wrong = notRefused(await send(request));
      if (wrong !== null)
        findings.push(finding('SIGNATURE_NOT_CHECKED', `A request ${what} ${wrong}.`, advice));
    };
    await refuse(
      'without a signature',
      unsignedRequest(addressee, BODY),
      'Refuse requests that the gateway did not sign; see peacegraph-signature of `partner init`.',
    );
    for (const [what, fault, advice] of FAULTS)
      await refuse(what, signedRequest(addressee, BODY, fault()), advice);

    const twice = signedRequest(addressee, BODY);
    const first = answerOf(await send(twice), 0);
    if (first.data === null)
      findings.push(
        finding(
          'SIGNATURE_NOT_TAKEN',
          `A request that is rightly signed is answered with the status ${first.status}.`,
          'Check that you have the gateway’s keys, that your clock is right, and that a proxy leaves `Host` and the path alone.',
        ),
      );
    else
      await refuse(
        'that was answered before',
        twice,
        'Remember each `nonce` until its signature expires.',
      );
    return { says: `${FAULTS.length + 2} kinds of them`, findings };
  },
};
