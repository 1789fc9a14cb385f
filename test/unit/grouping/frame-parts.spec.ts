import type { StackFrame } from '../../../lib/event/error-event.js';
import { appFrameParts, packageParts } from '../../../lib/grouping/frame-parts.js';

const frame = (name: string | undefined, line = 1, parts: Partial<StackFrame> = {}): StackFrame => ({
  file: 'src/a.ts',
  line,
  inApp: true,
  ...(name !== undefined && { function: name }),
  ...parts,
});
const noLine = (): undefined => undefined;
const partsOf = (frames: readonly StackFrame[], isOverflow = false) =>
  appFrameParts(frames, isOverflow, noLine);

describe('appFrameParts', () => {
  it('takes the first three in-app frames, without lines', () => {
    const foreign = frame('query', 1, { file: 'node_modules/pg/client.js', inApp: false });
    expect(partsOf([foreign, frame('a', 1), frame('b', 2), frame('c', 3), frame('d', 4)])).toEqual([
      'a a',
      'a b',
      'a c',
    ]);
  });

  it('takes the source line of anonymous frames, and skips those without', () => {
    const frames = [frame(undefined, 1), frame(undefined, 2), frame('b', 3)];
    expect(appFrameParts(frames, false, ({ line }) => (line === 2 ? 'throwit()' : undefined))).toEqual([
      'a throwit()',
      'a b',
    ]);
  });

  it('counts a recursion as a set, however deep it is', () => {
    const shallow = [frame('top', 9), frame('b', 2), frame('a', 1), frame('b', 2), frame('a', 1)];
    const deep = [frame('top', 9), frame('a', 1), frame('b', 2), frame('a', 1), frame('b', 2), frame('a', 1)];
    expect(partsOf(shallow)).toEqual(['a top', 'a a', 'a b']);
    expect(partsOf(deep)).toEqual(partsOf(shallow));
  });

  it('does not take two classes of one file with a method of one name for a recursion', () => {
    const frames = [frame('Cart.total', 1), frame('Order.total', 7), frame('pay', 9)];
    expect(partsOf(frames)).toEqual(['a total', 'a total', 'a pay']);
  });

  it('leaves out what was on top when the stack overflowed', () => {
    const frames = [frame('chance', 9), frame('a', 1), frame('a', 1)];
    expect(partsOf(frames, true)).toEqual(['a a']);
    expect(partsOf(frames, false)).toEqual(['a chance', 'a a']);
  });
});

describe('packageParts', () => {
  it('names package and function of two frames, once each', () => {
    const at = (file: string, name?: string) => frame(name, 1, { file, inApp: false });
    expect(
      packageParts([
        at('node:net', 'connect'),
        at('node_modules/pg/a.js', 'Client.query'),
        at('node_modules/pg/b.js', 'query'),
        at('node_modules/typeorm/c.js'),
        at('node_modules/other/d.js', 'x'),
      ]),
    ).toEqual(['pg query', 'typeorm <anonymous>']);
  });
});
