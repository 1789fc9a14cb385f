export { ErrorTrackerModule } from './error-tracker.module.js';
export type { ErrorTrackerExtras } from './error-tracker.extras.js';
export { ErrorTrackerService, type CaptureHint, type ScopeOptions } from './error-tracker.service.js';
export { IssueService } from './issue.service.js';

export type {
  AdminOptions,
  BeforeCapture,
  CaptureOptions,
  DeliveryOptions,
  ErrorTrackerOptions,
  IgnoreRule,
  LimitOptions,
  MailOptions,
  MaskingOptions,
} from './options/error-tracker-options.js';
export { RESOLVED_OPTIONS, type ResolvedOptions } from './options/resolved-options.js';
export { ErrorTrackerConfigurationError } from './errors/configuration.error.js';
export { RecordRefusedError } from './errors/record-refused.error.js';

export { TrackException, type TrackExceptionOptions } from './capture/track-exception.decorator.js';

export type { Alert, AlertKind } from './event/alert.js';
export type {
  Breadcrumb,
  ErrorEvent,
  EventDraft,
  ExceptionInfo,
  Json,
  RequestInfo,
  RuntimeInfo,
  Severity,
  Source,
  SourceContext,
  StackFrame,
  UserInfo,
} from './event/error-event.js';
export type { Fingerprint } from './event/fingerprint.js';
export type { Activity, ActivityKind, Issue, IssueStatus, TicketRef } from './event/issue.js';

export { Permission, type AdminAction } from './admin/permission.js';
export type { DeliveryHealthSnapshot } from './delivery/delivery-health.js';
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
  type Sample,
  type SaveOutcome,
  type StatusChange,
  type StoredEvent,
} from './storage/event-store.js';
export { TicketTracker, type NewTicket } from './ticketing/ticket-tracker.js';
