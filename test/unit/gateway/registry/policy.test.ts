import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ownershipOf } from '../../../../gateway/registry/ownership/owners';
import { parsePolicy, PolicyInvalid } from '../../../../gateway/registry/ownership/policy';
import {
  checkPartnerName,
  namespaceOf,
  prefixOf,
} from '../../../../gateway/registry/ownership/names';
import { OURS, POLICY } from './graphs';

const FILE = path.join(__dirname, '..', '..', '..', '..', 'schema', 'ownership.json');
const TEXT = readFileSync(FILE, 'utf8');
const OWNERSHIP = ownershipOf(OURS);

/** The policy with something in it changed. */
const changed = (change: (policy: Record<string, never>) => void): string => {
  const policy = JSON.parse(TEXT) as Record<string, never>;
  change(policy);
  return JSON.stringify(policy);
};
const faultsOf = (text: string): readonly string[] => {
  try {
    parsePolicy(text);
    return [];
  } catch (error) {
    if (error instanceof PolicyInvalid) return error.faults;
    throw error;
  }
};

describe('the policy and our schemas', () => {
  const entities = Object.entries(POLICY.entities);
  const withKeys = [...OWNERSHIP].filter(([, { keys }]) => keys.size > 0).map(([name]) => name);

  it('says of every entity of ours what partners may do, and of nothing else', () => {
    expect(entities.map(([name]) => name).sort()).toEqual(withKeys.sort());
  });

  it.each(entities)('names an owner of %s who answers for it', (name, { owner }) => {
    const owners = [...(OWNERSHIP.get(name)?.keys.values() ?? [])].flat();
    expect(owners).toContain(owner);
  });

  it.each(entities.filter(([, { partners }]) => partners !== 'NONE'))(
    'publishes a key of %s by which its owner answers',
    (name, { owner, key = '' }) => {
      expect(OWNERSHIP.get(name)?.keys.get(key)).toContain(owner);
      expect(OWNERSHIP.get(name)?.fields.get(key)?.type).toBe('ID!');
    },
  );

  it.each(entities.flatMap(([name, { mayRequire }]) => (mayRequire ?? []).map((of) => [name, of])))(
    'publishes %s.%s, which exists',
    (name = '', field = '') => {
      expect(OWNERSHIP.get(name)?.fields.has(field)).toBe(true);
    },
  );

  it('shares scalars that exist', () => {
    for (const scalar of POLICY.scalars)
      expect(OWNERSHIP.get(scalar)?.kind).toBe('ScalarTypeDefinition');
  });

  it('leaves the underscore to partners, so that no name of ours can be one of theirs', () => {
    const names = [...OWNERSHIP].flatMap(([name, { kind, fields }]) =>
      kind === 'EnumTypeDefinition' ? [name] : [name, ...fields.keys()],
    );
    expect(names.filter((name) => name.includes('_'))).toEqual([]);
  });

  it('tells who owns each type and field of ours', () => {
    const organisation = OWNERSHIP.get('Organisation');
    expect(organisation?.owners).toEqual(['organisations', 'networks', 'funding', 'policy']);
    expect(organisation?.fields.get('name')).toEqual({
      type: 'String!',
      owners: ['organisations'],
    });
  });
});

describe('a policy that cannot be used', () => {
  it('is none if it is not JSON', () => {
    expect(faultsOf('{')[0]).toMatch(/^It is not JSON/);
  });

  it.each([
    ['another version', 'version', 2, '/version must be equal to constant'],
    ['a word of its own', 'extra', 1, '/ must NOT have additional properties: extra'],
    [
      'an unknown use of an entity',
      'entities',
      { Organisation: { owner: 'a', partners: 'SOME', key: 'id', mayRequire: [], why: 'x' } },
      '/entities/Organisation/partners must be equal to one of the allowed values: EXTEND, REFER, NONE',
    ],
    [
      'an entity without a key',
      'entities',
      { Organisation: { owner: 'a', partners: 'EXTEND', mayRequire: [], why: 'x' } },
      "/entities/Organisation must have required property 'key'",
    ],
    ['a cap of nothing', 'cost', { fieldWeight: 0, listSize: 1 }, '/cost/fieldWeight must be >= 1'],
  ])('is refused with its place: %s', (_what, place, value, says) => {
    const text = changed((policy) => Object.assign(policy, { [place]: value }));
    expect(faultsOf(text)).toContain(says);
  });

  it('says all that is wrong at once', () => {
    const text = changed((policy) => Object.assign(policy, { version: 3, scalars: [1] }));
    expect(faultsOf(text)).toHaveLength(2);
  });
});

describe('names of partners', () => {
  it('makes prefix and namespace of the name', () => {
    expect([prefixOf('willow-web'), namespaceOf('willow-web')]).toEqual(['willowWeb', 'WillowWeb']);
    expect([prefixOf('oak'), namespaceOf('a1-2b')]).toEqual(['oak', 'A12b']);
  });

  const taken = ['organisations', 'oak-net'];
  it.each(['willow-web', 'oak', 'a1-2b', 'x9'])('takes %s', (name) => {
    expect(checkPartnerName(POLICY, name, taken)).toEqual([]);
  });

  it.each([
    'a',
    'a'.repeat(31),
    'Willow',
    'willow_web',
    '-willow',
    'willow-',
    'willow--web',
    '1willow',
    '',
    'organisations',
    'oak-net',
    // Of the same prefix as one that is taken
    'oaknet',
    'o-aknet',
    'join',
    'federation',
  ])('refuses %p', (name) => {
    expect(checkPartnerName(POLICY, name, taken)[0]?.code).toBe('PARTNER_NAME_REFUSED');
  });
});
