import { flag, integer, NONE } from '../../../lib/options/checks.js';
import { computed, fillIn, option, optional } from '../../../lib/options/option.js';
import { group } from '../../../lib/options/read-options.js';

const days = integer(1, 1000);

describe('fillIn', () => {
  it('takes what was given, and else the default', () => {
    const table = { one: option(days, 1), two: option(days, 2), three: optional(days) };
    expect(fillIn(table, { two: 5 }, {})).toEqual({ one: 1, two: 5, three: undefined });
  });

  it('keeps what was given if it is false or zero', () => {
    const table = { shown: option(flag, true), least: option(integer(0, 9), 5) };
    expect(fillIn(table, { shown: false, least: 0 }, {})).toEqual({ shown: false, least: 0 });
  });

  it('makes a default of other options, wherever they stand, and of what is known besides', () => {
    const table = {
      longest: computed(days, (known: { readonly hourly: number; readonly atLeast: number }) =>
        Math.max(known.hourly, known.atLeast),
      ),
      hourly: computed(days, ({ daily }: { readonly daily: number }) => daily / 2),
      daily: option(days, 30),
    };
    expect(fillIn(table, {}, { atLeast: 7 })).toEqual({ longest: 15, hourly: 15, daily: 30 });
    expect(fillIn(table, { daily: 4 }, { atLeast: 7 })).toEqual({ longest: 7, hourly: 2, daily: 4 });
  });

  it('makes no default that nobody needs', () => {
    const made = jest.fn(() => 1);
    fillIn({ one: computed(days, made) }, { one: 5 }, {});
    expect(made).not.toHaveBeenCalled();
  });

  it('freezes the result, and leaves what it got alone', () => {
    const given = { one: 5 };
    const result = fillIn({ one: option(days, 1), two: option(days, 2) }, given, {});
    expect(Object.isFrozen(result)).toBe(true);
    expect(given).toEqual({ one: 5 });
  });
});

describe('group', () => {
  const logger = group({ breadcrumbs: option(flag, true), contexts: option(() => NONE, NONE) });

  it('has the defaults of its fields where nothing is given', () => {
    expect(logger.fallback(undefined)).toEqual({ breadcrumbs: true, contexts: [] });
  });

  it('fills in what was left out, and names the whole path of a mistake', () => {
    expect(logger.check({ breadcrumbs: false }, 'capture.logger')).toEqual({
      breadcrumbs: false,
      contexts: [],
    });
    expect(() => logger.check({ breadcrumbs: 1 }, 'capture.logger')).toThrow(
      'Option "capture.logger.breadcrumbs" must be true or false',
    );
  });
});
