import { applyDecorators, Delete, Get, Post, SetMetadata, UseFilters, UseGuards } from '@nestjs/common';
import { adminFilter } from './admin.filter.js';
import type { AdminAction } from '../access/permission.js';
import { PermissionGuard } from '../access/permission.guard.js';
import { REQUIRED_ACTION } from '../access/required-action.js';
import { SameOriginGuard } from '../access/same-origin.guard.js';

/** A route that reads. `path` is relative to the dashboard's mount point. */
export function View(path = ''): MethodDecorator {
  return applyDecorators(Get(path), ...guarded('view', path));
}

/** A route that changes something; POST and DELETE only, so no link or image can trigger it. */
export function Change(method: 'POST' | 'DELETE', path: string, action: AdminAction): MethodDecorator {
  const route = method === 'POST' ? Post(path) : Delete(path);
  return applyDecorators(route, ...guarded(action, path), UseGuards(SameOriginGuard));
}

function guarded(action: AdminAction, path: string): MethodDecorator[] {
  const depth = path.split('/').filter((segment) => segment !== '').length;
  return [SetMetadata(REQUIRED_ACTION, action), UseGuards(PermissionGuard), UseFilters(adminFilter(depth))];
}
