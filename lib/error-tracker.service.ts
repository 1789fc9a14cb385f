import { Inject, Injectable } from '@nestjs/common';
import { DeliveryHealth, type DeliveryHealthSnapshot } from './delivery/delivery-health.js';
import { DeliveryWorker } from './delivery/delivery.worker.js';
import type { CaptureInput } from './delivery/capture-input.js';
import { EventPipeline } from './delivery/event.pipeline.js';
import type { Breadcrumb, Severity, UserInfo } from './event/error-event.js';
import { boundedCopy } from './masking/bounded-copy.js';
import { cutAtWord, hardCap } from './masking/bounded-text.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from './options/resolved-options.js';
import { currentScope, runInScope } from './scope/scope-storage.js';
import { Scope } from './scope/scope.js';
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
    const scope = currentScope();
    return this.report({ ...manual(scope, hint), exception, severity: hint.severity ?? 'warning' });
  }

  /** Captures a message that is not an exception; messages that differ by ids and numbers only are one issue. */
  captureMessage(text: string, hint: CaptureHint = {}): string | undefined {
    const scope = currentScope();
    return this.report({ ...manual(scope, hint), message: String(text), severity: hint.severity ?? 'info' });
  }

  /**
   * Runs `work` in a scope of its own, which starts with all that the surrounding one knows. An exception is captured
   * and thrown on.
   */
  withScope<T>(work: () => T, options: ScopeOptions & { readonly rethrow: false }): T | undefined;
  withScope<T>(work: () => T, options?: ScopeOptions): T;
  withScope<T>(work: () => T, options: ScopeOptions = {}): T | undefined {
    const scope = currentScope()?.fork() ?? new Scope('manual');
    if (options.user) scope.user = options.user;
    for (const [key, value] of Object.entries(options.tags ?? {})) scope.setTag(key, String(value));
    for (const [name, section] of Object.entries(options.contexts ?? {})) scope.setContext(name, section);
    const failed = (exception: unknown): undefined => {
      this.report({ ...manual(scope, {}), exception, severity: 'warning' });
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
    const scope = currentScope();
    if (scope) scope.user = user;
  }

  /** Adds a short fact that issues can be filtered by. */
  setTag(key: string, value: string | number | boolean): void {
    currentScope()?.setTag(key, String(value));
  }

  /** Adds a named section of facts. */
  setContext(name: string, section: Readonly<Record<string, unknown>>): void {
    currentScope()?.setContext(name, section);
  }

  /** Notes what happened before an exception; the newest `limits.maxBreadcrumbs` are kept. */
  addBreadcrumb(breadcrumb: Partial<Breadcrumb> & Pick<Breadcrumb, 'message'>): void {
    const { limits } = this.options;
    const { message, type = 'manual', level = 'info', at = Date.now(), data } = breadcrumb;
    currentScope()?.addBreadcrumb(
      {
        at,
        type,
        level,
        // Cut for good only after masking, so that no half of a secret is left.
        message: cutAtWord(String(message), hardCap(limits)),
        ...(data !== undefined && { data: boundedCopy(data, limits) }),
      },
      limits.maxBreadcrumbs,
    );
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
    const doors = input.scope?.doors;
    if (!this.options.enabled || doors?.own) return undefined;
    const place = { source: input.site.source, visit: doors };
    const isMessage = input.message !== undefined;
    if (!isMessage) {
      const known = this.sightings.find(input.exception, place);
      if (known !== undefined) return known || undefined;
      if (this.selector.isIgnored(input.exception)) return undefined;
    }
    const id = this.pipeline.take(input);
    if (!isMessage) this.sightings.remember(input.exception, id ?? '', place);
    if (doors) doors.captured = true;
    return id;
  }
}

function manual(scope: Scope | undefined, hint: CaptureHint): Omit<CaptureInput, 'severity'> {
  const { fingerprint, user, tags, contexts } = hint;
  return {
    site: {
      source: 'manual',
      request: scope?.request,
      handlerClass: scope?.handlerClass,
      handlerName: scope?.handlerName,
    },
    scope,
    handled: true,
    fingerprint: typeof fingerprint === 'string' ? [fingerprint] : fingerprint,
    user,
    tags,
    contexts,
  };
}
