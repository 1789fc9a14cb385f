import {
  ForbiddenException,
  Inject,
  Injectable,
  Optional,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { scopeOfRequest } from '../../scope/scope-storage.js';
import { isAllowed } from './ask-permission.js';
import { Permission, type AdminAction } from './permission.js';

/** Metadata key of what a route of the dashboard does. */
export const REQUIRED_ACTION = 'nestjs-error-tracker:action';

/**
 * Protects every route of the dashboard. It asks before anything is looked up, so a stranger
 * learns nothing, not even whether an id exists.
 */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(@Optional() @Inject(Permission) private readonly permission?: Permission) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request: unknown = context.switchToHttp().getRequest();
    const scope = scopeOfRequest(request);
    if (scope) scope.reporting.ownPage = true;
    if (await isAllowed(this.permission, request, requiredAction(context.getHandler()))) return true;
    throw new ForbiddenException('You may not do this.');
  }
}

/** A route that does not say what it does is held to the strictest. */
function requiredAction(handler: object): AdminAction {
  return (Reflect.getMetadata(REQUIRED_ACTION, handler) as AdminAction | undefined) ?? 'delete';
}
