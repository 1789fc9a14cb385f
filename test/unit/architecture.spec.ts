import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  findAny,
  findLongFiles,
  findOddNames,
  findOtherBounds,
  findWideConstructors,
  type Files,
} from '../support/house-rules.js';

const root = join(__dirname, '../..');

function readLib(): Files {
  return new Map(
    readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.d)\.tsx?$/.test(file))
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(root, 'lib', file), 'utf8')]),
  );
}

const file = (text: string, name = 'stack/parse-frame.ts'): Files => new Map([[name, text]]);

describe('lib', () => {
  const lib = readLib();

  it('keeps the rules of .dependency-cruiser.mjs', () => {
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cruiser, 'lib'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ status, said: stdout + stderr }).toEqual({
      status: 0,
      said: expect.stringMatching(/no dependency violations found \(\d{3,} modules/),
    });
  });

  it('never says any', () => {
    expect(findAny(lib)).toEqual([]);
  });

  it('names its files in kebab-case, with a dot before a role only', () => {
    expect(findOddNames(lib)).toEqual([]);
  });

  it('calls its bounds MAX_', () => {
    expect(findOtherBounds(lib)).toEqual([]);
  });

  it('has no file that is too long', () => {
    expect(findLongFiles(lib)).toEqual([]);
  });

  it('has no constructor that asks for too much', () => {
    expect(findWideConstructors(lib)).toEqual([]);
  });
});

describe('findAny', () => {
  it('finds the type in every position and nothing that merely reads like it', () => {
    const text = [
      `let a: any;`,
      `const b = x as any;`,
      `type C = Map<string, any[]>;`,
      `const any = 1; // any: any`,
      `const d = 'as any';`,
    ].join('\n');
    expect(findAny(file(text))).toEqual([
      'stack/parse-frame.ts:1 says any',
      'stack/parse-frame.ts:2 says any',
      'stack/parse-frame.ts:3 says any',
    ]);
  });
});

describe('findOddNames', () => {
  it.each(['stack/parse.frame.ts', 'stack/parseFrame.ts', 'stack/parse-.ts', 'stack/Frame.ts'])(
    'finds %s',
    (name) => {
      expect(findOddNames(file('', name))).toEqual([name]);
    },
  );

  it.each(['index.ts', 'stack/sha256.ts', 'notify/mail.notifier.ts', 'admin/pages/issue.page.tsx'])(
    'accepts %s',
    (name) => {
      expect(findOddNames(file('', name))).toEqual([]);
    },
  );
});

describe('findOtherBounds', () => {
  it('finds constants that name a bound by another word', () => {
    expect(findOtherBounds(file(`const MAX_KEYS = 1;\nconst MOST_KEYS = 2, LONGEST = MOST;`))).toEqual([
      'stack/parse-frame.ts:2 calls a bound MOST_KEYS, not MAX_…',
      'stack/parse-frame.ts:2 calls a bound LONGEST, not MAX_…',
    ]);
  });
});

describe('findLongFiles', () => {
  it('accepts 220 lines and no more', () => {
    const lines = (count: number): string => 'x;\n'.repeat(count);
    expect(findLongFiles(file(lines(220)))).toEqual([]);
    expect(findLongFiles(file(lines(221)))).toEqual(['stack/parse-frame.ts has 221 lines']);
  });
});

describe('findWideConstructors', () => {
  it('accepts five parameters and no more', () => {
    expect(findWideConstructors(file('class A { constructor(a, b, c, d, e) {} }'))).toEqual([]);
    expect(findWideConstructors(file('class A { constructor(a, b, c, d, e, f) {} }'))).toEqual([
      'stack/parse-frame.ts:1 has a constructor with 6 parameters',
    ]);
  });
});
