import {
  Inject,
  Module,
  type DynamicModule,
  type NestModule,
  type OnApplicationShutdown,
  type Type,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { mountAt } from './admin/controllers/mounting.js';
import { activate } from './capture/active-trackers.js';
import { HttpCapture } from './capture/http/http-capture.js';
import { ErrorTrackerConfigurationError } from './errors/configuration.error.js';
import { tell } from './errors/tell.js';
import {
  ConfigurableModuleClass,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './error-tracker.module-definition.js';
import { ErrorTrackerService } from './error-tracker.service.js';
import { Intake } from './intake/intake.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from './options/resolved-options.js';

/** The one import: `ErrorTrackerModule.forRoot()`. */
@Module({})
export class ErrorTrackerModule extends ConfigurableModuleClass implements NestModule, OnApplicationShutdown {
  private readonly deactivate: (() => void) | undefined;

  constructor(
    private readonly http: HttpCapture,
    intake: Intake,
    tracker: ErrorTrackerService,
    modules: ModulesContainer,
    @Inject(RESOLVED_OPTIONS) options: ResolvedOptions,
  ) {
    super();
    refuseSecond(modules);
    const controllers = controllersOf(modules, this.constructor);
    mountAt(controllers, options.admin.path);
    if (options.capturing) {
      this.deactivate = activate({ intake, options, modules, flush: () => tracker.flush() });
    }
    if (options.enabled && controllers.length === 0) tellDashboardIsClosed();
  }

  /**
   * Every option has a default. The classes that replace parts of the tracker are given beside the
   * options.
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return super.forRoot(options);
  }

  /**
   * The same with options from a factory. The replaceable classes are given beside `useFactory`.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return super.forRootAsync(options);
  }

  /** Nest calls this once the server and all filters exist, and before any route does. */
  configure(): void {
    this.http.watchServer();
    this.http.watchHiddenExceptions();
  }

  onApplicationShutdown(): void {
    this.deactivate?.();
  }
}

function refuseSecond(modules: ModulesContainer): void {
  const registered = [...modules.values()].filter(({ metatype }) => metatype === ErrorTrackerModule);
  if (registered.length > 1) {
    throw new ErrorTrackerConfigurationError(
      'ErrorTrackerModule.forRoot() is imported more than once in this application.',
      'Import it once, in the root module: it is global.',
    );
  }
}

/** The dashboard's controllers: none if no `permission` was given. */
function controllersOf(modules: ModulesContainer, type: unknown): readonly Type[] {
  const own = [...modules.values()].find(({ metatype }) => metatype === type);
  return [...(own?.controllers.keys() ?? [])] as Type[];
}

function tellDashboardIsClosed(): void {
  tell(
    'log',
    'The dashboard is closed: give forRoot({ permission: YourPermission }) to say who may open it.',
  );
}
