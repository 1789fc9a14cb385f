import type { DynamicModule, Type } from '@nestjs/common';
import type { Permission } from './admin/access/permission.js';
import type { Fingerprinter } from './grouping/fingerprinter.js';
import type { Masker } from './masking/masker.js';
import type { Notifier } from './notify/notifier.js';
import type { ContextBuilder } from './scope/context-builder.js';
import type { EventStore } from './storage/event-store.js';
import type { TicketTracker } from './ticketing/ticket-tracker.js';

/**
 * The parts of the tracker that the application may replace or add. They are classes, built by Nest's DI, and stand
 * beside the options in `forRoot` and `forRootAsync` alike.
 */
export interface ErrorTrackerExtras {
  /** Whether `ErrorTrackerService` and `IssueService` are injectable everywhere. Default `true`. */
  isGlobal?: boolean;
  /** Modules that export what these classes inject. */
  imports?: DynamicModule['imports'];
  /** Replaces the TypeORM store. */
  store?: Type<EventStore>;
  /** Replaces `KeyMasker`. */
  masker?: Type<Masker>;
  /** Run after the built-in builders. */
  contextBuilders?: readonly Type<ContextBuilder>[];
  /** Replaces the built-in grouping. */
  fingerprinter?: Type<Fingerprinter>;
  notifiers?: readonly Type<Notifier>[];
  ticketTrackers?: readonly Type<TicketTracker>[];
  /** Opens the dashboard to whom it admits. Without one the dashboard is not mounted. */
  permission?: Type<Permission>;
}
