import { findTextLiterals } from '../../../lib/grouping/text-literals.js';

const found = (code: string): string[] =>
  findTextLiterals(code).map(({ pieces, holes }) =>
    pieces.map((piece, at) => piece + (at < holes.length ? `<${holes[at] ?? ''}>` : '')).join(''),
  );

describe('findTextLiterals', () => {
  it.each([
    [`throw new Error('gone');`, ['gone']],
    ["throw new Error(`User ${id} gone`, { cause: 'x' });", ['x', 'User <id> gone']],
    [`new Error('User ' + user.id + ' gone')`, ['User <user.id> gone']],
    [`new Error(id + ' gone')`, ['<id> gone']],
    [`ok ? 'one' : 'two'`, ['one', 'two']],
    [`// 'comment'\nx('text')`, ['text']],
    [`/* 'comment' */ x('text')`, ['text']],
    [`) + 'behind a bracket'`, ['behind a bracket']],
    [`it's no text, 'but this'`, []],
    [`text += 'a' + more`, ['a<more>']],
  ])('finds the texts of %s', (code, texts) => {
    expect(found(code).sort()).toEqual([...texts].sort());
  });

  it('finds twelve at most', () => {
    expect(found(`f(${"'a',".repeat(50)})`)).toHaveLength(12);
  });
});
