import { Script } from 'node:vm';
import { ASSETS, SCRIPT, STYLESHEET } from '../../../../lib/admin/pages/assets.js';

describe('the assets', () => {
  it('carry the hash of their content in their name', () => {
    for (const { name } of ASSETS) expect(name).toMatch(/^dashboard\.[\da-f]{12}\.(css|js)$/);
  });

  it('holds a script that parses', () => {
    expect(() => new Script(SCRIPT.content)).not.toThrow();
  });
});

/** What a rule that begins with `start` sets. */
function declarationsOf(start: string): string[] {
  const rule = STYLESHEET.content.slice(STYLESHEET.content.indexOf(start) + start.length);
  return rule
    .slice(0, rule.indexOf('}'))
    .split(';')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('--'));
}

describe('the stylesheet', () => {
  it('has the same dark colours for whose system is dark and for who chose them', () => {
    const bySystem = declarationsOf(":root:not([data-theme='light']) {");
    expect(bySystem.length).toBeGreaterThan(20);
    expect(declarationsOf(":root[data-theme='dark'] {")).toEqual(bySystem);
  });

  it('has a dark colour for every light one', () => {
    const names = (lines: readonly string[]) => lines.map((line) => line.slice(0, line.indexOf(':')));
    const light = names(declarationsOf(':root {')).filter((name) => !['--mono', '--sans'].includes(name));
    const dark = names(declarationsOf(":root:not([data-theme='light']) {"));
    expect(dark).toEqual(light);
  });

  it('carries neither comments nor indentation, and no rule is cut', () => {
    expect(STYLESHEET.content).not.toMatch(/\/\*|\n /);
    expect(STYLESHEET.content.match(/\{/g)).toHaveLength(STYLESHEET.content.match(/\}/g)?.length ?? 0);
  });
});

describe('the script', () => {
  it('is one function without imports or exports', () => {
    expect(SCRIPT.content).toMatch(/^\(function\(\)\{"use strict";/);
    expect(SCRIPT.content).not.toMatch(/\b(import|export|require)\b/);
  });

  it('wires every comfort when the page is there, and sets the theme before', () => {
    const heard: string[] = [];
    const document = {
      documentElement: { dataset: {} as Record<string, string> },
      body: { dataset: { page: 'issue' }, classList: { add: (name: string) => heard.push(name) } },
      querySelector: () => null,
      querySelectorAll: () => [],
      addEventListener: (name: string, listener: () => void) => {
        heard.push(name);
        if (name === 'DOMContentLoaded') ready = listener;
      },
    };
    let ready = (): void => undefined;
    const window = {
      localStorage: { getItem: () => 'dark' },
      get sessionStorage(): never {
        throw new Error('forbidden');
      },
    };
    new Script(SCRIPT.content).runInNewContext({
      document,
      window,
      setInterval: () => heard.push('interval'),
    });
    expect(document.documentElement.dataset).toEqual({ theme: 'dark' });
    ready();
    expect(heard).toEqual(['DOMContentLoaded', 'scripted', 'keydown', 'click', 'interval']);
  });
});
