import { invalidFields } from '../../../lib/stack/invalid-fields.js';

describe('invalidFields', () => {
  it('names path and code of every issue, once each and sorted', () => {
    const issues = [
      { path: ['items', 7, 'price'], code: 'too_small' },
      { path: ['items', 8, 'price'], code: 'too_small' },
      { path: [{ key: 'email' }], code: 'invalid_string' },
      { path: ['age'] },
    ];
    expect(invalidFields({ issues })).toBe('age, email invalid_string, items.*.price too_small');
  });

  it('reads the lists of class-validator, with what is nested in them', () => {
    const errors = [
      { property: 'email', constraints: { isEmail: 'hunter2 is no email' } },
      {
        property: 'lines',
        children: [
          { property: '3', children: [{ property: 'count', constraints: { min: 'x', isInt: 'x' } }] },
        ],
      },
    ];
    expect(invalidFields(errors)).toBe('email isEmail, lines.*.count isInt, lines.*.count min');
  });

  it.each([undefined, null, 'text', {}, [], { issues: [] }, { issues: 'none' }, [{ message: 'x' }]])(
    'says nothing about %p',
    (thrown) => {
      expect(invalidFields(thrown)).toBeUndefined();
    },
  );

  it('names ten fields at most and does not follow a deep or endless tree', () => {
    const endless: { property: string; constraints: object; children: unknown[] } = {
      property: 'a',
      constraints: { min: '' },
      children: [],
    };
    endless.children.push(endless);
    expect(invalidFields([endless])?.split(', ')).toHaveLength(6);
    const issues = Array.from({ length: 200 }, (_, at) => ({ path: [`f${at}`], code: 'x' }));
    expect(invalidFields({ issues })?.split(', ')).toHaveLength(10);
  });
});
