import { SEVERITIES, type Severity, type UserInfo } from '../event/error-event.js';
import type { Scope } from '../scope/scope.js';
import { readableCopy } from '../values/safe-read.js';
import { siteOf, type Failure } from './failure.js';

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

/** A failure that the application reports itself. What cannot be read of the hint is left out. */
export function capturedByHand(scope: Scope | undefined, hint: CaptureHint, severity: Severity): Failure {
  const { severity: wanted, fingerprint, user, tags, contexts }: CaptureHint = readableCopy(hint) ?? {};
  const specified = SEVERITIES.find((one) => one === wanted);
  return {
    site: siteOf('manual', scope),
    scope,
    handled: true,
    byHand: true,
    severity: specified ?? severity,
    severityReason: specified ? 'specified' : 'handled',
    fingerprint: typeof fingerprint === 'string' ? [fingerprint] : fingerprint,
    user: readableCopy(user),
    tags: readableCopy(tags),
    contexts: readableCopy(contexts),
  };
}
