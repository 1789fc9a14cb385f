import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { TrackException } from 'nestjs-error-tracker';

/** Runs outside of any request. Nest's filters do not see its failures, but the decorator does. */
@Injectable()
export class SalesReportJob {
  @TrackException({ silent: true, tags: { job: 'sales-report' } })
  async run(): Promise<void> {
    await pause(20);
    const takings: readonly number[] = [];
    const best = takings.reduce((most, next) => Math.max(most, next));
    await pause(best);
  }
}
