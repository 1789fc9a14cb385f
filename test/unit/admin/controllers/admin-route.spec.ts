import { RequestMethod, type CanActivate, type Type } from '@nestjs/common';
import { Change, View } from '../../../../lib/admin/controllers/admin-route.js';
import { AdminFilter } from '../../../../lib/admin/controllers/admin.filter.js';
import { adminControllers } from '../../../../lib/admin/controllers/mounting.js';
import { PermissionGuard, REQUIRED_ACTION } from '../../../../lib/admin/access/permission.guard.js';
import { SameOriginGuard } from '../../../../lib/admin/access/same-origin.guard.js';

class Routes {
  @View('issues/:id')
  read(): void {}

  @Change('POST', 'api/issues/:id/resolve', 'triage')
  change(): void {}
}

const of = (key: string, handler: object): unknown => Reflect.getMetadata(key, handler);
const { read, change } = Routes.prototype;

describe('View and Change', () => {
  it('make a route that reads, and one that no link can trigger', () => {
    expect([of('method', read), of('path', read)]).toEqual([RequestMethod.GET, 'issues/:id']);
    expect([of('method', change), of('path', change)]).toEqual([
      RequestMethod.POST,
      'api/issues/:id/resolve',
    ]);
  });

  it('ask the permission first, and for a change also where it comes from', () => {
    expect(of('__guards__', read)).toEqual([PermissionGuard]);
    expect(new Set(of('__guards__', change) as Type<CanActivate>[])).toEqual(
      new Set([PermissionGuard, SameOriginGuard]),
    );
    expect([of(REQUIRED_ACTION, read), of(REQUIRED_ACTION, change)]).toEqual(['view', 'triage']);
  });

  it('give each route the filter that knows how deep it lies', () => {
    const depths = [read, change].map((handler) => {
      const [filter] = of('__exceptionFilters__', handler) as [new (...args: unknown[]) => { depth: number }];
      expect(filter.prototype).toBeInstanceOf(AdminFilter);
      return new filter({}, {}).depth;
    });
    expect(depths).toEqual([2, 4]);
  });
});

describe('the routes of the dashboard', () => {
  const handlers = adminControllers()
    .map((controller) => Object.getPrototypeOf(controller.prototype) as Record<string, object>)
    .flatMap((prototype) => Object.getOwnPropertyNames(prototype).map((name) => prototype[name]))
    .filter((handler): handler is object => handler !== undefined && of('path', handler) !== undefined)
    .filter((handler) => of('method', handler) !== undefined);

  it('are all behind the permission', () => {
    expect(handlers).toHaveLength(17);
    for (const handler of handlers) {
      expect(of('__guards__', handler)).toContain(PermissionGuard);
      expect(of(REQUIRED_ACTION, handler)).toBeDefined();
    }
  });

  it('read by GET alone and change by POST and DELETE alone', () => {
    for (const handler of handlers) {
      const reads = of('method', handler) === RequestMethod.GET;
      expect(of(REQUIRED_ACTION, handler) === 'view').toBe(reads);
      expect((of('__guards__', handler) as unknown[]).includes(SameOriginGuard)).toBe(!reads);
    }
  });
});
