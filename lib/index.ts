export { ErrorTrackerModule } from './error-tracker.module.js';
export type { ErrorTrackerExtras } from './error-tracker.extras.js';
export { ErrorTrackerService, type ScopeOptions } from './error-tracker.service.js';
export type { CaptureHint } from './intake/by-hand.js';
export { IssueService } from './issue.service.js';

export type { AdminOptions } from './options/admin-options.js';
export type { BreadcrumbOptions } from './options/breadcrumb-options.js';
export type { CaptureOptions } from './options/capture-options.js';
export type { CaptureRule, IgnoreRule } from './options/capture-rules.js';
export type { HostDataSource } from './options/database-options.js';
export type { DeliveryOptions } from './options/delivery-options.js';
export type { BeforeCapture, CaptureContext, ErrorTrackerOptions } from './options/error-tracker-options.js';
export type { LimitOptions } from './options/limit-options.js';
export type { LogLevel, LogOptions } from './options/log-options.js';
export type { MailOptions } from './options/mail-options.js';
export type { MaskingOptions } from './options/masking-options.js';
export type { RequestOptions } from './options/request-options.js';
export type { RetentionOptions } from './options/retention-options.js';
export { RESOLVED_OPTIONS, type ResolvedOptions } from './options/resolved-options.js';
export { ErrorTrackerConfigurationError } from './errors/configuration.error.js';
export { InvalidCursorError } from './errors/invalid-cursor.error.js';
export { RecordRefusedError } from './errors/record-refused.error.js';

export { ErrorTracking, IgnoreExceptions } from './capture/decorators/error-tracking.decorator.js';
export { ErrorTrackerLogger } from './capture/logs/error-tracker.logger.js';
export { pinoHooks, type PinoHooks } from './capture/logs/pino-hooks.js';
export { ErrorTrackerTransport } from './capture/logs/winston-transport.js';
export { trackBootstrap } from './capture/process/track-bootstrap.js';
export { SensitiveBody, SensitiveVariables } from './capture/decorators/sensitive.decorator.js';
export {
  TrackException,
  type TrackExceptionOptions,
} from './capture/decorators/track-exception.decorator.js';
export type { HandlerSettings } from './selection/handler-settings.js';
export { SKIP_CAPTURE, skipCapture } from './selection/skip-marker.js';

export type { Alert, AlertKind } from './event/alert.js';
export type {
  Breadcrumb,
  Category,
  ErrorEvent,
  EventDraft,
  ExceptionInfo,
  Json,
  RequestInfo,
  RuntimeInfo,
  Severity,
  SeverityReason,
  Source,
  SourceContext,
  StackFrame,
  UserInfo,
} from './event/error-event.js';
export type { Fingerprint } from './event/fingerprint.js';
export type { Activity, ActivityKind, Issue, IssueStatus, TicketRef } from './event/issue.js';

export { Permission, type AdminAction } from './admin/access/permission.js';
export type { DeliveryHealthSnapshot } from './upkeep/delivery-health.js';
export { Fingerprinter, type FingerprintInput } from './grouping/fingerprinter.js';
export { StackFingerprinter } from './grouping/stack.fingerprinter.js';
export { KeyMasker } from './masking/key.masker.js';
export { Masker } from './masking/masker.js';
export { Notifier } from './notify/notifier.js';
export { ContextBuilder, type CaptureSite, type ContextPart } from './scope/context-builder.js';
export {
  EventStore,
  type Batch,
  type EventNeighbours,
  type IssueDelta,
  type IssueQuery,
  type IssueSort,
  type NewOutboxEntry,
  type OutboxEntry,
  type OutboxResult,
  type Page,
  type PruneReport,
  type RetentionRules,
  type Sample,
  type SaveOutcome,
  type StatusChange,
  type StoredEvent,
} from './storage/event-store.js';
export { userKey } from './storage/user-key.js';
export { TicketTracker, type NewTicket } from './ticketing/ticket-tracker.js';
