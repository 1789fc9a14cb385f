import fc from 'fast-check';
import { InvalidCursorError } from '../../../lib/errors/invalid-cursor.error.js';
import { decodeCursor, encodeCursor } from '../../../lib/storage/paging.js';

describe('a cursor', () => {
  it('comes back as it was handed out', () => {
    const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(whole, whole, (value, id) => {
        const text = encodeCursor('lastSeen', { value, id });
        expect(text).toMatch(/^[\w-]+$/);
        expect(decodeCursor('lastSeen', text)).toEqual({ value, id });
      }),
    );
  });

  it('of one order is refused by another', () => {
    const text = encodeCursor('lastSeen', { value: 1, id: 2 });
    expect(() => decodeCursor('eventCount', text)).toThrow(InvalidCursorError);
  });

  it('is refused with an error of its own, whatever a client sends', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => decodeCursor('lastSeen', value as string)).toThrow(InvalidCursorError);
      }),
    );
    for (const text of [
      'lastSeen:1:-1',
      'lastSeen:1.5:1',
      'lastSeen:1e3:1',
      'lastSeen:1:2:3',
      'lastSeen::',
    ]) {
      const cursor = Buffer.from(text).toString('base64url');
      expect(() => decodeCursor('lastSeen', cursor)).toThrow(InvalidCursorError);
    }
  });
});
