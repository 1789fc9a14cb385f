import { deepFreeze } from '../../../lib/values/deep-freeze.js';

describe('deepFreeze', () => {
  it('freezes every level of lists and objects, and returns the same object', () => {
    const data = { list: [{ inner: { value: 1 } }] };
    expect(deepFreeze(data)).toBe(data);
    expect(Object.isFrozen(data)).toBe(true);
    expect(Object.isFrozen(data.list)).toBe(true);
    expect(Object.isFrozen(data.list[0]?.inner)).toBe(true);
  });

  it('does not search an object that is frozen already', () => {
    const inner = { value: 1 };
    deepFreeze(Object.freeze({ inner }));
    expect(Object.isFrozen(inner)).toBe(false);
  });

  it.each([null, undefined, 7, 'text'])('returns %p as it is', (value) => {
    expect(deepFreeze(value)).toBe(value);
  });
});
