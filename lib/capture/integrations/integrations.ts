import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { Intake } from '../../intake/intake.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { isNamedBy } from '../http/application-filters.js';
import { introduce } from './watch-call.js';
import type { EntranceFinder } from './integration.js';
import { eventEntrance } from './event-emitter.js';
import { streamEntrance } from './sse.js';
import { watchGateway } from './gateway.filter.js';
import { gatewayEntrance, patternEntrance } from './microservices.js';
import { watchPatterns } from './pattern-watcher.js';
import { queueEntrance } from './bullmq.js';
import { replaceEntrances } from './watch-methods.js';
import { resolverEntrance } from './graphql.js';
import { scheduledEntrance } from './schedule.js';
import { watchUnhandledBus } from './cqrs.js';
import { watchWorkers } from './bullmq-workers.js';

const FINDERS: readonly EntranceFinder[] = [
  scheduledEntrance,
  eventEntrance,
  queueEntrance,
  patternEntrance,
  gatewayEntrance,
  streamEntrance,
  resolverEntrance,
];

/**
 * Everything that watches what Nest and the packages of its family call on their own account: jobs, listeners, message
 * handlers, resolvers. They look the methods up when the application is initialised, so these are replaced on their classes
 * before that, when all classes are known and no hook has run. No import order is asked of the application.
 */
@Injectable()
export class HandlerDoors implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly intake: Intake,
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    if (!options.capturing) return;
    introduce(intake, {
      jobAttempts: options.capture.jobAttempts,
      filtersHearFields: () => this.filtersHearFields(),
    });
    for (const { metatype, inject } of this.wrappers()) {
      // The metatype of a factory is the factory.
      if (typeof metatype === 'function' && !inject) this.watch(metatype as Type);
    }
  }

  /** The classes of what factories made are known only now. */
  onModuleInit(): void {
    if (!this.options.capturing) return;
    for (const { instance, inject, metatype } of this.wrappers()) {
      if (inject || !metatype) this.watchInstance(instance);
    }
    watchUnhandledBus(this.intake, this.wrappers());
  }

  onApplicationBootstrap(): void {
    if (this.options.capturing) watchWorkers(this.intake, this.wrappers());
  }

  private wrappers() {
    return [...this.modules.values()].flatMap((module) => [
      ...module.providers.values(),
      ...module.controllers.values(),
    ]);
  }

  private watchInstance(instance: unknown): void {
    if (typeof instance !== 'object' || instance === null) return;
    const type: unknown = (Object.getPrototypeOf(instance) as { constructor?: unknown } | null)?.constructor;
    if (typeof type === 'function' && type !== Object) this.watch(type as Type);
  }

  private watch(type: Type): void {
    replaceEntrances(type, FINDERS);
    watchGateway(type, this.intake, this.options.projectRoot);
    watchPatterns(type, this.intake, (exception) => isNamedBy(this.config, exception));
  }

  /** What `fieldResolverEnhancers` of the GraphQL module says. */
  private filtersHearFields(): boolean {
    const options = this.wrappers().find(({ token }) => token === 'GqlModuleOptions')?.instance as
      { readonly fieldResolverEnhancers?: unknown } | undefined;
    return (
      Array.isArray(options?.fieldResolverEnhancers) && options.fieldResolverEnhancers.includes('filters')
    );
  }
}
