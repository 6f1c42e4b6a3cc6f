import type { Compose } from '../../../gateway/composition';
import type { Trust } from '../../../gateway/partners';
import {
  createPublicationChecks,
  type Publication,
} from '../../../gateway/registry/check/publication';
import { composeHere, createComposer } from '../../../gateway/supergraph/compose-apart';
import {
  OURS,
  PARTNER_LINK,
  POLICY,
  SMALL,
  SMALL_POLICY,
  WILLOW,
} from '../../unit/gateway/registry/graphs';
import { violationsIn } from '../../unit/gateway/registry/oracle';

/** Of the small graph, at once; threads have tests of their own. */
const compose: Compose = async (subgraphs) => composeHere(subgraphs);
const checks = createPublicationChecks(SMALL_POLICY, SMALL, compose);
const publication = (more: Partial<Publication> = {}): Publication => ({
  partner: { name: 'willow-web', trust: 'VERIFIED' },
  sdl: WILLOW,
  current: { sdl: WILLOW },
  others: [],
  usage: [],
  ...more,
});
const check = (more: Partial<Publication> = {}) => checks.checkPublication(publication(more));
const codesOf = async (more: Partial<Publication> = {}) =>
  (await check(more)).findings.map(({ code }) => code);

const OAK = {
  name: 'oak-net',
  sdl: `${PARTNER_LINK} type Query { "Hello." oakNet_hello: String }`,
};

describe('a publication', () => {
  it('that is good comes back composed with the others', async () => {
    const { findings, supergraphSdl, apiSdl, dataFlow } = await check({ others: [OAK] });
    expect(findings).toEqual([]);
    expect(supergraphSdl).toContain('WILLOW_WEB @join__graph(name: "willow-web"');
    expect(apiSdl).toMatch(/oakNet_hello[^]*willowWeb_events/);
    expect(dataFlow.map(({ coordinate }) => coordinate)).toContain('Organisation.id');
  });

  it('goes with our own schemas and our own policy, and leaves all of ours as it was', async () => {
    const ours = createPublicationChecks(POLICY, OURS, createComposer());
    const before = await ours.composeWith([]);
    if (before.status !== 'composed') throw new Error(JSON.stringify(before));
    const { findings, supergraphSdl, apiSdl } = await ours.checkPublication(
      publication({ servedApiSdl: before.apiSdl }),
    );
    expect(findings).toEqual([]);
    const after = { supergraphSdl: supergraphSdl ?? '', apiSdl: apiSdl ?? '' };
    expect(after.apiSdl).toContain('willowWeb_events');
    expect(violationsIn(POLICY, before, after)).toEqual([]);
  });

  it('that policy refuses is not composed', async () => {
    let composed = 0;
    const counting: Compose = (subgraphs) => {
      composed += 1;
      return compose(subgraphs);
    };
    const counted = createPublicationChecks(SMALL_POLICY, SMALL, counting);
    const sdl = `${PARTNER_LINK} type Mutation { a: Int }`;
    const { findings, supergraphSdl } = await counted.checkPublication(publication({ sdl }));
    expect(findings.map(({ code }) => code)).toEqual(['MUTATION_REFUSED']);
    expect([supergraphSdl, composed]).toEqual([null, 0]);
  });

  it('under a name that shares its prefix with another’s is refused', async () => {
    const others = [{ name: 'willowweb', sdl: OAK.sdl }];
    expect(await codesOf({ others })).toEqual(['PARTNER_NAME_REFUSED']);
  });

  it('that does not compose says what composition says', async () => {
    const sdl = `${PARTNER_LINK} type Query { "A." willowWeb_a: WillowWeb_Nothing }`;
    const { findings, supergraphSdl } = await check({ sdl });
    expect(findings).toMatchObject([
      {
        code: 'COMPOSITION_FAILED',
        coordinate: 'WillowWeb_Nothing',
        line: 1,
        message: expect.stringContaining('WillowWeb_Nothing') as string,
      },
    ]);
    expect(supergraphSdl).toBeNull();
  });

  it.each([
    ['TIME', 'COMPOSITION_TOO_SLOW'],
    ['MEMORY', 'COMPOSITION_TOO_LARGE'],
    ['CRASH', 'COMPOSITION_CRASHED'],
  ] as const)('that ends composition by %s is a finding', async (because, code) => {
    const ended: Compose = async () => ({ status: 'failed', because, message: 'It ended.' });
    const { findings } = await createPublicationChecks(SMALL_POLICY, SMALL, ended).checkPublication(
      publication(),
    );
    expect(findings).toMatchObject([{ code, severity: 'ERROR', message: 'It ended.' }]);
  });

  it('without descriptions is warned of each', async () => {
    const sdl = `${PARTNER_LINK} type Query { willowWeb_a(b: Int): WillowWeb_A } enum WillowWeb_A { C }`;
    const { findings } = await check({
      sdl,
      current: null,
      partner: { name: 'willow-web', trust: 'CORE' },
    });
    expect(findings.map(({ code, coordinate, line }) => `${code} ${coordinate} ${line}`)).toEqual([
      'DESCRIPTION_MISSING Query.willowWeb_a 1',
      'DESCRIPTION_MISSING Query.willowWeb_a(b:) 1',
      'DESCRIPTION_MISSING WillowWeb_A 1',
      'DESCRIPTION_MISSING WillowWeb_A.C 1',
    ]);
  });

  it('says everything as JSON', async () => {
    const { findings, dataFlow } = await check();
    expect(JSON.parse(JSON.stringify({ findings, dataFlow }))).toEqual({ findings, dataFlow });
  });
});

describe('a change of what is served', () => {
  const sdl = WILLOW.replace(/"""On which day."""\s*on: Date/, '');
  const usage = [
    { coordinate: 'WillowWeb_Event.on', operations: [{ name: 'Calendar', count: 12 }] },
  ];

  it('that clients would notice is refused, with their operations named', async () => {
    const { findings } = await check({ sdl, usage });
    expect(findings).toMatchObject([
      {
        code: 'BREAKING_CHANGE_USED',
        coordinate: 'WillowWeb_Event.on',
        message: expect.stringContaining('Calendar (12×)') as string,
      },
    ]);
  });

  it('that nobody would is only warned of', async () => {
    expect(await codesOf({ sdl })).toEqual(['BREAKING_CHANGE']);
  });

  it('is the same against the schema that the caller says is served', async () => {
    const served = await checks.composeWith([{ name: 'willow-web', sdl: WILLOW }]);
    const servedApiSdl = served.status === 'composed' ? served.apiSdl : '';
    expect(await codesOf({ sdl, usage, servedApiSdl })).toEqual(['BREAKING_CHANGE_USED']);
  });

  it('is told of a retirement as well', async () => {
    const before = await checks.composeWith([{ name: 'willow-web', sdl: WILLOW }]);
    const after = await checks.composeWith([]);
    if (before.status !== 'composed' || after.status !== 'composed') throw new Error();
    const found = await checks.changesBetween(before.apiSdl, after.apiSdl, usage);
    expect(found.filter(({ severity }) => severity === 'ERROR')).toMatchObject([
      { coordinate: 'WillowWeb_Event', message: expect.stringContaining('Calendar') as string },
    ]);
  });
});

describe('a steward', () => {
  const codesFor = async (trust: Trust, current: string | null, sdl = WILLOW) =>
    (
      await check({
        partner: { name: 'willow-web', trust },
        current: current === null ? null : { sdl: current },
        sdl,
      })
    ).findings
      .filter(({ severity }) => severity === 'STEWARD')
      .map(({ code, coordinate }) => [code, coordinate].join(' ').trim());

  it('approves everything of a provisional partner', async () => {
    expect(await codesFor('PROVISIONAL', WILLOW)).toEqual(['STEWARD_EVERY_PUBLICATION']);
  });

  it('approves the first of a verified one, and what would flow to it', async () => {
    expect(await codesFor('VERIFIED', null)).toEqual([
      'STEWARD_FIRST_PUBLICATION',
      'STEWARD_NEW_ENTITY Organisation.id',
      'STEWARD_NEW_ENTITY Country.id',
      'STEWARD_MORE_DATA Country.iso3',
    ]);
  });

  it('approves what flows to it more than before, and nothing else', async () => {
    const less = WILLOW.replace(/extend type Country[^]*?\n}\n/, '');
    expect(await codesFor('VERIFIED', less)).toEqual([
      'STEWARD_NEW_ENTITY Country.id',
      'STEWARD_MORE_DATA Country.iso3',
    ]);
    expect(await codesFor('VERIFIED', WILLOW, less)).toEqual([]);
  });

  it('has nothing to approve of ours', async () => {
    expect(await codesFor('CORE', null)).toEqual([]);
  });
});
