import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { Intake } from '../../intake/intake.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { wrappersIn } from '../instance-wrappers.js';
import { watchOutgoingRequests, type KeepBreadcrumb } from './outgoing-requests.js';
import { watchQueries } from './queries.js';

/**
 * Leaves breadcrumbs on the running scope without being asked to. Where no scopes are open, it
 * leaves none.
 */
@Injectable()
export class BreadcrumbSources implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: (() => void) | undefined;

  constructor(
    private readonly intake: Intake,
    private readonly modules: ModulesContainer,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** The data sources of the application are open by now, and have their subscribers. */
  onApplicationBootstrap(): void {
    if (!this.options.capturing) return;
    const { outgoing, queries } = this.options.capture.breadcrumbs;
    const keep: KeepBreadcrumb = (scope, breadcrumb) => {
      this.intake.keepBreadcrumb(scope, breadcrumb);
    };
    if (outgoing) this.stop = watchOutgoingRequests(keep);
    if (queries) watchQueries([...wrappersIn(this.modules, 'providers')], keep);
  }

  onApplicationShutdown(): void {
    this.stop?.();
  }
}
