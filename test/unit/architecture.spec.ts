import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

const CRUISER = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** A small lib with one breach of each kind. Its packages are not installed. */
const BREACHES: Files = new Map([
  ['lib/index.ts', `import './values/a.js'; import './notify/peer.js'; import './values/up.js';`],
  ['lib/testing.ts', `import './stack/beside.js'; import './masking/sister.js'; import './time/folder.js';`],
  ['lib/mail.ts', `import './values/package.js'; import './storage/driver.js';`],
  ['lib/values/up.ts', `import '../event/event.js';`],
  ['lib/event/event.ts', `export {};`],
  ['lib/stack/beside.ts', `import '../grouping/grouping.js';`],
  ['lib/grouping/grouping.ts', `export {};`],
  ['lib/masking/sister.ts', `import '../bounds/bounds.js'; import '../selection/selection.js';`],
  ['lib/bounds/bounds.ts', `export {};`],
  ['lib/selection/selection.ts', `export {};`],
  ['lib/values/a.ts', `import './b.js';`],
  ['lib/values/b.ts', `import './a.js';`],
  ['lib/time/folder.ts', `import './clock/index.js';`],
  ['lib/time/clock/index.ts', `export {};`],
  ['lib/values/package.ts', `import 'left-pad'; import 'rxjs';`],
  ['lib/storage/driver.ts', `import 'mysql2'; await import('libsql');`],
  ['lib/notify/peer.ts', `import 'nodemailer';`],
  ['lib/notify/unused.ts', `export {};`],
  ['tsconfig.json', readFileSync(join(root, 'tsconfig.json'), 'utf8')],
]);

interface Cruise {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** What the rules say about the files, one line for each breach. */
function breachesOf(files: Files): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'breaches-'));
  try {
    for (const [name, text] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const config = join(root, '.dependency-cruiser.mjs');
    const { stdout } = spawnSync(
      process.execPath,
      [CRUISER, 'lib', '--config', config, '--output-type', 'json'],
      { cwd: folder, encoding: 'utf8' },
    );
    const { summary } = JSON.parse(stdout) as Cruise;
    return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`).sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const file = (text: string, name = 'stack/parse-frame.ts'): Files => new Map([[name, text]]);

describe('lib', () => {
  const lib = readLib();

  it('keeps the rules of .dependency-cruiser.mjs', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CRUISER, 'lib'], {
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

describe('.dependency-cruiser.mjs', () => {
  it('finds a breach of each kind, and nothing else', () => {
    expect(breachesOf(BREACHES)).toEqual([
      'drivers only by import() or as types: lib/storage/driver.ts → mysql2',
      'every file is used: lib/notify/unused.ts → lib/notify/unused.ts',
      'import the file, never an index: lib/time/folder.ts → lib/time/clock/index.ts',
      'masking imports only what is below it: lib/masking/sister.ts → lib/selection/selection.ts',
      'no cycles: lib/values/a.ts → lib/values/b.ts',
      'package.json names every package: lib/values/package.ts → left-pad',
      'stack imports only what is below it: lib/stack/beside.ts → lib/grouping/grouping.ts',
      'the root entry reaches no optional peer: lib/index.ts → nodemailer',
      'values imports only what is below it: lib/values/up.ts → lib/event/event.ts',
    ]);
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
