import {
  ForbiddenException,
  Inject,
  Injectable,
  Optional,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { scopeOfRequest } from '../../scope/scope-storage.js';
import { admits } from './ask-permission.js';
import { Permission } from './permission.js';
import { requiredAction } from './required-action.js';

/** Stands before every route of the dashboard, before anything is looked up: a stranger learns nothing, not even that an id exists. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(@Optional() @Inject(Permission) private readonly permission?: Permission) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request: unknown = context.switchToHttp().getRequest();
    const scope = scopeOfRequest(request);
    if (scope) scope.reporting.ownPage = true;
    if (await admits(this.permission, request, requiredAction(context.getHandler()))) return true;
    throw new ForbiddenException('You may not do this.');
  }
}
