import { Inject, Injectable } from '@nestjs/common';
import { DeliveryHealth, type DeliveryHealthSnapshot } from './upkeep/delivery-health.js';
import { DeliveryWorker } from './delivery/delivery-worker.js';
import { siteOf, type Failure } from './intake/failure.js';
import { Intake } from './intake/intake.js';
import { EventPipeline } from './intake/event-pipeline.js';
import { SEVERITIES, type Breadcrumb, type Severity, type UserInfo } from './event/error-event.js';
import type { IgnoreRule } from './options/capture-rules.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from './options/resolved-options.js';
import { currentScope, openScopes, runInScope } from './scope/scope-storage.js';
import { Scope } from './scope/scope.js';
import { matchesRule } from './selection/match-rule.js';

/** What the caller of `capture()` knows better than the tracker. */
export interface CaptureHint {
  /** Default `warning` for `capture()`, `info` for `captureMessage()`. */
  readonly severity?: Severity;
  /** Groups by this instead of the built-in way; `{{default}}` among the parts stands for it. */
  readonly fingerprint?: string | readonly string[];
  readonly user?: UserInfo;
  readonly tags?: Readonly<Record<string, unknown>>;
  /** Named sections of further facts. */
  readonly contexts?: Readonly<Record<string, unknown>>;
}

export interface ScopeOptions extends Pick<CaptureHint, 'user' | 'tags' | 'contexts'> {
  /** Whether a captured exception goes on to the caller. Default `true`. */
  readonly rethrow?: boolean;
  /**
   * Capture only exceptions of these classes, names, messages or predicates; others are thrown on.
   * Default all.
   */
  readonly only?: readonly IgnoreRule[];
}

/** The application's handle on the tracker. None of its methods throws. */
@Injectable()
export class ErrorTrackerService {
  constructor(
    private readonly intake: Intake,
    private readonly pipeline: EventPipeline,
    private readonly worker: DeliveryWorker,
    private readonly deliveryHealth: DeliveryHealth,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Captures an exception that the application handled. Anything may be passed.
   *
   * @returns the event's id, to be shown to the user or logged; `undefined` if the event was
   *   dropped
   */
  capture(exception: unknown, hint: CaptureHint = {}): string | undefined {
    return this.intake.report({ ...manual(this.scope(), hint, 'warning'), exception });
  }

  /**
   * Captures a message that is not an exception; messages that differ by ids and numbers only are
   * one issue.
   */
  captureMessage(text: string, hint: CaptureHint = {}): string | undefined {
    const failure = manual(this.scope(), hint, 'info');
    const severityReason = failure.severityReason === 'handled' ? 'message' : failure.severityReason;
    return this.intake.report({ ...failure, severityReason, message: String(text) });
  }

  /**
   * Runs `work` in a scope of its own, which starts with all that the surrounding one knows. An
   * exception is captured and thrown on.
   */
  withScope<T>(work: () => T, options: ScopeOptions & { readonly rethrow: false }): T | undefined;
  withScope<T>(work: () => T, options?: ScopeOptions): T;
  withScope<T>(work: () => T, options: ScopeOptions = {}): T | undefined {
    const scope = this.scope()?.fork() ?? new Scope('manual');
    if (options.user) scope.user = options.user;
    for (const [key, value] of Object.entries(options.tags ?? {})) scope.setTag(key, String(value));
    for (const [name, section] of Object.entries(options.contexts ?? {})) scope.setContext(name, section);
    const failed = (exception: unknown): undefined => {
      if (options.only && !options.only.some((rule) => matchesRule(rule, exception))) throw exception;
      this.intake.report({ ...manual(scope, {}, 'warning'), exception });
      if (options.rethrow !== false) throw exception;
    };
    return runInScope(scope, () => {
      try {
        const result = work();
        return result instanceof Promise ? (result.catch(failed) as T) : result;
      } catch (exception) {
        return failed(exception);
      }
    });
  }

  /**
   * Says who the current request or job is for. Does nothing outside of one, like all setters here.
   */
  setUser(user: UserInfo | undefined): void {
    const scope = this.scope();
    if (scope) scope.user = user;
  }

  /** Adds a short fact that issues can be filtered by. */
  setTag(key: string, value: string | number | boolean): void {
    this.scope()?.setTag(key, String(value));
  }

  /** Adds a named section of facts. */
  setContext(name: string, section: Readonly<Record<string, unknown>>): void {
    this.scope()?.setContext(name, section);
  }

  /** Adds one fact that belongs to no section. */
  setExtra(key: string, value: unknown): void {
    const scope = this.scope();
    scope?.setContext('extra', { ...(scope.contexts['extra'] as object | undefined), [key]: value });
  }

  /** Notes that a feature flag was looked at, and what it said (Bugsnag's feature flags). */
  setFeatureFlag(name: string, variant: string | number | boolean = true): void {
    const scope = this.scope();
    scope?.setContext('featureFlags', {
      ...(scope.contexts['featureFlags'] as object | undefined),
      [name]: variant,
    });
  }

  /** Notes what happened before an exception; the newest `limits.maxBreadcrumbs` are kept. */
  addBreadcrumb(breadcrumb: Partial<Breadcrumb> & Pick<Breadcrumb, 'message'>): void {
    const scope = this.scope();
    const { message, type = 'manual', level = 'info', at = Date.now(), data } = breadcrumb;
    if (scope) this.intake.keepBreadcrumb(scope, { at, type, level, message: String(message), data });
  }

  /**
   * Stores everything captured so far.
   *
   * @param timeoutMs default `delivery.shutdownTimeoutMs`
   * @returns whether that succeeded in time
   */
  async flush(timeoutMs: number = this.options.delivery.shutdownTimeoutMs): Promise<boolean> {
    return this.worker.flush(timeoutMs, this.pipeline.idle());
  }

  /** How the tracker itself is doing. */
  health(): DeliveryHealthSnapshot {
    return this.deliveryHealth.snapshot();
  }

  /** The current scope. The first call switches scopes on for the process. */
  private scope(): Scope | undefined {
    openScopes();
    return currentScope();
  }
}

function manual(scope: Scope | undefined, hint: CaptureHint, severity: Severity): Failure {
  const { fingerprint, user, tags, contexts } = hint;
  const specified = SEVERITIES.find((one) => one === hint.severity);
  return {
    site: siteOf('manual', scope),
    scope,
    handled: true,
    byHand: true,
    severity: specified ?? severity,
    severityReason: specified ? 'specified' : 'handled',
    fingerprint: typeof fingerprint === 'string' ? [fingerprint] : fingerprint,
    user,
    tags,
    contexts,
  };
}
