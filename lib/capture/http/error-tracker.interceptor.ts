import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { tap, type Observable } from 'rxjs';
import { scopeOfHost } from '../../scope/scope-storage.js';

/**
 * Captures nothing: a filter may still handle an exception that passes here. It notes the handler
 * and the exception, in case a filter hides it and the client gets a 5xx all the same.
 */
export class ErrorTrackerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const scope = scopeOfHost(context);
    if (!scope) return next.handle();
    scope.handlerClass = context.getClass();
    scope.handlerName = context.getHandler().name;
    return next.handle().pipe(
      tap({
        error: (exception: unknown) => {
          scope.reporting.passing = { exception };
        },
      }),
    );
  }
}
