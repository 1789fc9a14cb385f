import { Inject, Injectable } from '@nestjs/common';
import { DeliveryHealth, type DeliveryHealthSnapshot } from './delivery/delivery-health.js';
import { DeliveryWorker } from './delivery/delivery.worker.js';
import { keptBreadcrumb } from './delivery/kept-breadcrumb.js';
import { judgedInput, withHandler, type CaptureInput } from './delivery/capture-input.js';
import { EventPipeline } from './delivery/event.pipeline.js';
import {
  SEVERITIES,
  type Breadcrumb,
  type Severity,
  type Source,
  type UserInfo,
} from './event/error-event.js';
import type { IgnoreRule } from './options/error-tracker-options.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from './options/resolved-options.js';
import { currentScope, openScopes, runInScope } from './scope/scope-storage.js';
import { Scope } from './scope/scope.js';
import { matchesRule } from './selection/match-rule.js';
import { Selector } from './selection/selector.js';
import { Sightings } from './selection/sightings.js';

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
  /** Capture only exceptions of these classes, names, messages or predicates; others are thrown on. Default all. */
  readonly only?: readonly IgnoreRule[];
}

/** The application's handle on the tracker. None of its methods throws. */
@Injectable()
export class ErrorTrackerService {
  private readonly sightings = new Sightings();

  constructor(
    private readonly pipeline: EventPipeline,
    /** @internal */
    readonly selector: Selector,
    private readonly worker: DeliveryWorker,
    private readonly deliveryHealth: DeliveryHealth,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Captures an exception that the application handled. Anything may be passed.
   *
   * @returns the event's id, to be shown to the user or logged; `undefined` if the event was dropped
   */
  capture(exception: unknown, hint: CaptureHint = {}): string | undefined {
    return this.report({ ...manual(this.scope(), hint, 'warning'), exception });
  }

  /** Captures a message that is not an exception; messages that differ by ids and numbers only are one issue. */
  captureMessage(text: string, hint: CaptureHint = {}): string | undefined {
    const input = manual(this.scope(), hint, 'info');
    const severityReason = input.severityReason === 'handled' ? 'message' : input.severityReason;
    return this.report({ ...input, severityReason, message: String(text) });
  }

  /**
   * Runs `work` in a scope of its own, which starts with all that the surrounding one knows. An exception is captured
   * and thrown on.
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
      this.report({ ...manual(scope, {}, 'warning'), exception });
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

  /** Says who the current request or job is for; a no-op outside of one, as everything that sets scope. */
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
    if (scope) this.keepBreadcrumb(scope, { at, type, level, message: String(message), data });
  }

  /**
   * Stores everything captured so far.
   *
   * @param timeoutMs default `delivery.shutdownTimeoutMs`
   * @returns whether that succeeded in time
   */
  async flush(timeoutMs: number = this.options.delivery.shutdownTimeoutMs): Promise<boolean> {
    return this.worker.flush(timeoutMs, this.pipeline.settled());
  }

  /** How the tracker itself is doing. */
  health(): DeliveryHealthSnapshot {
    return this.deliveryHealth.snapshot();
  }

  /**
   * The one entrance behind all doors: what was captured before, is ignored, or belongs to the tracker's own pages goes
   * no further.
   *
   * @internal
   */
  report(input: CaptureInput): string | undefined {
    const { scope, site, exception } = input;
    const doors = scope?.doors;
    if (!this.options.capturing || doors?.own) return undefined;
    const place = { source: site.source, visit: doors };
    const isMessage = input.message !== undefined;
    if (!isMessage) {
      const seen = this.sightings.find(exception, place);
      if (seen !== undefined) return seen || undefined;
    }
    const placed = withHandler(input);
    const verdict = this.selector.judge(placed);
    if (!verdict) return undefined;
    const id = this.pipeline.take(judgedInput(placed, verdict));
    if (!isMessage) this.sightings.remember(exception, id ?? '', place);
    if (doors) doors.captured = true;
    return id;
  }

  /**
   * Whether an event was made of this very object, or in this request of this text.
   *
   * @internal
   */
  wasCaptured(thrown: unknown, source: Source, scope: Scope | undefined): boolean {
    return this.sightings.find(thrown, { source, visit: scope?.doors }) !== undefined;
  }

  /**
   * Keeps a breadcrumb that the application does not object to, as it is now.
   *
   * @internal
   */
  keepBreadcrumb(scope: Scope, given: Breadcrumb): void {
    const { limits, capture } = this.options;
    const kept = keptBreadcrumb(given, capture.breadcrumbs.before, limits);
    if (kept) scope.addBreadcrumb(kept, limits.maxBreadcrumbs);
  }

  /**
   * What becomes of log lines.
   *
   * @internal
   */
  get logging(): ResolvedOptions['capture']['logger'] {
    return this.options.capture.logger;
  }

  /** The running scope. Whoever asks for it wants one: from now on there is. */
  private scope(): Scope | undefined {
    openScopes();
    return currentScope();
  }
}

function manual(scope: Scope | undefined, hint: CaptureHint, severity: Severity): CaptureInput {
  const { fingerprint, user, tags, contexts } = hint;
  const specified = SEVERITIES.find((one) => one === hint.severity);
  return {
    site: {
      source: 'manual',
      request: scope?.request,
      handlerClass: scope?.handlerClass,
      handlerName: scope?.handlerName,
    },
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
