import { Inject, Injectable } from '@nestjs/common';
import { EventCounters } from '../delivery/event-counters.js';
import type { Breadcrumb, Source } from '../event/error-event.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { isInternal, runInternally } from '../scope/internal-work.js';
import type { Scope } from '../scope/scope.js';
import { Selector, type Judgement } from '../selection/selector.js';
import { Sightings, type Seen } from '../selection/sightings.js';
import { prepareBreadcrumb } from './breadcrumb.js';
import { EventPipeline } from './event-pipeline.js';
import type { Failure } from './failure.js';

/** Where every failure comes in, whichever door saw it. Nothing here throws. */
@Injectable()
export class Intake {
  private readonly sightings = new Sightings();
  private closed = false;

  constructor(
    private readonly selector: Selector,
    private readonly pipeline: EventPipeline,
    private readonly counters: EventCounters,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Makes an event of a failure, unless it was captured before, does not count, or belongs to the
   * tracker's own pages.
   *
   * @returns the event's id; `undefined` if there is none
   */
  report(failure: Failure): string | undefined {
    const { scope, site, exception } = failure;
    const reporting = scope?.reporting;
    if (!this.options.capturing || reporting?.ownPage) return undefined;
    const seen: Seen = { source: site.source, reporting };
    const isMessage = failure.message !== undefined;
    if (!isMessage) {
      const known = this.sightings.find(exception, seen);
      if (known !== undefined) return known || undefined;
    }
    const judgement = this.selector.judge(failure);
    if (!judgement) return undefined;
    const id = this.admit(failure, judgement);
    if (!isMessage) this.sightings.remember(exception, id ?? '', seen);
    if (reporting) reporting.captured = true;
    return id;
  }

  /**
   * Whether this object, or this text in this request, was already reported, even if its event was
   * dropped.
   */
  wasCaptured(thrown: unknown, source: Source, scope: Scope | undefined): boolean {
    return this.sightings.find(thrown, { source, reporting: scope?.reporting }) !== undefined;
  }

  /** Whether an answer with this HTTP status is worth a look at what lies behind it. */
  statusQualifies(status: number): boolean {
    return this.selector.statusQualifies(status);
  }

  /** Keeps a breadcrumb as it is now, unless the application does not want it. */
  keepBreadcrumb(scope: Scope, given: Breadcrumb): void {
    const { limits, capture } = this.options;
    const kept = prepareBreadcrumb(given, capture.breadcrumbs.before, limits);
    if (kept) scope.addBreadcrumb(kept, limits.maxBreadcrumbs);
  }

  /** What becomes of log lines. */
  get logging(): ResolvedOptions['capture']['logger'] {
    return this.options.capture.logger;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Makes no event from now on. */
  close(): void {
    this.closed = true;
  }

  private admit(failure: Failure, judgement: Judgement): string | undefined {
    // What the tracker does itself must not come back as an event.
    if (this.closed || isInternal()) return undefined;
    const { sampleRate } = this.options.capture;
    if (sampleRate < 1 && Math.random() >= sampleRate) {
      this.counters.leftOut.sampled += 1;
      return undefined;
    }
    // Builders, hooks and maskers of the application run in here: what they log or capture is not
    // looked at.
    return runInternally(() => this.pipeline.process(failure, judgement));
  }
}
