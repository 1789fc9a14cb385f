import {
  applyDecorators,
  createParamDecorator,
  Delete,
  Get,
  Post,
  SetMetadata,
  UseFilters,
  UseGuards,
  type ExceptionFilter,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import type { AdminAction } from '../access/permission.js';
import { PermissionGuard, REQUIRED_ACTION } from '../access/permission.guard.js';
import { SameOriginGuard } from '../access/same-origin.guard.js';
import { linksFrom, type Links } from '../pages/links.js';
import { AdminFilter } from './admin.filter.js';
import { pathOf } from '../request.js';

/** Metadata key of a route's path below the mount point. */
const ROUTE = 'nestjs-error-tracker:route';

/** A route that reads. `path` is relative to the dashboard's mount point. */
export function View(path = ''): MethodDecorator {
  return applyDecorators(Get(path), ...guarded('view', path));
}

/**
 * A route that changes something. It is POST or DELETE, so that no link or image can trigger it.
 */
export function Change(method: 'POST' | 'DELETE', path: string, action: AdminAction): MethodDecorator {
  const route = method === 'POST' ? Post(path) : Delete(path);
  return applyDecorators(route, ...guarded(action, path), UseGuards(SameOriginGuard));
}

/** A parameter that holds the links of the dashboard, relative to the request it answers. */
export const RouteLinks = createParamDecorator((_data: unknown, context: ExecutionContext): Links => {
  const route = Reflect.getMetadata(ROUTE, context.getHandler()) as string;
  return linksFrom(pathOf(context.switchToHttp().getRequest()), depthOf(route));
});

function guarded(action: AdminAction, path: string): MethodDecorator[] {
  return [
    SetMetadata(ROUTE, path),
    SetMetadata(REQUIRED_ACTION, action),
    UseGuards(PermissionGuard),
    UseFilters(filterOf(path)),
  ];
}

/**
 * Nest does not tell a filter which route failed, and a guard of the application may fail before
 * any code of ours has seen the request. A filter that knows its route is therefore a class of the
 * route.
 */
function filterOf(path: string): Type<ExceptionFilter> {
  return class extends AdminFilter {
    protected override readonly depth = depthOf(path);
  };
}

/** `issues/:id` is two segments deep. */
function depthOf(path: string): number {
  return path.split('/').filter((segment) => segment !== '').length;
}
