import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { ErrorTrackerService } from '../error-tracker.service.js';
import { openScopes } from '../scope/scope-storage.js';
import { BreadcrumbSources } from './breadcrumbs/breadcrumb-sources.js';
import { HandlerDoors } from './integrations/integrations.js';
import { HttpDoors } from './http/http-capture.js';
import { ProcessDoors } from './process/process-capture.js';

/** The tracker's own, which find the scope in other ways. */
const OWN: readonly unknown[] = [BreadcrumbSources, HandlerDoors, HttpDoors, ProcessDoors];

/**
 * Opens the scopes where something of the application injects `ErrorTrackerService`, and may so ask for the running one.
 * `@TrackException()`, the loggers, and a service that was fetched from the container open them by themselves.
 */
@Injectable()
export class ScopeDemand implements OnModuleInit {
  constructor(private readonly modules: ModulesContainer) {}

  /** All instances are made by now, those of middleware included. */
  onModuleInit(): void {
    const wrappers = [...this.modules.values()].flatMap((module) => [
      ...[module.providers, module.controllers, module.injectables, module.middlewares].flatMap((kind) =>
        [...kind.values()].filter(({ metatype }) => metatype !== module.metatype && !OWN.includes(metatype)),
      ),
    ]);
    if (wrappers.some(injectsTracker)) openScopes();
  }
}

function injectsTracker(wrapper: InstanceWrapper): boolean {
  const parameters = wrapper.getCtorMetadata() as readonly (InstanceWrapper | undefined)[] | undefined;
  const properties = wrapper.getPropertiesMetadata() as
    readonly { readonly wrapper?: InstanceWrapper }[] | undefined;
  return [...(parameters ?? []), ...(properties ?? []).map((property) => property.wrapper)].some(
    (dependency) => dependency?.token === ErrorTrackerService,
  );
}
