import type { Breadcrumb } from '../../../lib/event/error-event.js';
import { prepareBreadcrumb } from '../../../lib/intake/breadcrumb.js';
import { optionsWith } from '../../support/events.js';

const { limits } = optionsWith();
const given: Breadcrumb = { at: 1, type: 'log', level: 'info', message: 'paid', data: { id: 7 } };
type Hook = NonNullable<Parameters<typeof prepareBreadcrumb>[1]>;
const kept = (answer: () => unknown): Breadcrumb | undefined =>
  prepareBreadcrumb(given, answer as Hook, limits);

describe('prepareBreadcrumb', () => {
  it('is a copy: what happens to the data later does not show', () => {
    const data = { id: 7 };
    const copy = prepareBreadcrumb({ ...given, data }, undefined, limits);
    data.id = 8;
    expect(copy).toEqual(given);
    expect(prepareBreadcrumb({ ...given, data: undefined }, undefined, limits)).not.toHaveProperty('data');
  });

  it('has no further fields than a breadcrumb', () => {
    const more = { ...given, secret: 'x' };
    expect(prepareBreadcrumb(more, undefined, limits)).toEqual(given);
  });

  it('keeps more of a message than an event will, so that masking sees no half of a secret', () => {
    const message = 'word '.repeat(100_000);
    const { length } = prepareBreadcrumb({ ...given, message }, undefined, limits)!.message;
    expect(length).toBeGreaterThan(limits.stringLength);
    expect(length).toBeLessThan(message.length / 2);
  });

  it('is none if the application says false, and nothing else', () => {
    expect(kept(() => false)).toBeUndefined();
    for (const answer of [undefined, null, 0, '', true]) expect(kept(() => answer)).toEqual(given);
  });

  it('is changed as the application says', () => {
    expect(kept(() => ({ message: 'masked', level: 'warning' }))).toEqual({
      ...given,
      message: 'masked',
      level: 'warning',
    });
  });

  it('stays where the hook throws, or changes what it was given', () => {
    expect(
      kept(() => {
        throw new Error('broken');
      }),
    ).toEqual(given);
    const hook: Hook = (breadcrumb) => {
      Object.assign(breadcrumb, { message: 'changed' });
      return undefined;
    };
    expect(prepareBreadcrumb(given, hook, limits)?.message).toBe('paid');
  });
});
