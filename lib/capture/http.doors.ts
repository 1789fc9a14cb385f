import { Inject, Injectable } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import { STATUS_CODES } from 'node:http';
import { ErrorTrackerService } from '../error-tracker.service.js';
import { tell } from '../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { Scope } from '../scope/scope.js';
import { catchAllFilters } from './catch-all-filters.js';
import { ErrorTrackerFilter } from './error-tracker.filter.js';
import { ErrorTrackerInterceptor } from './error-tracker.interceptor.js';
import { openHttpScopes } from './http-scope.js';

/** Everything that watches HTTP requests. */
@Injectable()
export class HttpDoors {
  private opened = false;

  constructor(
    private readonly tracker: ErrorTrackerService,
    private readonly adapterHost: HttpAdapterHost,
    private readonly config: ApplicationConfig,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    if (!options.enabled) return;
    // Added while instances are still being made: every filter of the application is registered later and asked earlier.
    config.addGlobalFilter(new ErrorTrackerFilter(tracker, adapterHost, options.capture.errorIdHeader));
    this.open();
  }

  /** Watches the requests as soon as there is a server: `@nestjs/testing` makes it only after the instances. */
  open(): void {
    const adapter = this.adapterHost.httpAdapter as typeof this.adapterHost.httpAdapter | undefined;
    if (this.opened || !this.options.enabled || !adapter) return;
    this.opened = true;
    openHttpScopes(adapter, (scope, status) => {
      this.judge(scope, status);
    });
  }

  /**
   * Puts the interceptor before the routes, but only where a filter of the application hides exceptions from the tracker's:
   * it would cost every healthy request a fifth of what Nest needs for it, and add frames to every stack.
   */
  watchHidden(controllers: readonly unknown[]): void {
    if (!this.options.enabled) return;
    const hiding = catchAllFilters(this.config, controllers);
    if (hiding.length === 0) return;
    this.config.addGlobalInterceptor(new ErrorTrackerInterceptor());
    tell(
      'warn',
      `${hiding.join(', ')} takes every exception. Those it answers with 5xx are captured when the response is sent; the ones of guards and middleware lack their stack.`,
    );
  }

  /** Catches what the filter did not see: failures hidden by a filter of the application, and those that were returned. */
  private judge(scope: Scope, status: number): void {
    const { doors } = scope;
    if (doors.settled || !this.tracker.selector.countsResponse(status)) return;
    if (!doors.passing && doors.captured) return;
    const { request, handlerClass, handlerName } = scope;
    const what = `response ${String(status)}`;
    this.tracker.report({
      ...(doors.passing ?? {
        message: `${what} ${STATUS_CODES[status] ?? ''}`.trim(),
        fingerprint: [what, '{{default}}'],
      }),
      site: { source: 'http', request, handlerClass, handlerName },
      scope,
      handled: false,
      severity: 'error',
    });
  }
}
