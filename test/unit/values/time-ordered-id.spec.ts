import { timeOrderedId } from '../../../lib/values/time-ordered-id.js';

const LATER = Date.parse('2100-01-01T00:00:00Z');

describe('timeOrderedId', () => {
  it('is a UUID of version 7 that begins with the time', () => {
    const id = timeOrderedId(LATER);
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(LATER);
  });

  it('keeps the order in which ids were made, with thousands in one millisecond and the clock set back', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => timeOrderedId(LATER + 1 - (index % 3)));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });
});
