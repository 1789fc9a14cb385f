import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSource, textFrom } from '../../../lib/grouping/source-reader.js';

let outside: string;
let root: string;

beforeAll(() => {
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'source-')));
  root = join(outside, 'app');
  mkdirSync(join(root, 'folder.js'), { recursive: true });
  writeFileSync(join(root, 'a.ts'), 'const a = 1;');
  writeFileSync(join(root, 'secrets.env'), 'KEY=1');
  writeFileSync(join(root, 'large.js'), 'x'.repeat(1_048_577));
  writeFileSync(join(root, 'full.js'), 'x'.repeat(1_048_576));
  writeFileSync(join(outside, 'other.js'), 'const secret = 1;');
  symlinkSync(join(outside, 'other.js'), join(root, 'link.js'));
  symlinkSync(join(root, 'secrets.env'), join(root, 'env.js'));
  symlinkSync(join(root, 'a.ts'), join(root, 'inner.js'));
  execFileSync('mkfifo', [join(root, 'pipe.js')]);
});

afterAll(() => rmSync(outside, { recursive: true }));

describe('reading source files', () => {
  it('reads code inside the project root', () => {
    expect(readSource(root, 'a.ts')).toBe('const a = 1;');
    expect(readSource(root, 'inner.js')).toBe('const a = 1;');
    expect(readSource(root, 'full.js')).toHaveLength(1_048_576);
  });

  it.each([
    ['leads outside', '../other.js'],
    ['is a link that leads outside', 'link.js'],
    ['is a link to something else than code', 'env.js'],
    ['is no code', 'secrets.env'],
    ['is too large', 'large.js'],
    ['is a folder', 'folder.js'],
    ['is a pipe', 'pipe.js'],
    ['is missing', 'missing.js'],
    ['cannot be', 'a\0.js'],
    ['is absolute', '/etc/hosts.js'],
  ])('reads nothing that %s', (_what, file) => expect(readSource(root, file)).toBeUndefined());
});

describe('text from a place', () => {
  it.each([
    [1, 1, 'one'],
    [2, 2, 'wo'],
    [3, 1, ''],
    [4, 1, undefined],
    [1, 99, undefined],
  ])('at %i:%i is %j', (line, column, text) => {
    expect(textFrom('one\ntwo\n', line, column, 100)?.split('\n')[0]).toBe(text);
  });
});
