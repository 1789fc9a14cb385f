import { Inject, Injectable, type Type } from '@nestjs/common';
import type { Category, Severity, SeverityReason } from '../event/error-event.js';
import type { CaptureRule } from '../options/capture-rules.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { attempt, read } from '../values/safe-read.js';
import { hasIdentity, isList } from '../values/type-guards.js';
import { categoryOf } from './category.js';
import { httpExceptionStatus, isTransportException } from './expected-exception.js';
import { settingsOf, type HandlerSettings } from './handler-settings.js';
import { distanceOf, isIgnoredBy } from './match-rule.js';
import { isSkipped } from './skip-marker.js';

/** Maximum number of fingerprint parts read from an exception. */
const MAX_PARTS = 20;

/** What is known of a failure when it is judged. */
export interface Candidate {
  readonly exception?: unknown;
  /** Set for messages, which are not exceptions. */
  readonly message?: string;
  /** HTTP status that the client is about to see. */
  readonly status?: number;
  /** Somebody captured it by hand: it counts unless a rule says otherwise. */
  readonly byHand?: boolean;
  /** Whose failure it is, where that is known. */
  readonly site?: { readonly handlerClass?: Type; readonly handlerName?: string };
  readonly severityReason?: SeverityReason;
  /** What the caller wants it to be grouped by. */
  readonly fingerprint?: readonly string[];
}

/**
 * All that is decided about a failure that counts. An absent field keeps the reported value, or the
 * default.
 */
export interface Judgement {
  readonly severity?: Severity;
  readonly category?: Category;
  readonly fingerprint?: readonly string[];
  /** `false` if a new issue of it is not worth an alert: a rule says so, or it is hostile input. */
  readonly alert?: boolean;
}

/** Decides which failures count as errors, and what they count as. */
@Injectable()
export class Selector {
  /** Whether an answer with this HTTP status is worth a look at what lies behind it. */
  readonly statusQualifies: (status: number) => boolean;

  constructor(@Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions) {
    this.statusQualifies = statusPredicate(options.capture.httpStatus);
  }

  /**
   * What stands on the handler beats the options. Returns `undefined` for a failure that does not
   * count.
   */
  judge(candidate: Candidate): Judgement | undefined {
    const local = settingsOf(candidate.site?.handlerClass, candidate.site?.handlerName);
    if (candidate.message !== undefined) {
      return this.qualifiesByDefault(candidate, candidate.status, local)
        ? judgement(candidate, undefined, undefined)
        : undefined;
    }
    const { exception } = candidate;
    const { capture } = this.options;
    if (isSkipped(exception)) return undefined;
    if (local.some(({ ignore }) => isIgnoredBy(ignore ?? [], exception))) return undefined;
    const status = candidate.status ?? httpExceptionStatus(exception);
    const rule = nearestRule([...local.map(({ rules }) => rules ?? []), capture.rules], exception, status);
    if (rule?.action === 'ignore') return undefined;
    if (!rule) {
      if (isIgnoredBy(capture.ignore, exception)) return undefined;
      if (!this.qualifiesByDefault(candidate, status, local)) return undefined;
    }
    return judgement(candidate, rule, categoryOf(exception, status));
  }

  private qualifiesByDefault(
    { byHand, message, exception }: Candidate,
    status: number | undefined,
    local: readonly HandlerSettings[],
  ): boolean {
    if (byHand) return true;
    if (local.some(({ enabled }) => enabled === false)) return false;
    if (status === undefined) return message !== undefined || !isTransportException(exception);
    const own = local.find(({ httpStatus }) => httpStatus !== undefined)?.httpStatus;
    return own ? statusPredicate(own)(status) : this.statusQualifies(status);
  }
}

/** Most failures are nothing special, and every failure of the application comes by here. */
const NOTHING_SPECIAL: Judgement = Object.freeze({});

/**
 * What the caller said for this very event beats a rule, and a rule beats what the exception says
 * itself.
 */
function judgement(
  candidate: Candidate,
  rule: CaptureRule | undefined,
  category: Category | undefined,
): Judgement {
  const fingerprint = candidate.fingerprint ?? rule?.fingerprint ?? ownFingerprint(candidate.exception);
  if (!rule && !category && !fingerprint) return NOTHING_SPECIAL;
  return {
    ...(rule?.severity && candidate.severityReason !== 'specified' && { severity: rule.severity }),
    ...(category && { category }),
    ...(fingerprint && { fingerprint }),
    ...(category === 'security' && { alert: false }),
    ...(rule?.alert !== undefined && { alert: rule.alert }),
  };
}

/**
 * An exception may say itself what it is to be grouped by: a `fingerprint` of one or more texts.
 */
function ownFingerprint(exception: unknown): readonly string[] | undefined {
  const own = hasIdentity(exception) ? read(exception, 'fingerprint') : undefined;
  if (own === undefined) return undefined;
  const parts = isList(own) ? attempt(() => own.slice(0, MAX_PARTS)) : [own];
  return parts?.every((part) => typeof part === 'string' && part !== '') ? (parts as string[]) : undefined;
}

/**
 * The rule that comes nearest to the exception, whatever the order; of rules equally near the
 * first. Nearer lists win.
 */
function nearestRule(
  lists: readonly (readonly CaptureRule[])[],
  exception: unknown,
  status: number | undefined,
): CaptureRule | undefined {
  for (const rules of lists) {
    let nearest: { rule: CaptureRule; distance: number } | undefined;
    for (const rule of rules) {
      const distance = distanceOf(rule.match, exception, status);
      if (distance !== undefined && (!nearest || distance < nearest.distance)) nearest = { rule, distance };
    }
    if (nearest) return nearest.rule;
  }
  return undefined;
}

function statusPredicate(rule: ResolvedOptions['capture']['httpStatus']): (status: number) => boolean {
  if (typeof rule !== 'function') return (status) => rule.includes(status);
  return (status) => {
    try {
      return Boolean(rule(status));
    } catch {
      return status >= 500;
    }
  };
}
