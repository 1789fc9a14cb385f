import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { tap, type Observable } from 'rxjs';
import { scopeOfRequest } from '../../scope/scope-storage.js';

/**
 * Captures nothing: an exception that passes here may still be handled by a filter. It notes which handler runs, and
 * what passed by, for the case that a filter hides it and the client sees a failure all the same.
 */
export class ErrorTrackerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const scope =
      context.getType() === 'http' ? scopeOfRequest(context.switchToHttp().getRequest()) : undefined;
    if (!scope) return next.handle();
    scope.handlerClass = context.getClass();
    scope.handlerName = context.getHandler().name;
    return next.handle().pipe(
      tap({
        error: (exception: unknown) => {
          scope.doors.passing = { exception };
        },
      }),
    );
  }
}
