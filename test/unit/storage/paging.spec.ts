import fc from 'fast-check';
import { InvalidCursorError } from '../../../lib/errors/invalid-cursor.error.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../../lib/storage/paging.js';

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

describe('a page', () => {
  const page = (rows: readonly number[]) => pageOf('list', rows, 3, (row) => ({ value: row, id: row * 10 }));

  it('tells where the next one begins if there is one row more', () => {
    expect(page([9, 8, 7, 6])).toEqual({
      items: [9, 8, 7],
      nextCursor: encodeCursor('list', { value: 7, id: 70 }),
    });
  });

  it('is the last one if there is none', () => {
    expect(page([9, 8, 7])).toEqual({ items: [9, 8, 7] });
    expect(page([])).toEqual({ items: [] });
  });

  it('has 1 to 200 rows whatever is asked for', () => {
    expect([25, 2.9, 1e9, 0, -5, NaN, Infinity].map(pageSize)).toEqual([25, 2, 200, 1, 1, 1, 1]);
  });
});
