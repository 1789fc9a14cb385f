import type { Severity, SeverityReason, Source, UserInfo } from '../event/error-event.js';
import type { CaptureSite } from '../scope/context-builder.js';
import type { Scope } from '../scope/scope.js';

/** What a door (a capture point: filter, logger, …) reports; nothing in it is masked. */
export interface Failure {
  /** What was thrown; anything. Meaningless if `message` is set. */
  readonly exception?: unknown;
  /** Text of `captureMessage()`. */
  readonly message?: string;
  readonly site: CaptureSite;
  readonly scope?: Scope;
  readonly handled: boolean;
  readonly severity: Severity;
  readonly severityReason: SeverityReason;
  /** HTTP status that the client is about to see, where there is one. */
  readonly status?: number;
  /** Somebody captured it by hand: it counts unless a rule says otherwise. */
  readonly byHand?: boolean;
  /** Overrides the built-in grouping; `{{default}}` stands for it. */
  readonly fingerprint?: readonly string[];
  /** Overrides what the context builders find. */
  readonly transaction?: string;
  readonly user?: UserInfo;
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly contexts?: Readonly<Record<string, unknown>>;
}

/** What a door knows of a failure that nobody handled, besides what was thrown and where. */
export type UnhandledFacts = Partial<
  Pick<Failure, 'severity' | 'status' | 'transaction' | 'contexts' | 'message' | 'fingerprint'>
> &
  Partial<Omit<CaptureSite, 'source'>>;

/** A failure that reached the framework, or Node, because nothing in the application handled it. */
export function unhandled(
  exception: unknown,
  source: Source,
  scope: Scope | undefined,
  facts: UnhandledFacts = {},
): Failure {
  const { request, handlerClass, handlerName, ...rest } = facts;
  return {
    exception,
    site: siteOf(source, scope, facts),
    scope,
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    ...rest,
  };
}

/** Where a failure happened. What the door does not know, the scope may. */
export function siteOf(
  source: Source,
  scope: Scope | undefined,
  known: Partial<Omit<CaptureSite, 'source'>> = {},
): CaptureSite {
  const { request = scope?.request } = known;
  const { handlerClass, handlerName } = known.handlerClass || !scope?.handlerClass ? known : scope;
  return { source, request, handlerClass, handlerName };
}
