import type { Fingerprint } from './fingerprint.js';

export const SEVERITIES = ['fatal', 'error', 'warning', 'info'] as const;

/** How bad an event is. `fatal` is a crash of the process. */
export type Severity = (typeof SEVERITIES)[number];

/**
 * Why the event has its severity. By default: nobody caught the exception (`unhandled`), somebody
 * did (`handled`), or it is a `message`. Otherwise somebody chose it: the call (`specified`), a
 * `rule`, the level of a log line, or a `hook`.
 */
export type SeverityReason =
  'unhandled' | 'handled' | 'message' | 'specified' | 'rule' | 'log-level' | 'hook';

/**
 * `environment`: something around the application failed, such as the network, a disk or a
 * database. `security`: the input was hostile or malformed.
 */
export type Category = 'environment' | 'security';

/** What was running when the exception was captured. */
export type Source =
  'http' | 'rpc' | 'ws' | 'graphql' | 'cron' | 'queue' | 'event' | 'process' | 'log' | 'manual';

/** A value that survives `JSON.stringify` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One line of a parsed stack, top of the stack first. */
export interface StackFrame {
  /**
   * Path relative to the project root for the application's own files, else as the engine wrote it.
   */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Function or method, with its receiver (`OrdersService.pay`); absent for anonymous code. */
  readonly function?: string;
  /** Whether the frame belongs to the application and not to Node or a package. */
  readonly inApp: boolean;
  /** Source lines around the frame. */
  readonly context?: SourceContext;
  /** Local variables at the throw, by name; see `capture.localVariables`. */
  readonly variables?: Readonly<Record<string, Json>>;
}

export interface SourceContext {
  readonly before: readonly string[];
  readonly line: string;
  readonly after: readonly string[];
}

/** One exception of a chain. The outermost one, which was thrown, comes first. */
export interface ExceptionInfo {
  readonly type: string;
  /** The message. */
  readonly value: string;
  /** Typed properties that tell failures apart: `code`, `status`, `sqlState`, `constraint`, … */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Further own properties of the exception, those that are no facts. */
  readonly properties?: Readonly<Record<string, Json>>;
  readonly frames: readonly StackFrame[];
  /** How it relates to its parent; absent on the outermost. */
  readonly relation?: 'cause' | 'aggregated';
  /** Index of the parent in `ErrorEvent.exceptions`; absent on the outermost. */
  readonly parent?: number;
}

export interface RequestInfo {
  readonly method: string;
  /** Path and query as the client sent them. */
  readonly url: string;
  /** Template of the route, e.g. `/orders/:id`; absent if no route matched. */
  readonly route?: string;
  readonly query?: Json;
  readonly params?: Json;
  readonly headers?: Json;
  readonly cookies?: Json;
  readonly body?: Json;
  /** Uploaded files, without their content. */
  readonly files?: Json;
  readonly ip?: string;
}

export interface UserInfo {
  readonly id?: string;
  readonly [key: string]: Json | undefined;
}

export interface Breadcrumb {
  /** Epoch milliseconds. */
  readonly at: number;
  /** e.g. `log`, `http`, `query`, `navigation`, `user`, `manual`. */
  readonly type: string;
  readonly message: string;
  readonly level: Severity;
  readonly data?: Json;
}

export interface RuntimeInfo {
  /** Name of the application. */
  readonly app: string;
  readonly host: string;
  readonly pid: number;
  readonly node: string;
  readonly nest: string;
  readonly platform: string;
  /** Seconds since the process started. */
  readonly uptime: number;
  /** Resident memory in bytes. */
  readonly memory: number;
}

/** One captured exception or message: masked, bounded and frozen. */
export interface ErrorEvent {
  /** UUIDv7; what `capture()` returned and what users quote. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly source: Source;
  /** `false` if nobody in the application caught it. */
  readonly handled: boolean;
  readonly severity: Severity;
  readonly severityReason: SeverityReason;
  /** Absent if the event is most likely a bug. */
  readonly category?: Category;
  /** `true` if no alert is sent for it, even if its issue is new. */
  readonly quiet?: boolean;
  readonly fingerprint: Fingerprint;
  /** Where it happened, for readers: the top in-app function, else the route or handler. */
  readonly culprit: string;
  readonly exceptions: readonly ExceptionInfo[];
  /** Text of `captureMessage()`; absent for exceptions. */
  readonly message?: string;
  /** Route template, `Controller.method`, job or cron name. */
  readonly transaction?: string;
  readonly request?: RequestInfo;
  readonly user?: UserInfo;
  readonly tags: Readonly<Record<string, string>>;
  /** Named sections of further facts. */
  readonly contexts: Readonly<Record<string, Json>>;
  readonly breadcrumbs: readonly Breadcrumb[];
  readonly release?: string;
  readonly environment: string;
  readonly runtime: RuntimeInfo;
  /** What was cut to keep the event within its bounds, e.g. `request.body`. */
  readonly truncated?: readonly string[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An event that is being made and not masked yet. `beforeCapture` may edit it. */
export type EventDraft = Mutable<ErrorEvent>;
