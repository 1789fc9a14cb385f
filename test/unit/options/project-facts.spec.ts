import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedCommit, readProjectFacts, variable } from '../../../lib/options/project-facts.js';

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

describe('readProjectFacts', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'facts-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const factsOf = (manifest: unknown): object => {
    writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
    return readProjectFacts(root);
  };

  it('reads name and version', () => {
    expect(factsOf({ name: '@acme/shop', version: '1.2.3' })).toEqual({
      name: '@acme/shop',
      version: '1.2.3',
    });
  });

  it('does without the file', () => {
    expect(readProjectFacts(join(root, 'none'))).toEqual({ name: undefined, version: undefined });
  });

  it('makes one short line of what it reads', () => {
    const facts = factsOf({ name: 'a\n\u2028\u202eb', version: `${'😀'.repeat(150)}${'x'.repeat(100_000)}` });
    expect(facts).toEqual({ name: 'a b', version: '😀'.repeat(150) + 'x'.repeat(50) });
  });
});

describe('variable', () => {
  it('is one line without spaces around it', () => {
    process.env['NODE_ENV'] = ' eu\r\nwest ';
    expect(variable('NODE_ENV', 64)).toBe('eu west');
    expect(variable('NODE_ENV', 4)).toBe('eu w');
  });

  it('is undefined if it is blank or not set', () => {
    process.env['NODE_ENV'] = ' \n';
    expect(variable('NODE_ENV', 64)).toBeUndefined();
    delete process.env['NODE_ENV'];
    expect(variable('NODE_ENV', 64)).toBeUndefined();
  });
});

describe('namedCommit', () => {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/SHA|COMMIT|REVISION|SOURCE_?VERSION/.test(name)) delete process.env[name];
    }
  });

  it('is what the first platform says that says something', () => {
    process.env['K_REVISION'] = 'shop-00042';
    expect(namedCommit()).toBe('shop-00042');
    process.env['CI_COMMIT_SHA'] = 'abc123';
    process.env['GITHUB_SHA'] = ' ';
    expect(namedCommit()).toBe('abc123');
  });

  it('is undefined where no platform names one', () => {
    expect(namedCommit()).toBeUndefined();
  });
});
