import { namedUser, userKey, userOf } from '../../../lib/storage/user-key.js';
import { anEvent } from '../../../lib/testing/deltas.js';

describe('the key of a user', () => {
  it('is the same for the same id, another one for another, and tells neither', () => {
    expect(userKey('ada')).toBe(userKey('ada'));
    expect(userKey('ada')).not.toBe(userKey('bob'));
    expect(userKey('ada')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is that of the first thousand characters of a very long id', () => {
    expect(userKey(`${'x'.repeat(1000)}a`)).toBe(userKey(`${'x'.repeat(1000)}b`));
  });

  it('is that of the sample before that of its event', () => {
    const event = anEvent('a', { user: { id: 'pseudonym' } });
    expect(userOf({ event, weight: 1, user: userKey('ada') })).toBe(userKey('ada'));
    expect(userOf({ event, weight: 1 })).toBe(userKey('pseudonym'));
    expect(userOf({ event: anEvent('a'), weight: 1 })).toBeUndefined();
  });

  it('is none where a stored row names nobody, or nonsense', () => {
    for (const id of ['', 7, null, { id: 'x' }]) {
      expect(namedUser(anEvent('a', { user: { id } as never }))).toBeUndefined();
    }
    expect(namedUser({ ...anEvent('a'), user: null as never })).toBeUndefined();
  });
});
