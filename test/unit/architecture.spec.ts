import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  findCycles,
  findMissablePackages,
  findVagueImports,
  findWrongDirections,
} from '../support/architecture.js';
import { findAny, readImports } from '../support/imports.js';
import type { Files } from '../support/imports.js';

const tiers = [
  ['values', 'time'],
  ['event'],
  ['errors'],
  ['options'],
  ['bounds'],
  ['selection', 'scope', 'stack', 'grouping', 'masking', 'storage', 'notify'],
  ['ticketing'],
  ['alerting'],
  ['delivery'],
  ['intake'],
  ['upkeep'],
  ['service'],
  ['capture', 'admin', 'health'],
  ['module'],
  ['testing'],
  ['entry point'],
];

/** A folder is a layer; the few files beside the folders belong to the layers that have no folder. */
function layerOf(file: string): string {
  if (file.includes('/')) return file.slice(0, file.indexOf('/'));
  if (/^(error-tracker|issue)\.service\.ts$/.test(file)) return 'service';
  if (/^error-tracker\.(module|module-definition|providers|extras)\.ts$/.test(file)) return 'module';
  return /^(index|mail|prometheus|terminus|testing)\.ts$/.test(file) ? 'entry point' : file;
}

const drivers = ['better-sqlite3', 'libsql', 'mysql', 'mysql2', 'pg', 'sql.js', 'sqlite3'];

function packageNames(): { required: string[]; optional: string[]; drivers: string[] } {
  const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as Record<
    'dependencies' | 'peerDependencies' | 'peerDependenciesMeta',
    Record<string, object | undefined>
  >;
  const optional = Object.keys(manifest.peerDependenciesMeta);
  const peers = Object.keys(manifest.peerDependencies).filter((name) => !optional.includes(name));
  return {
    required: [...Object.keys(manifest.dependencies), ...peers],
    // nodemailer comes with the mailer and not with us.
    optional: [...optional, 'nodemailer'],
    drivers,
  };
}

function readLib(): Files {
  const lib = join(__dirname, '../../lib');
  return new Map(
    readdirSync(lib, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .sort()
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(lib, file), 'utf8')]),
  );
}

const files = (texts: Record<string, string>): Files => new Map(Object.entries(texts));

describe('architecture of lib', () => {
  const lib = readLib();

  it('is read at all', () => {
    expect(readImports(lib).length).toBeGreaterThan(10);
  });

  it('imports only downwards', () => {
    expect(findWrongDirections(lib, tiers, layerOf)).toEqual([]);
  });

  it('has no cycles', () => {
    expect(findCycles(lib, 'event')).toEqual([]);
  });

  it('imports files, never an index or a folder', () => {
    expect(findVagueImports(lib)).toEqual([]);
  });

  it('loads nothing that may not be installed', () => {
    expect(findMissablePackages(lib, 'index.ts', packageNames())).toEqual([]);
  });

  it('never says any', () => {
    expect(findAny(lib)).toEqual([]);
  });
});

describe('readImports', () => {
  it('tells value, type and dynamic imports apart', () => {
    const text = [
      `import a, { type B } from './a.js';`,
      `import type { C } from './a.js';`,
      `import { type D } from './a.js';`,
      `export * from './a.js';`,
      `export type { E } from './a.js';`,
      `import './a.js';`,
      `const f = await import('./a.js');`,
      `let g: import('./a.js').G;`,
      `// import './comment.js'`,
    ].join('\n');
    const found = readImports(files({ 'x.ts': text, 'a.tsx': '' }));
    expect(found.map(({ line, kind, target }) => [line, kind, target])).toEqual([
      [1, 'value', 'a.tsx'],
      [2, 'type', 'a.tsx'],
      [3, 'type', 'a.tsx'],
      [4, 'value', 'a.tsx'],
      [5, 'type', 'a.tsx'],
      [6, 'value', 'a.tsx'],
      [7, 'dynamic', 'a.tsx'],
      [8, 'type', 'a.tsx'],
    ]);
  });
});

describe('findWrongDirections', () => {
  const find = (texts: Record<string, string>): string[] => findWrongDirections(files(texts), tiers, layerOf);

  it('accepts imports of a lower tier and of the own layer', () => {
    expect(
      find({
        'event/event.ts': '',
        'masking/masker.ts': `import { e } from '../event/event.js'; import './key.masker.js';`,
        'masking/key.masker.ts': '',
        'error-tracker.service.ts': `import './masking/masker.js';`,
        'admin/pages.tsx': `import '../error-tracker.service.js';`,
        'index.ts': `export * from './admin/pages.js';`,
      }),
    ).toEqual([]);
  });

  it('names an import that goes up, type imports included', () => {
    expect(
      find({
        'event/event.ts': `\nimport type { M } from '../masking/masker.js';`,
        'masking/masker.ts': '',
      }),
    ).toEqual(['event/event.ts:2 (event) imports masking/masker.ts (masking), which stands above it']);
  });

  it('names an import of a layer of the same tier', () => {
    expect(find({ 'admin/page.tsx': `import '../capture/door.js';`, 'capture/door.ts': '' })).toEqual([
      'admin/page.tsx:1 (admin) imports capture/door.ts (capture), which stands beside it',
    ]);
  });

  it('names a file of no layer', () => {
    expect(find({ 'utils/text.ts': '', 'helpers.ts': '' })).toEqual([
      expect.stringContaining('utils/text.ts is in no layer'),
      expect.stringContaining('helpers.ts is in no layer'),
    ]);
  });
});

describe('findCycles', () => {
  it('names a cycle once, with its way', () => {
    expect(
      findCycles(
        files({
          'stack/a.ts': `import './b.js';`,
          'stack/b.ts': `import './c.js';`,
          'stack/c.ts': `import type { A } from './a.js';`,
          'stack/d.ts': `import './a.js';`,
        }),
        'event',
      ),
    ).toEqual(['stack/a.ts -> stack/b.ts -> stack/c.ts -> stack/a.ts']);
  });

  it('lets the types of the exempt folder know one another, and nothing else there', () => {
    const types = {
      'event/a.ts': `import type { B } from './b.js';`,
      'event/b.ts': `import type { A } from './a.js';`,
    };
    const values = {
      'event/a.ts': `import { b } from './b.js';`,
      'event/b.ts': `import { a } from './a.js';`,
    };
    expect(findCycles(files(types), 'event')).toEqual([]);
    expect(findCycles(files(values), 'event')).toEqual(['event/a.ts -> event/b.ts -> event/a.ts']);
  });
});

describe('findVagueImports', () => {
  it.each([
    ['./index.js', 'an index'],
    ['../index', 'an index'],
    ['../masking', 'not a file'],
    ['..', 'not a file'],
    ['./missing.js', 'no such file'],
  ])('names %s', (specifier, reason) => {
    const found = findVagueImports(files({ 'event/a.ts': `import '${specifier}';`, 'event/index.ts': '' }));
    expect(found).toEqual([expect.stringContaining(reason)]);
  });

  it('accepts files and packages', () => {
    const text = `import './b.js'; import 'node:fs'; import 'typeorm';`;
    expect(findVagueImports(files({ 'event/a.ts': text, 'event/b.tsx': '' }))).toEqual([]);
  });
});

describe('findMissablePackages', () => {
  const packages = {
    required: ['typeorm', '@nestjs/common'],
    optional: ['@nest/mailer', 'lodash'],
    drivers: ['libsql'],
  };
  const find = (texts: Record<string, string>): string[] =>
    findMissablePackages(files(texts), 'index.ts', packages);

  it('accepts what package.json requires, what Node brings, and types of optional peers', () => {
    const text = `import 'typeorm/browser'; import '@nestjs/common'; import 'node:fs'; import type { M } from '@nest/mailer';`;
    expect(find({ 'index.ts': text })).toEqual([]);
  });

  it('accepts import() of a driver from anywhere', () => {
    expect(find({ 'index.ts': `await import('libsql');` })).toEqual([]);
  });

  it('accepts import() of an optional peer where the root entry does not reach', () => {
    const texts = {
      'index.ts': `import type { M } from './mail.js';`,
      'mail.ts': `await import('@nest/mailer/x');`,
    };
    expect(find(texts)).toEqual([]);
  });

  it('names import() of an optional peer that the root entry reaches, with the way', () => {
    const texts = {
      'index.ts': `import './notify/a.js';`,
      'notify/a.ts': `await import('./b.js');`,
      'notify/b.ts': `await import('lodash/get');`,
    };
    expect(find(texts)).toEqual([
      expect.stringMatching(
        /^notify\/b\.ts:1 imports 'lodash\/get'.*index\.ts -> notify\/a\.ts -> notify\/b\.ts$/,
      ),
    ]);
  });

  it('names value imports of drivers everywhere, and of optional peers where the root entry reaches them', () => {
    expect(find({ 'mail.ts': `import '@nest/mailer';`, 'storage/a.ts': `import 'libsql';` })).toEqual([
      expect.stringContaining(`storage/a.ts:1 imports 'libsql', which may not be installed`),
    ]);
  });

  it('names packages that package.json does not require, even for types', () => {
    expect(find({ 'capture/a.ts': `import type { Request } from 'express';` })).toEqual([
      `capture/a.ts:1 imports 'express', which package.json does not require`,
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
    expect(findAny(files({ 'event/a.tsx': text }))).toEqual([
      'event/a.tsx:1 says any',
      'event/a.tsx:2 says any',
      'event/a.tsx:3 says any',
    ]);
  });
});
