import type { Category, Severity, SeverityReason, Source, UserInfo } from '../event/error-event.js';
import type { CaptureSite } from '../scope/context-builder.js';
import type { Scope } from '../scope/scope.js';
import { categoryOf } from '../selection/category.js';
import type { Verdict } from '../selection/selector.js';

/** What a door hands to the pipeline. Raw. */
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
  readonly category?: Category;
  /** Whether a new issue is worth an alert; by default its category decides. */
  readonly alert?: boolean;
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

/** A failure that reached the framework, or Node, because nothing in the application took it. */
export function unhandled(
  exception: unknown,
  source: Source,
  scope: Scope | undefined,
  facts: UnhandledFacts = {},
): Failure {
  const { request = scope?.request, handlerClass, handlerName, ...rest } = facts;
  return {
    exception,
    site: { source, request, handlerClass, handlerName },
    scope,
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    ...rest,
  };
}

const MAX_PARTS = 20;

/** An exception may say itself what it is to be grouped by: a `fingerprint` of one or more texts. */
function ownFingerprint(exception: unknown): readonly string[] | undefined {
  try {
    const { fingerprint } = exception as { fingerprint?: unknown };
    const parts: unknown[] = Array.isArray(fingerprint) ? fingerprint.slice(0, MAX_PARTS) : [fingerprint];
    return parts.every((part) => typeof part === 'string' && part !== '') ? (parts as string[]) : undefined;
  } catch {
    return undefined;
  }
}

/** A door that does not know the handler may have it from the scope. */
export function withHandler(input: Failure): Failure {
  const { site, scope } = input;
  if (site.handlerClass || !scope?.handlerClass) return input;
  const { handlerClass, handlerName } = scope;
  return { ...input, site: { ...site, handlerClass, handlerName } };
}

/** What the caller said for this very event beats a rule, and a rule beats what the door takes for granted. */
export function judgedInput(input: Failure, verdict: Verdict): Failure {
  const { severity, alert } = verdict;
  const category = input.message === undefined ? categoryOf(input.exception, input.status) : undefined;
  const fingerprint = input.fingerprint ?? verdict.fingerprint ?? ownFingerprint(input.exception);
  // Nothing of this is the case for most events, and each of them passes here.
  if (!category && !severity && alert === undefined && fingerprint === input.fingerprint) return input;
  return {
    ...input,
    ...(category && { category }),
    ...(severity && input.severityReason !== 'specified' && { severity, severityReason: 'rule' }),
    ...(fingerprint && { fingerprint }),
    ...(alert !== undefined && { alert }),
  };
}
