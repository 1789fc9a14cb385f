import 'reflect-metadata';
import { ForbiddenException, type ExecutionContext } from '@nestjs/common';
import { PermissionGuard, REQUIRED_ACTION } from '../../../../lib/admin/access/permission.guard.js';
import type { Permission } from '../../../../lib/admin/access/permission.js';
import { scopeOfRequest } from '../../../../lib/scope/scope-storage.js';

const contextOf = (request: object, action?: string): ExecutionContext => {
  const handler = (): void => undefined;
  if (action !== undefined) Reflect.defineMetadata(REQUIRED_ACTION, action, handler);
  return {
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
};

describe('PermissionGuard', () => {
  const asked: unknown[][] = [];
  const answering = (answer: unknown): PermissionGuard =>
    new PermissionGuard({
      allows(...args: unknown[]) {
        asked.push(args);
        return answer;
      },
    } as unknown as Permission);

  it('asks for what the route does, and for the strictest where the route says nothing', async () => {
    const request = {};
    expect(await answering(true).canActivate(contextOf(request, 'view'))).toBe(true);
    expect(await answering(true).canActivate(contextOf(request))).toBe(true);
    expect(asked).toEqual([
      [request, 'view'],
      [request, 'delete'],
    ]);
  });

  it.each([
    ['a permission says no', answering(false)],
    ['a permission says something else than true', answering('yes')],
    ['there is no permission', new PermissionGuard()],
  ])('refuses where %s', async (_what, guard) => {
    await expect(guard.canActivate(contextOf({}, 'view'))).rejects.toThrow(ForbiddenException);
  });

  it("marks the request as one for the tracker's own pages, whoever makes it", async () => {
    const request = {};
    await expect(answering(false).canActivate(contextOf(request))).rejects.toThrow();
    expect(scopeOfRequest(request)!.reporting.ownPage).toBe(true);
  });
});
