import { pino } from 'pino';
import { openKeys } from '../../gateway/access/open';
import type { Finding, PublishedSubgraph } from '../../gateway/partners';
import { openRegistry } from '../../gateway/partnership';
import { checkPartnerName } from '../../gateway/registry/ownership/names';
import { readPolicy } from '../../gateway/registry/ownership/policy';
import type { Compose, Own } from '../../gateway/registry/parts';

const POLICY = readPolicy();

export const silent = pino({ level: 'silent' });

export const aFinding = (code: string, severity: Finding['severity']): Finding => ({
  code,
  severity,
  coordinate: null,
  line: null,
  column: null,
  message: `It is ${code}.`,
  advice: 'Mend it.',
});

export const OWN: Own = { id: 'release-1', names: ['organisations', 'funding'] };

/** Composes texts that say who is in them; what is `BROKEN` does not compose. */
export const composeTexts =
  (own: Own): Compose =>
  async (partners) => {
    const broken = partners.filter(({ sdl }) => sdl.includes(`BROKEN for ${own.id}`));
    if (broken.length > 0)
      return { status: 'failed', reasons: broken.map(({ name }) => `${name} is broken.`) };
    const said = partners.map(({ name, version, sdl }) => `${name}@${version}: ${sdl}`).sort();
    return {
      status: 'composed',
      supergraphSdl: [own.id, ...said].join('\n'),
      apiSdl: `api of ${said.join(', ')}`,
    };
  };

/**
 * A registry over simple parts: an SDL with `WRONG` is refused, one with `NEW` needs a steward, an
 * endpoint with `down` in its address does not pass the canary.
 */
export const openTestRegistry = async (
  at: { place: string; dataDir: string },
  { own = OWN, served }: { own?: Own; served?: () => Promise<void> } = {},
) => {
  const keys = await openKeys({ ...at, secrets: { key: null } });
  const compose = composeTexts(own);
  const registry = await openRegistry(
    {
      place: at.place,
      keys,
      own,
      compose,
      faultOfName: (name, taken) => checkPartnerName(POLICY, name, taken)[0]?.message ?? null,
      log: silent,
      check: async ({ partner, sdl, others, previous }) => {
        const one: PublishedSubgraph = {
          ...{ ...partner, sdl, url: '', licence: null, answerKey: null },
          version: (previous?.version ?? 0) + 1,
        };
        const composed = await compose([...others, one]);
        const findings = [
          ...(sdl.includes('WRONG') ? [aFinding('WRONG', 'ERROR')] : []),
          ...(sdl.includes('NEW') ? [aFinding('NEW', 'STEWARD')] : []),
          ...(composed.status === 'failed' ? [aFinding('BROKEN', 'ERROR')] : []),
        ];
        const { supergraphSdl = null, apiSdl = null } =
          composed.status === 'composed' ? composed : {};
        return { findings, supergraphSdl, apiSdl, dataFlow: ['Ids of organisations.'] };
      },
      canary: async ({ url }) => ({
        passed: !url.includes('down'),
        findings: url.includes('down') ? [aFinding('DOWN', 'ERROR')] : [],
        report: { tried: url },
      }),
    },
    served,
  );
  return {
    ...registry,
    keys,
    close: async () => {
      await registry.close();
      await keys.close();
    },
  };
};
export type TestRegistry = Awaited<ReturnType<typeof openTestRegistry>>;
