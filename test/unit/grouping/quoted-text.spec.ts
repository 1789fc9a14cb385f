import { readString, readTemplate } from '../../../lib/grouping/quoted-text.js';

describe('readString', () => {
  it.each([
    [`'plain' + x`, 'plain', 7],
    [`"it's"`, "it's", 6],
    [`'a\\'b'`, "a'b", 6],
    [`'a\\n\\x41\\u0042\\u{43}\\q'`, 'a\nABCq', 23],
    [`'two\\\nlines'`, 'twolines', 12],
    [`'\\u{ffffff}'`, '', 12],
  ])('reads %s', (code, text, end) => {
    expect(readString(code, 0)).toEqual({ pieces: [text], holes: [], end });
  });

  it.each([`'no end`, `'no end\n'`])('reads nothing from %p', (code) => {
    expect(readString(code, 0)).toBeUndefined();
  });
});

describe('readTemplate', () => {
  it('keeps pieces and the code between them', () => {
    const code = 'x = `User ${ user.name } of ${id}`;';
    expect(readTemplate(code, 4)).toEqual({
      pieces: ['User ', ' of ', ''],
      holes: ['user.name', 'id'],
      end: code.length - 1,
    });
  });

  it('is not misled by braces and quotes within an expression', () => {
    const code = "`a ${f({ b: '}' }, `}${1}`)} c`";
    expect(readTemplate(code, 0)).toEqual({
      pieces: ['a ', ' c'],
      holes: ["f({ b: '}' }, `}${1}`)"],
      end: code.length,
    });
  });

  it('cuts the code of an expression', () => {
    expect(readTemplate(`\`\${${'x'.repeat(200)}}\``, 0)?.holes).toEqual(['x'.repeat(80)]);
  });

  it('reads a backslash before a dollar as text', () => {
    expect(readTemplate('`\\${a}`', 0)).toEqual({ pieces: ['${a}'], holes: [], end: 7 });
  });

  it('reads nothing without an end', () => {
    expect(readTemplate('`a ${', 0)).toBeUndefined();
  });

  it('does not begin anew within every nested template', () => {
    const start = process.cpuUsage();
    expect(readTemplate('`${'.repeat(26), 0)).toBeUndefined();
    expect(process.cpuUsage(start).user).toBeLessThan(500_000);
  });
});
