import { Logger } from '@nestjs/common';
import { isAllowed } from '../../../../lib/admin/access/ask-permission.js';
import type { Permission } from '../../../../lib/admin/access/permission.js';

const permission = (allows: () => unknown) => ({ allows }) as unknown as Permission;

describe('isAllowed', () => {
  beforeAll(() => Logger.overrideLogger(false));

  afterEach(() => jest.useRealTimers());

  it.each([[true], [Promise.resolve(true)]])('lets a literal true pass', async (answer) => {
    await expect(
      isAllowed(
        permission(() => answer),
        {},
        'view',
      ),
    ).resolves.toBe(true);
  });

  it.each([false, 1, 'true', {}, [], undefined, null, Object(true), Promise.resolve('yes'), () => true])(
    'refuses %p',
    async (answer) => {
      await expect(
        isAllowed(
          permission(() => answer),
          {},
          'view',
        ),
      ).resolves.toBe(false);
    },
  );

  it('refuses when nobody was named', async () => {
    await expect(isAllowed(undefined, {}, 'view')).resolves.toBe(false);
  });

  it('refuses when the permission throws, rejects or never answers', async () => {
    await expect(
      isAllowed(
        permission(() => {
          throw new Error('no');
        }),
        {},
        'view',
      ),
    ).resolves.toBe(false);
    await expect(
      isAllowed(
        permission(() => Promise.reject(new Error('no'))),
        {},
        'view',
      ),
    ).resolves.toBe(false);

    jest.useFakeTimers();
    const answer = isAllowed(
      permission(() => new Promise(() => undefined)),
      {},
      'view',
    );
    await jest.advanceTimersByTimeAsync(5_000);
    await expect(answer).resolves.toBe(false);
  });

  it('tells the permission the request and the action', async () => {
    const allows = jest.fn(() => true);
    const request = { url: '/errors' };
    await isAllowed({ allows }, request, 'delete');
    expect(allows).toHaveBeenCalledWith(request, 'delete');
  });
});
