import { findHeadEnd } from '../../../lib/stack/stack-head.js';

const FRAMES = '\n    at pay (/app/a.js:1:1)';

describe('findHeadEnd', () => {
  it.each([
    ['name and message', 'Error: boom', 'Error: boom'],
    ['the message alone', 'Error: boom', 'boom'],
    ['a message of several lines', 'Error: one\ntwo', 'one\ntwo'],
    ['a name that was set later', 'Error: boom', 'PaymentError: boom'],
    ['a message that was prefixed later', 'Error: boom', 'charge: order: boom'],
    ['no frames', 'Error: boom', 'boom'],
  ])('finds the end by %s', (_how, written, head) => {
    expect(findHeadEnd(written + FRAMES, head)).toBe(written.length);
  });

  it('finds the end of a stack without frames', () => {
    expect(findHeadEnd('Error: boom', 'boom')).toBe(11);
  });

  it('takes a message for the head that looks like a frame', () => {
    const message = 'boom\n    at evil (/app/b.js:1:1)';
    expect(findHeadEnd(`Error: ${message}${FRAMES}`, message)).toBe(`Error: ${message}`.length);
  });

  it.each([
    ['a message that stands nowhere', 'Error: boom', 'bang'],
    ['a part of a word', 'Error: kaboom', 'boom'],
    ['a part of a line', 'Error: boom box', 'boom'],
    ['nothing', 'Error: boom', undefined],
    ['an empty head', 'Error', ''],
  ])('is not misled by %s', (_by, written, head) => {
    expect(findHeadEnd(written + FRAMES, head)).toBeUndefined();
  });

  it('does not find the message below the first frame', () => {
    expect(findHeadEnd(`Error${FRAMES}\nboom`, 'boom')).toBeUndefined();
  });
});
