import { userIdOf, userInfoOf } from '../../../lib/intake/user.js';

it.each([
  [{ id: '42' }, '42'],
  [{ id: 42 }, '42'],
  [{ id: 42n }, '42'],
  [{ id: '' }, undefined],
  [{ id: { nested: true } }, undefined],
  [{ name: 'Ada' }, undefined],
  ['42', undefined],
  [null, undefined],
])('knows the id of %p as %p', (user, id) => {
  expect(userIdOf(user)).toBe(id);
});

it('keeps what else is known of a user', () => {
  expect(userInfoOf({ id: 7, plan: 'gold' })).toEqual({ id: '7', plan: 'gold' });
  expect(userInfoOf({ id: [], plan: 'gold' })).toEqual({ plan: 'gold' });
  expect(userInfoOf('Ada')).toBeUndefined();
  expect(userInfoOf(['Ada'])).toBeUndefined();
});
