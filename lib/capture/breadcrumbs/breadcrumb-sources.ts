import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { Intake } from '../../intake/intake.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { watchOutgoingRequests, type KeepBreadcrumb } from './outgoing-requests.js';
import { watchQueries } from './queries.js';

/** Everything that leaves breadcrumbs by itself. Where nobody asks for scopes there is nothing to leave them on. */
@Injectable()
export class BreadcrumbSources implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: (() => void) | undefined;

  constructor(
    private readonly intake: Intake,
    private readonly modules: ModulesContainer,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** Data sources have their subscribers once they are open. */
  onApplicationBootstrap(): void {
    if (!this.options.capturing) return;
    const { outgoing, queries } = this.options.capture.breadcrumbs;
    const keep: KeepBreadcrumb = (scope, breadcrumb) => {
      this.intake.keepBreadcrumb(scope, breadcrumb);
    };
    if (outgoing) this.stop = watchOutgoingRequests(keep);
    if (queries) {
      const providers = [...this.modules.values()].flatMap((module) => [...module.providers.values()]);
      watchQueries(providers, keep);
    }
  }

  onApplicationShutdown(): void {
    this.stop?.();
  }
}
