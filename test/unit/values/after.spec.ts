import { after, allOf, isThenable } from '../../../lib/values/after.js';

describe('after', () => {
  it('goes on in the same turn with what is there', () => {
    expect(after(2, (value) => value + 1)).toBe(3);
  });

  it('goes on with a promise when it is there', async () => {
    const later = after(Promise.resolve(2), (value) => value + 1);
    expect(isThenable(later)).toBe(true);
    await expect(later).resolves.toBe(3);
    await expect(after(1, (value) => Promise.resolve(value + 1))).resolves.toBe(2);
  });
});

describe('allOf', () => {
  it('is a list where all values are there, and a promise of one where one is missing', async () => {
    expect(allOf([1, 2])).toEqual([1, 2]);
    await expect(allOf([1, Promise.resolve(2)])).resolves.toEqual([1, 2]);
  });
});
