import { Inject, Injectable } from '@nestjs/common';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { httpExceptionStatus, isTransportException } from './expected-exception.js';
import { ignorePredicate } from './ignore-rules.js';

/** Decides which exceptions count as errors. */
@Injectable()
export class Selector {
  /** Whether the application asked never to hear of it (`capture.ignore`). */
  readonly isIgnored: (exception: unknown) => boolean;

  private readonly countsStatus: (status: number) => boolean;

  constructor(@Inject(RESOLVED_OPTIONS) options: ResolvedOptions) {
    this.isIgnored = ignorePredicate(options.capture.ignore);
    this.countsStatus = statusPredicate(options.capture.httpStatus);
  }

  /** Whether an answer with this HTTP status is an error. */
  countsResponse(status: number): boolean {
    return this.countsStatus(status);
  }

  /** Whether an exception that was thrown where no HTTP response tells its weight is an error. */
  countsThrown(exception: unknown): boolean {
    if (isTransportException(exception)) return false;
    const status = httpExceptionStatus(exception);
    return status === undefined || this.countsStatus(status);
  }
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
