import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { adminControllers } from './admin/controllers/mounting.js';
import { Permission } from './admin/access/permission.js';
import { AlertDispatcher } from './alerting/alert-dispatcher.js';
import { AlertRules } from './alerting/alert-rules.js';
import { BreadcrumbSources } from './capture/breadcrumbs/breadcrumb-sources.js';
import { HttpCapture } from './capture/http/http-capture.js';
import { IntegrationCapture } from './capture/integrations/integration-capture.js';
import { ProcessCapture } from './capture/process/process-capture.js';
import { ScopeDemand } from './capture/scope-demand.js';
import { Accumulator } from './delivery/accumulator.js';
import { BatchSaver } from './delivery/batch-saver.js';
import { DeliveryHealth } from './upkeep/delivery-health.js';
import { DeliveryWorker } from './delivery/delivery-worker.js';
import { EventCounters } from './delivery/event-counters.js';
import { EventComposer } from './intake/event-composer.js';
import { EventContextFinder } from './intake/event-context.js';
import { FailureDescriber } from './intake/failure-describer.js';
import { Intake } from './intake/intake.js';
import { EventPipeline } from './intake/event-pipeline.js';
import { GracefulShutdown } from './upkeep/graceful-shutdown.js';
import { Housekeeping } from './upkeep/housekeeping.js';
import { LocalVariables } from './intake/local-variables/local-variables.js';
import { SourceLines } from './delivery/source-lines.js';
import type { ErrorTrackerExtras } from './error-tracker.extras.js';
import { ErrorTrackerService } from './error-tracker.service.js';
import { Fingerprinter } from './grouping/fingerprinter.js';
import { StackFingerprinter } from './grouping/stack.fingerprinter.js';
import { IssueService } from './issue.service.js';
import { KeyMasker } from './masking/key.masker.js';
import { Masker } from './masking/masker.js';
import { NOTIFIERS } from './notify/notifier.js';
import type { ErrorTrackerOptions } from './options/error-tracker-options.js';
import { resolveOptions } from './options/resolve-options.js';
import { RAW_OPTIONS, RESOLVED_OPTIONS, type ResolvedOptions } from './options/resolved-options.js';
import { CONTEXT_BUILDERS } from './scope/context-builder.js';
import { Selector } from './selection/selector.js';
import { hostDatabase } from './storage/typeorm/host-database.js';
import { DATA_SOURCE_NAME, dataSourceOptions } from './storage/typeorm/data-source-options.js';
import { EventStore } from './storage/event-store.js';
import { TrackerDataSource } from './storage/typeorm/tracker-data-source.js';
import { TypeOrmEventStore } from './storage/typeorm/type-orm-event.store.js';
import { TICKET_TRACKERS } from './ticketing/ticket-tracker.js';

// From top to bottom: the way of one exception through the rooms.
const CAPTURE = [HttpCapture, IntegrationCapture, ProcessCapture, ScopeDemand, BreadcrumbSources];
const INTAKE = [
  Intake,
  Selector,
  EventPipeline,
  FailureDescriber,
  EventComposer,
  EventContextFinder,
  LocalVariables,
];
const DELIVERY = [EventCounters, Accumulator, DeliveryWorker, BatchSaver, SourceLines];
const ALERTING = [AlertRules, AlertDispatcher];
const UPKEEP = [DeliveryHealth, GracefulShutdown, Housekeeping];
/** What applications inject. */
const SERVICES = [ErrorTrackerService, IssueService];

/** Turns what `ConfigurableModuleBuilder` made of the options into the whole module. */
export function assemble(definition: DynamicModule, extras: ErrorTrackerExtras): DynamicModule {
  const options = optionsModule(definition);
  return {
    module: definition.module,
    global: extras.isGlobal ?? true,
    imports: [
      options,
      ...(definition.imports ?? []),
      ...(extras.imports ?? []),
      ...(extras.store ? [] : [dataSourceModule(options)]),
    ],
    controllers: extras.permission ? adminControllers() : [],
    providers: [
      ...CAPTURE,
      ...INTAKE,
      ...DELIVERY,
      ...ALERTING,
      ...UPKEEP,
      ...SERVICES,
      ...replaceable(extras),
    ],
    exports: SERVICES,
  };
}

/**
 * The parts that the application may replace or add, in the order in which an exception meets them.
 */
function replaceable(extras: ErrorTrackerExtras): Provider[] {
  return [
    ...listOf(CONTEXT_BUILDERS, extras.contextBuilders),
    { provide: Fingerprinter, useClass: extras.fingerprinter ?? StackFingerprinter },
    { provide: Masker, useClass: extras.masker ?? KeyMasker },
    { provide: EventStore, useClass: extras.store ?? TypeOrmEventStore },
    ...listOf(NOTIFIERS, extras.notifiers),
    ...listOf(TICKET_TRACKERS, extras.ticketTrackers),
    ...(extras.permission ? [{ provide: Permission, useClass: extras.permission }] : []),
  ];
}

/**
 * Holds the options. It is a module of its own because two modules import it: the tracker and its
 * data source, which the tracker imports in turn.
 */
@Module({})
class ErrorTrackerOptionsModule {}

function optionsModule(definition: DynamicModule): DynamicModule {
  return {
    module: ErrorTrackerOptionsModule,
    imports: definition.imports ?? [],
    providers: [
      ...(definition.providers ?? []),
      {
        provide: RESOLVED_OPTIONS,
        inject: [RAW_OPTIONS],
        useFactory: (raw: ErrorTrackerOptions) => resolveOptions(raw),
      },
    ],
    exports: [RESOLVED_OPTIONS],
  };
}

/**
 * The tracker's own connection. The store opens it in the background: a database that is away must
 * not stop the boot.
 */
function dataSourceModule(options: DynamicModule): DynamicModule {
  return TypeOrmModule.forRootAsync({
    name: DATA_SOURCE_NAME,
    imports: [options],
    inject: [RESOLVED_OPTIONS, ModuleRef],
    useFactory: async ({ database, projectRoot }: ResolvedOptions, moduleRef: ModuleRef) => {
      const own =
        database && 'dataSource' in database ? await hostDatabase(database.dataSource, moduleRef) : database;
      return {
        ...dataSourceOptions(own, projectRoot),
        // @nestjs/typeorm 11 looks for it here when it closes the data source.
        name: DATA_SOURCE_NAME,
        manualInitialization: true,
        retryAttempts: 1,
      };
    },
    dataSourceFactory: (own) => Promise.resolve(new TrackerDataSource(own as DataSourceOptions)),
  });
}

/** Makes a provider of every class, and one of the list of all of them. */
function listOf(token: symbol, classes: readonly Type[] = []): Provider[] {
  return [
    ...classes,
    { provide: token, inject: [...classes], useFactory: (...instances: unknown[]) => instances },
  ];
}
