import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { ErrorTrackerService } from '../error-tracker.service.js';
import { openScopes } from '../scope/scope-storage.js';
import { wrappersIn } from './instance-wrappers.js';

/**
 * Opens the scopes if something in the application injects `ErrorTrackerService`, and may so ask
 * for the running scope. `@TrackException()`, the loggers, and a service that is fetched from the
 * container open them by themselves.
 */
@Injectable()
export class ScopeDemand implements OnModuleInit {
  constructor(private readonly modules: ModulesContainer) {}

  /** All instances exist by now, those of middleware included. */
  onModuleInit(): void {
    for (const wrapper of wrappersIn(
      this.modules,
      'providers',
      'controllers',
      'injectables',
      'middlewares',
    )) {
      // The class of a module is one of its providers; the tracker's module injects the service
      // too.
      const isModule = wrapper.metatype === wrapper.host?.metatype;
      if (!isModule && injectsTracker(wrapper)) return openScopes();
    }
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
