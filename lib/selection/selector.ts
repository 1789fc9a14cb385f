import { Inject, Injectable, type Type } from '@nestjs/common';
import type { Severity } from '../event/error-event.js';
import type { CaptureRule } from '../options/capture-rules.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { httpExceptionStatus, isTransportException } from './expected-exception.js';
import { settingsOf, type HandlerSettings } from './handler-settings.js';
import { distanceOf, isIgnoredBy } from './match-rule.js';
import { isSkipped } from './skip-marker.js';

/** What is known when it is decided whether something counts. */
export interface Candidate {
  readonly exception?: unknown;
  /** Set for messages, which are not exceptions. */
  readonly message?: string;
  /** HTTP status that the client is about to see. */
  readonly status?: number;
  /** Somebody captured it by hand: it counts unless a rule says otherwise. */
  readonly byHand?: boolean;
  /** Whose exception it is, where that is known. */
  readonly site?: { readonly handlerClass?: Type; readonly handlerName?: string };
}

/** `undefined` where the rules have nothing to say. */
export interface Verdict {
  readonly severity?: Severity;
  readonly fingerprint?: readonly string[];
  readonly alert?: boolean;
}

/** Decides which failures count as errors. */
@Injectable()
export class Selector {
  private readonly isCounted: (status: number) => boolean;

  constructor(@Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions) {
    this.isCounted = statusPredicate(options.capture.httpStatus);
  }

  /** What the rules say of something that counts; `false` if it does not. What stands on the handler beats the options. */
  judge(candidate: Candidate): Verdict | false {
    const local = settingsOf(candidate.site?.handlerClass, candidate.site?.handlerName);
    const { capture } = this.options;
    if (candidate.message === undefined) {
      if (isSkipped(candidate.exception)) return false;
      if (local.some(({ ignore }) => isIgnoredBy(ignore ?? [], candidate.exception))) return false;
      const rule = nearestRule([...local.map(({ rules }) => rules ?? []), capture.rules], candidate);
      if (rule) return rule.action === 'ignore' ? false : rule;
      if (isIgnoredBy(capture.ignore, candidate.exception)) return false;
    }
    return this.countsByDefault(candidate, local) ? NOTHING_TO_SAY : false;
  }

  /** Whether an answer with this HTTP status is worth a look at what lies behind it. */
  countsResponse(status: number): boolean {
    return this.isCounted(status);
  }

  private countsByDefault(candidate: Candidate, local: readonly HandlerSettings[]): boolean {
    if (candidate.byHand) return true;
    if (local.some(({ enabled }) => enabled === false)) return false;
    const status = candidate.status ?? httpExceptionStatus(candidate.exception);
    if (status === undefined)
      return candidate.message !== undefined || !isTransportException(candidate.exception);
    const own = local.find(({ httpStatus }) => httpStatus !== undefined)?.httpStatus;
    return own ? statusPredicate(own)(status) : this.isCounted(status);
  }
}

const NOTHING_TO_SAY: Verdict = Object.freeze({});

/** The rule that comes nearest to the exception, whatever the order; of rules equally near the first. Nearer lists win. */
function nearestRule(
  lists: readonly (readonly CaptureRule[])[],
  { exception, status }: Candidate,
): CaptureRule | undefined {
  const answered = status ?? httpExceptionStatus(exception);
  for (const rules of lists) {
    let nearest: { rule: CaptureRule; distance: number } | undefined;
    for (const rule of rules) {
      const distance = distanceOf(rule.match, exception, answered);
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
