import {
  type ConformanceReport,
  formatConformance,
  signReport,
  verifyReport,
} from '../../../../gateway/registry/conformance/report';
import {
  createSigningKey,
  publicText,
  readPublicKeys,
} from '../../../../subgraphs/shared/http/keys';

const KEY = createSigningKey();
const KEYS = readPublicKeys(publicText(KEY));
const REPORT: ConformanceReport = {
  format: 'peacegraph-conformance/1',
  name: 'willow-web',
  url: 'https://willow.example/graphql',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:05.000Z',
  passed: false,
  sdlSha256: null,
  latency: null,
  checks: [
    {
      id: 'x',
      title: 'Entities come in order',
      verdict: 'FAILED',
      says: 'they do not',
      findings: [
        {
          code: 'ENTITY_ORDER',
          severity: 'ERROR',
          coordinate: 'Organisation.id',
          line: null,
          column: null,
          message: 'It answers “b” in the place of “a”.',
          advice: 'Answer in order.',
        },
      ],
    },
  ],
};

describe('a signed report', () => {
  it('holds as it was signed, also after it was written down in another order', () => {
    const signed = signReport(REPORT, KEY);
    const { checks, ...rest } = signed.report;
    const again = JSON.parse(
      JSON.stringify({ ...signed, report: { checks, ...rest } }),
    ) as typeof signed;
    expect(verifyReport(signed, KEYS)).toBe(true);
    expect(verifyReport(again, KEYS)).toBe(true);
  });

  it('does not hold once something of it was changed, or by another key', () => {
    const signed = signReport(REPORT, KEY);
    const mended = { ...signed, report: { ...REPORT, passed: true } };
    expect(verifyReport(mended, KEYS)).toBe(false);
    expect(verifyReport({ ...signed, signature: '' }, KEYS)).toBe(false);
    expect(verifyReport(signed, readPublicKeys(publicText(createSigningKey())))).toBe(false);
  });

  it('says to people what is wrong, where, and what to do', () => {
    const text = formatConformance(REPORT);
    expect(text).toContain('willow-web at https://willow.example/graphql: FAILED, 2026-01-01');
    expect(text).toMatch(/FAILED\s+Entities come in order: they do not/);
    expect(text).toContain('error ENTITY_ORDER at Organisation.id: It answers “b”');
    expect(text).toContain('to mend it: Answer in order.');
  });
});
