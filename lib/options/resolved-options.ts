import type { DataSourceOptions } from 'typeorm';
import type { UserInfo } from '../event/error-event.js';
import type {
  BeforeCapture,
  BreadcrumbOptions,
  CaptureRule,
  HostDataSource,
  IgnoreRule,
  LogLevel,
} from './error-tracker-options.js';

/** Injection token of what the application wrote. */
export const RAW_OPTIONS = Symbol.for('nestjs-error-tracker:raw-options');

/** Injection token of `ResolvedOptions`. */
export const RESOLVED_OPTIONS = Symbol.for('nestjs-error-tracker:options');

/** What the application's options mean after defaults and validation. Deeply frozen; nobody further down writes a default. */
export interface ResolvedOptions {
  readonly enabled: boolean;
  /** Whether anything is captured here: `enabled`, and in one of the `environments`. */
  readonly capturing: boolean;
  readonly environment: string;
  readonly release: string | undefined;
  readonly projectRoot: string;
  /** `undefined`: the embedded default. */
  readonly database: DataSourceOptions | HostDataSource | undefined;
  readonly capture: {
    readonly httpStatus: readonly number[] | ((status: number) => boolean);
    readonly ignore: readonly IgnoreRule[];
    readonly rules: readonly CaptureRule[];
    readonly sampleRate: number;
    readonly jobAttempts: 'all' | 'last';
    readonly uncaughtException: boolean;
    readonly unhandledRejection: boolean;
    readonly sourceLines: boolean;
    readonly localVariables: boolean;
    /** `undefined`: Node's own. */
    readonly stackTraceLimit: number | undefined;
    readonly inApp: readonly (string | RegExp)[];
    readonly notInApp: readonly (string | RegExp)[];
    readonly breadcrumbs: {
      readonly outgoing: boolean;
      readonly queries: boolean;
      readonly before: BreadcrumbOptions['before'];
    };
    readonly request: ResolvedRequest;
    readonly userExtractor: ((request: unknown) => UserInfo | undefined) | undefined;
    readonly logger: {
      readonly level: LogLevel | false;
      readonly breadcrumbs: LogLevel | false;
      /** `undefined`: all. */
      readonly contexts: readonly (string | RegExp)[] | undefined;
      readonly ignoreContexts: readonly (string | RegExp)[];
    };
    readonly errorIdHeader: string | false;
  };
  readonly masking: {
    readonly keys: readonly string[];
    readonly allow: readonly string[];
    readonly patterns: readonly RegExp[];
    readonly replacement: string;
  };
  readonly limits: ResolvedLimits;
  readonly delivery: {
    readonly flushIntervalMs: number;
    readonly retryMaxMs: number;
    readonly shutdownTimeoutMs: number;
    readonly notifyTimeoutMs: number;
    /** `undefined`: no journal is kept. */
    readonly journalFolder: string | undefined;
  };
  readonly retention: RetentionRules;
  readonly mail: ResolvedMail | undefined;
  readonly admin: {
    readonly path: string;
    readonly baseUrl: string | undefined;
    readonly pageSize: number;
    readonly title: string;
  };
  readonly beforeCapture: readonly BeforeCapture[];
}

/** What stays, and for how long. */
export interface RetentionRules {
  /** Days that events are kept. */
  readonly eventDays: number;
  /** Events kept of one issue. */
  readonly eventsPerIssue: number;
  /** Events kept in all. */
  readonly events: number;
  /** Days without events after which a resolved or muted issue goes. */
  readonly quietIssueDays: number;
  /** Days that counts are kept by the hour. */
  readonly hourlyDays: number;
  /** Days that counts are kept, by the day once they are no longer kept by the hour. */
  readonly dailyDays: number;
}

export interface ResolvedLimits {
  readonly maxBreadcrumbs: number;
  readonly stringLength: number;
  readonly depth: number;
  readonly entries: number;
  readonly nodes: number;
  readonly eventBytes: number;
  readonly pendingBytes: number;
  readonly newIssuesPerMinute: number;
  readonly pendingIssues: number;
}

export interface ResolvedRequest {
  /** `true`: all. */
  readonly headers: boolean | readonly string[];
  readonly cookies: boolean;
  readonly body: boolean;
  readonly ip: boolean;
}

export interface ResolvedMail {
  readonly transport: string | object | undefined;
  readonly from: string;
  readonly admins: readonly string[];
  readonly subjectPrefix: string;
}
