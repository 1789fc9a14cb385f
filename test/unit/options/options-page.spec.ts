import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KNOWN_PATHS, SECTIONS } from '../../../lib/options/error-tracker-options.js';
import { resolveOptions } from '../../../lib/options/resolve-options.js';

const root = join(__dirname, '../../..');
const page = readFileSync(join(root, 'docs/options.md'), 'utf8');

/** The default that the page names for each option, by the option's path. */
const shown = new Map(
  [...page.matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\|/gm)].map(([, path = '', byDefault = '']) => [
    path,
    byDefault,
  ]),
);

/** Defaults that are made of the surroundings: the page says what they are made of. */
const MADE = [
  'environment',
  'projectRoot',
  'release',
  'delivery.journalFolder',
  'mail.subjectPrefix',
  'admin.title',
];

function valueAt(path: string): unknown {
  const mail = { from: 'errors@shop.example', admins: ['ann@shop.example'] };
  const resolved: unknown = resolveOptions({ mail });
  return path.split('.').reduce((value, name) => (value as Record<string, unknown>)[name], resolved);
}

describe('docs/options.md', () => {
  it('is current', () => {
    execFileSync(process.execPath, ['scripts/options-page.mjs', '--check'], { cwd: root });
  });

  it('names every option once', () => {
    const sections = Object.keys(SECTIONS);
    const options = [...shown.keys()].filter((path) => KNOWN_PATHS.includes(path));
    expect(options.sort()).toEqual(KNOWN_PATHS.filter((path) => !sections.includes(path)).sort());
    expect(sections.filter((section) => !page.includes(`\n## ${section}\n`))).toEqual([]);
  });

  it.each(
    [...shown].filter(([path, text]) => !MADE.includes(path) && !path.includes('[]') && text !== 'required'),
  )('names the default of %s: %s', (path, text) => {
    const value = valueAt(path);
    if (typeof value === 'boolean' || typeof value === 'string') expect(text).toBe(`\`${String(value)}\``);
    else if (typeof value === 'number') expect(text).toMatch(new RegExp(`^${value}(?!\\d)`));
    else if (Array.isArray(value)) expect(text).toMatch(/^none/);
    else expect(['undefined', 'function', 'object']).toContain(typeof value);
  });
});
