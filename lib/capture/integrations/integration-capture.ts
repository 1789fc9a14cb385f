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
import { attempt, read } from '../../values/safe-read.js';
import { isObject } from '../../values/type-guards.js';
import { wrappersIn } from '../instance-wrappers.js';
import { INTEGRATIONS } from './all-integrations.js';
import type { BootingApp } from './integration.js';
import { watchMethods } from './watch-methods.js';

/**
 * Watches what Nest and the packages of its family call on their own account: jobs, listeners,
 * message handlers, resolvers. The packages look their methods up when the application is
 * initialised. By then the methods have been replaced on their classes: the constructor runs when
 * all classes are known and no lifecycle hook has run. The application need not import anything in
 * a certain order.
 */
@Injectable()
export class IntegrationCapture implements OnModuleInit, OnApplicationBootstrap {
  private readonly app: BootingApp;

  constructor(
    intake: Intake,
    modules: ModulesContainer,
    config: ApplicationConfig,
    @Inject(RESOLVED_OPTIONS) options: ResolvedOptions,
  ) {
    this.app = { intake, modules, config, options };
    if (!options.capturing) return;
    for (const { metatype, inject } of this.wrappers()) {
      // The metatype of a factory is the factory.
      if (typeof metatype === 'function' && !inject) this.watchClass(metatype as Type);
    }
  }

  /** The classes of what factories made are known only now. */
  onModuleInit(): void {
    if (!this.app.options.capturing) return;
    for (const { instance, inject, metatype } of this.wrappers()) {
      if (inject || !metatype) this.watchClassOf(instance);
    }
    for (const { onInit } of INTEGRATIONS) onInit?.(this.app);
  }

  onApplicationBootstrap(): void {
    if (!this.app.options.capturing) return;
    for (const { onBootstrap } of INTEGRATIONS) onBootstrap?.(this.app);
  }

  private wrappers() {
    return wrappersIn(this.app.modules, 'providers', 'controllers');
  }

  private watchClassOf(instance: unknown): void {
    if (!isObject(instance)) return;
    const prototype: unknown = attempt(() => Object.getPrototypeOf(instance) as unknown);
    const type = read(prototype, 'constructor');
    if (typeof type === 'function' && type !== Object) this.watchClass(type as Type);
  }

  private watchClass(type: Type): void {
    watchMethods(type, INTEGRATIONS);
    for (const { onClass } of INTEGRATIONS) onClass?.(type, this.app);
  }
}
