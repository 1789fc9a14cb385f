import { flag, integer } from '../../../lib/options/checks.js';
import { EXTRA_NAMES } from '../../../lib/options/extra-names.js';
import { option } from '../../../lib/options/option.js';
import { readFields, readSection } from '../../../lib/options/read-options.js';

const table = { depth: option(integer(1, 32), 8), nodes: option(integer(10, 99), 50) };
const paths = ['enabled', 'limits', 'limits.depth', 'limits.nodes', 'admin', 'admin.path'];
const read = (section: string, given: unknown) => readSection(section, given, table, paths);

describe('readSection', () => {
  it('takes nothing for no options', () => {
    expect(read('limits', undefined)).toEqual({});
    expect(read('limits', { depth: undefined })).toEqual({});
  });

  it.each([null, 5, 'x', [], (): void => undefined])('refuses %p', (given) => {
    expect(() => read('limits', given)).toThrow('Option "limits" must be an object');
  });

  it('reads each field once', () => {
    let asked = 0;
    const given = {
      get depth() {
        asked += 1;
        return 3;
      },
    };
    expect(read('limits', given)).toEqual({ depth: 3 });
    expect(asked).toBe(1);
  });

  it.each([
    ['limits', { dept: 1 }, 'Unknown option "limits.dept". Did you mean "limits.depth"?'],
    ['limits', { xyzzy: 1 }, 'Unknown option "limits.xyzzy". Known are: limits.depth, limits.nodes.'],
    ['', { xyzzy: 1 }, 'Unknown option "xyzzy". Known are: enabled, limits, admin.'],
    ['', { 'limits.depth': 1 }, 'Unknown option "limits.depth".'],
    ['limits', { constructor: 1 }, 'Unknown option "limits.constructor".'],
    ['limits', { ['x'.repeat(500)]: 1 }, `Unknown option "limits.${'x'.repeat(73)}…".`],
  ])('refuses an unknown option of "%s": %j', (section, given, message) => {
    expect(() => read(section, given)).toThrow(message);
  });

  it.each(EXTRA_NAMES)('says where %s goes', (name) => {
    expect(() => read('', { [name]: 1 })).toThrow(
      `Write it next to the factory: forRootAsync({ ${name}: …, useFactory: … }).`,
    );
    expect(() => read('limits', { [name]: 1 })).toThrow(`Unknown option "limits.${name}".`);
  });
});

describe('readFields', () => {
  const fields = { cookies: option(flag, true), body: option(flag, true) };

  it('reads what is there', () => {
    expect(readFields('request', { body: false, cookies: undefined }, fields)).toEqual({ body: false });
  });

  it.each([
    [5, 'Option "request" must be an object, got 5 (number). It has the fields cookies, body.'],
    [[], 'Option "request" must be an object, got a list of 0.'],
    [{ cookie: true }, 'Unknown option "request.cookie". Did you mean "cookies"?'],
    [{ xyzzy: true }, 'Unknown option "request.xyzzy". Known are: cookies, body.'],
    [{ toString: true }, 'Unknown option "request.toString".'],
    [{ body: 1 }, 'Option "request.body" must be true or false, got 1 (number).'],
  ])('refuses %j', (given, message) => {
    expect(() => readFields('request', given, fields)).toThrow(message);
  });
});
