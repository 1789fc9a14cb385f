import {
  boundedKey,
  errorProperties,
  propertiesOf,
  sizeOf,
  textMapEntries,
} from '../../../lib/bounds/object-entries.js';

describe('propertiesOf', () => {
  const plain = {
    get secret() {
      return 'read';
    },
  };

  it('runs getters of plain objects only, and only if it may', () => {
    class Account {
      constructor() {
        Object.defineProperty(this, 'secret', { enumerable: true, get: () => 'read' });
      }
    }
    expect(propertiesOf(plain, true).read('secret')).toBe('read');
    expect(propertiesOf(plain, false).read('secret')).toBe('[Getter]');
    expect(propertiesOf(new Account(), true).read('secret')).toBe('[Getter]');
  });
});

describe('errorProperties', () => {
  it('has name, message, own properties and what hangs on it, never the stack', () => {
    const error = Object.assign(new TypeError('x', { cause: 'y' }), { code: 'E', stack: 'at' });
    expect(errorProperties(error).keys).toEqual(['name', 'message', 'code', 'cause']);
  });

  it('leaves out the values that were bound to a query', () => {
    const error = Object.assign(new Error('x'), { query: 'SELECT ?', parameters: ['ada'] });
    expect(errorProperties(error).read('parameters')).toBe('[bound parameters]');
    expect(errorProperties(Object.assign(new Error('x'), { parameters: 1 })).read('parameters')).toBe(1);
  });

  it("leaves out MySQL's statement, which has its values in it", () => {
    const error = Object.assign(new Error('x'), { sql: "SELECT 'ada'", sqlMessage: 'broken' });
    expect(errorProperties(error).keys).not.toContain('sql');
  });
});

it('reads a map as a record only if its keys are texts or numbers', () => {
  const entries = textMapEntries(
    new Map<unknown, unknown>([
      ['a', 1],
      [2, 'b'],
    ]),
    10,
  );
  expect(entries?.keys).toEqual(['a', '2']);
  expect(entries?.read('2')).toBe('b');
  expect(textMapEntries(new Map([[{}, 1]]), 10)).toBeUndefined();
});

it('knows the true size of a map that lies', () => {
  class Lying extends Map<string, number> {
    override get size(): number {
      return 1e9;
    }
  }
  expect(sizeOf(new Lying([['a', 1]]))).toBe(1);
});

it('keeps both ends of a long name', () => {
  expect(boundedKey('x'.repeat(256))).toHaveLength(256);
  expect(boundedKey(`first${'x'.repeat(300)}last`)).toMatch(/^first.{115}….{116}last$/);
});
