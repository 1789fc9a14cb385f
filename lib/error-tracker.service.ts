import { Inject, Injectable } from '@nestjs/common';
import { DeliveryHealth, type DeliveryHealthSnapshot } from './upkeep/delivery-health.js';
import { DeliveryWorker } from './delivery/delivery-worker.js';
import { capturedByHand, type CaptureHint } from './intake/by-hand.js';
import { Intake } from './intake/intake.js';
import { EventPipeline } from './intake/event-pipeline.js';
import type { Breadcrumb, UserInfo } from './event/error-event.js';
import type { IgnoreRule } from './options/capture-rules.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from './options/resolved-options.js';
import { currentScope, openScopes, runInScope } from './scope/scope-storage.js';
import { Scope } from './scope/scope.js';
import { matchesRule } from './selection/match-rule.js';
import { titleOfValue } from './stack/thrown-value.js';
import { readableCopy, textOf } from './values/safe-read.js';

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
    return this.intake.report({ ...capturedByHand(this.scope(), hint, 'warning'), exception });
  }

  /**
   * Captures a message that is not an exception; messages that differ by ids and numbers only are
   * one issue.
   */
  captureMessage(text: string, hint: CaptureHint = {}): string | undefined {
    const failure = capturedByHand(this.scope(), hint, 'info');
    const severityReason = failure.severityReason === 'handled' ? 'message' : failure.severityReason;
    return this.intake.report({ ...failure, severityReason, message: messageOf(text) });
  }

  /**
   * Runs `work` in a scope of its own, which starts with all that the surrounding one knows. An
   * exception is captured and thrown on.
   */
  withScope<T>(work: () => T, options: ScopeOptions & { readonly rethrow: false }): T | undefined;
  withScope<T>(work: () => T, options?: ScopeOptions): T;
  withScope<T>(work: () => T, options: ScopeOptions = {}): T | undefined {
    const { user, tags, contexts, only, rethrow }: Partial<ScopeOptions> = readableCopy(options) ?? {};
    const scope = this.scope()?.fork() ?? new Scope('manual');
    scope.user = readableCopy(user) ?? scope.user;
    for (const [key, value] of Object.entries(readableCopy(tags) ?? {})) tag(scope, key, value);
    for (const [name, section] of Object.entries(readableCopy(contexts) ?? {}))
      scope.setContext(name, section);
    const failed = (exception: unknown): undefined => {
      if (only && !only.some((rule) => matchesRule(rule, exception))) throw exception;
      this.intake.report({ ...capturedByHand(scope, {}, 'warning'), exception });
      if (rethrow !== false) throw exception;
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
  setUser(user: UserInfo | null | undefined): void {
    const scope = this.scope();
    if (scope) scope.user = readableCopy(user);
  }

  /** Adds a short fact that issues can be filtered by. */
  setTag(key: string, value: string | number | boolean): void {
    const scope = this.scope();
    if (scope) tag(scope, key, value);
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
    if (!scope) return;
    const given: Partial<Breadcrumb> = readableCopy(breadcrumb) ?? {};
    if (given.message === undefined) return;
    const { type = 'manual', level = 'info', at = Date.now(), data } = given;
    this.intake.keepBreadcrumb(scope, { at, type, level, message: messageOf(given.message), data });
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

/** What was handed over as text may be anything. */
function messageOf(value: unknown): string {
  return textOf(value) ?? titleOfValue(value);
}

/** A value without a text makes no tag. */
function tag(scope: Scope, key: string, value: unknown): void {
  const text = textOf(value);
  if (text !== undefined) scope.setTag(key, text);
}
