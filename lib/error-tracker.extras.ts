import type { DynamicModule, Type } from '@nestjs/common';
import type { Permission } from './admin/access/permission.js';
import type { Fingerprinter } from './grouping/fingerprinter.js';
import type { Masker } from './masking/masker.js';
import type { Notifier } from './notify/notifier.js';
import type { ContextBuilder } from './scope/context-builder.js';
import type { EventStore } from './storage/event-store.js';
import type { TicketTracker } from './ticketing/ticket-tracker.js';

/**
 * The parts of the tracker that the application may replace or add. They are classes, which Nest's
 * DI builds, and are given beside the options in `forRoot` and `forRootAsync` alike. A new one also
 * needs its name in `options/extra-names.ts`.
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
  /** Add sections to every event, after the built-in builders. */
  contextBuilders?: readonly Type<ContextBuilder>[];
  /** Replaces the built-in grouping. */
  fingerprinter?: Type<Fingerprinter>;
  /** Are told of every alert, e.g. `MailNotifier`. */
  notifiers?: readonly Type<Notifier>[];
  /** Get a ticket for every new issue. */
  ticketTrackers?: readonly Type<TicketTracker>[];
  /** Says who may use the dashboard. Without one the dashboard is not mounted. */
  permission?: Type<Permission>;
}
