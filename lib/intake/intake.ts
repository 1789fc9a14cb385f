import { Inject, Injectable } from '@nestjs/common';
import type { Breadcrumb, Source } from '../event/error-event.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { Scope } from '../scope/scope.js';
import { Selector } from '../selection/selector.js';
import { Sightings } from '../selection/sightings.js';
import { keptBreadcrumb } from './breadcrumb.js';
import { EventPipeline } from './event-pipeline.js';
import { judgedInput, withHandler, type Failure } from './failure.js';

/** Where every failure comes in, whichever door saw it. Nothing here throws. */
@Injectable()
export class Intake {
  private readonly sightings = new Sightings();

  constructor(
    private readonly selector: Selector,
    private readonly pipeline: EventPipeline,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Makes an event of a failure, unless it was captured before, does not count, or belongs to the tracker's own pages.
   *
   * @returns the event's id; `undefined` if there is none
   */
  report(failure: Failure): string | undefined {
    const { scope, site, exception } = failure;
    const reporting = scope?.reporting;
    if (!this.options.capturing || reporting?.ownPage) return undefined;
    const place = { source: site.source, visit: reporting };
    const isMessage = failure.message !== undefined;
    if (!isMessage) {
      const seen = this.sightings.find(exception, place);
      if (seen !== undefined) return seen || undefined;
    }
    const placed = withHandler(failure);
    const verdict = this.selector.judge(placed);
    if (!verdict) return undefined;
    const id = this.pipeline.take(judgedInput(placed, verdict));
    if (!isMessage) this.sightings.remember(exception, id ?? '', place);
    if (reporting) reporting.captured = true;
    return id;
  }

  /** Whether an event was made of this very object, or in this request of this text. */
  wasCaptured(thrown: unknown, source: Source, scope: Scope | undefined): boolean {
    return this.sightings.find(thrown, { source, visit: scope?.reporting }) !== undefined;
  }

  /** Whether an answer with this HTTP status is worth a look at what lies behind it. */
  countsResponse(status: number): boolean {
    return this.selector.countsResponse(status);
  }

  /** Keeps a breadcrumb that the application does not object to, as it is now. */
  keepBreadcrumb(scope: Scope, given: Breadcrumb): void {
    const { limits, capture } = this.options;
    const kept = keptBreadcrumb(given, capture.breadcrumbs.before, limits);
    if (kept) scope.addBreadcrumb(kept, limits.maxBreadcrumbs);
  }

  /** What becomes of log lines. */
  get logging(): ResolvedOptions['capture']['logger'] {
    return this.options.capture.logger;
  }
}
