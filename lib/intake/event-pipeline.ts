import { Injectable } from '@nestjs/common';
import { Accumulator } from '../delivery/accumulator.js';
import { DeliveryWorker } from '../delivery/delivery-worker.js';
import { EventCounters } from '../delivery/event-counters.js';
import { issueType } from '../delivery/issue-description.js';
import type { EventDraft } from '../event/error-event.js';
import type { Judgement } from '../selection/selector.js';
import { isThenable } from '../values/after.js';
import { EventComposer } from './event-composer.js';
import { FailureDescriber } from './failure-describer.js';
import type { Failure } from './failure.js';
import { userInfoOf, userKeyOf } from './user.js';

/**
 * Takes a failure that qualifies from description to the accumulator, synchronously for the caller.
 * Only work that waits for the application is deferred. Never throws.
 */
@Injectable()
export class EventPipeline {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly describer: FailureDescriber,
    private readonly composer: EventComposer,
    private readonly accumulator: Accumulator,
    private readonly worker: DeliveryWorker,
    private readonly counters: EventCounters,
  ) {}

  /** Returns the event's id, or `undefined` if there will be no event. */
  process(failure: Failure, judgement: Judgement): string | undefined {
    try {
      const described = this.grouped(this.describer.describe(failure, judgement));
      const { id, at, fingerprint } = described;
      if (!this.composer.hasHooks && !this.accumulator.wantsSample(fingerprint.hash)) {
        // Everybody is counted, also those whose event is not kept.
        this.accumulator.count(fingerprint.hash, at, this.composer.userKeyOf(failure));
        this.worker.wake(false);
        return id;
      }
      const draft = this.composer.compose(failure, judgement, described);
      if (!isThenable(draft)) return this.sealAndAdd(draft) ? id : undefined;
      this.addLater(draft);
      // Whether the application drops it is not known yet.
      return id;
    } catch {
      this.counters.failed();
      return undefined;
    }
  }

  /** Events that wait for a builder or a hook of the application. */
  get waiting(): number {
    return this.underWay.size;
  }

  /** Resolves when the events that wait for the application have gone on. */
  async idle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** The same, unless too many bugs are new: then its type stands for the bug. */
  private grouped<T extends Pick<EventDraft, 'fingerprint' | 'exceptions'>>(event: T): T {
    const fingerprint = this.accumulator.fingerprintFor(event.fingerprint, issueType(event.exceptions));
    return fingerprint === event.fingerprint ? event : { ...event, fingerprint };
  }

  private addLater(draft: PromiseLike<EventDraft | false>): void {
    const work = Promise.resolve(draft)
      .then((late) => {
        // Others may have overtaken it meanwhile, so that too many bugs are new by now.
        this.sealAndAdd(late && this.grouped(late));
      })
      .catch(() => this.counters.failed());
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  /** Returns whether the application wants the event. */
  private sealAndAdd(draft: EventDraft | false): boolean {
    if (draft === false) {
      this.counters.leftOut.before_capture += 1;
      return false;
    }
    const { user: given, ...rest } = draft;
    const user = userInfoOf(given);
    const event = this.composer.seal({ ...rest, ...(user && { user }) });
    const isNew = this.accumulator.add(event, userKeyOf(user));
    this.worker.wake(isNew);
    return true;
  }
}
