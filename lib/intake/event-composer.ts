import { Inject, Injectable } from '@nestjs/common';
import { createBudget } from '../bounds/copy-budget.js';
import { cutAtWord, hardCap } from '../bounds/bounded-text.js';
import type { ErrorEvent, EventDraft, ExceptionInfo } from '../event/error-event.js';
import { maskEvent } from '../masking/mask-event.js';
import { Masker } from '../masking/masker.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runtimeInfo } from '../scope/runtime-info.js';
import type { Judgement } from '../selection/selector.js';
import { after, type MaybeLater } from '../values/after.js';
import { EventContextFinder, type EventContext } from './event-context.js';
import type { DescribedFailure } from './failure-describer.js';
import type { Failure } from './failure.js';
import { runHooks } from './hooks.js';
import { LocalVariables } from './local-variables/local-variables.js';
import { ownProperties } from './own-properties.js';

/**
 * Values kept of all that the exceptions of one event carry: clients put the whole request on their
 * errors.
 */
const MAX_PROPERTY_NODES = 500;
const MAX_TRANSACTION_LENGTH = 300;

/**
 * Makes events that are kept: first a raw draft that the application may edit, then the masked
 * event.
 */
@Injectable()
export class EventComposer {
  private readonly runtime: ReturnType<typeof runtimeInfo>;

  constructor(
    private readonly context: EventContextFinder,
    private readonly variables: LocalVariables,
    private readonly masker: Masker,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.runtime = runtimeInfo(options.admin.title, options.projectRoot);
  }

  /** Whether the application wants to see every event, so that none may be counted only. */
  get hasHooks(): boolean {
    return this.options.beforeCapture.length > 0;
  }

  /** Key of the affected user, see `userKey`, as far as it is known without making a draft. */
  userKeyOf(failure: Failure): string | undefined {
    return this.context.userKeyOf(failure);
  }

  /** A promise only if the application wants time; `false` if it does not want the event. */
  compose(
    failure: Failure,
    judgement: Judgement,
    described: DescribedFailure,
  ): MaybeLater<EventDraft | false> {
    const { beforeCapture, limits } = this.options;
    const context = this.context.find(failure);
    // Copied now as well: the application may change the exception later.
    const exceptions = this.detailed(described);
    const draft = after(context, (found) =>
      this.draft(failure, judgement, { ...described, exceptions }, found),
    );
    if (beforeCapture.length === 0) return draft;
    const { exception, site } = failure;
    return after(draft, (made) =>
      runHooks(beforeCapture, made, { exception, request: site.request }, limits),
    );
  }

  /** The event as it may be stored: masked, cut to the limits, and frozen. */
  seal(draft: EventDraft): ErrorEvent {
    return maskEvent(draft, this.masker, this.options.limits);
  }

  private draft(
    failure: Failure,
    judgement: Judgement,
    described: DescribedFailure,
    context: EventContext,
  ): EventDraft {
    const { environment, release, limits } = this.options;
    const { id, at, fingerprint, exceptions, isCut } = described;
    const { site, handled, message } = failure;
    const { category, alert = true } = judgement;
    const transaction = described.transaction ?? context.transaction;
    return {
      id,
      at,
      source: site.source,
      handled,
      severity: judgement.severity ?? failure.severity,
      severityReason: judgement.severity ? 'rule' : failure.severityReason,
      ...(category && { category }),
      ...(!alert && { quiet: true }),
      fingerprint,
      culprit: culpritOf(exceptions) ?? transaction ?? site.source,
      exceptions,
      ...(message !== undefined && { message: cutAtWord(message, hardCap(limits)) }),
      ...context,
      ...(transaction !== undefined && { transaction: cutAtWord(transaction, MAX_TRANSACTION_LENGTH) }),
      ...(release !== undefined && { release }),
      environment,
      runtime: this.runtime(),
      ...(isCut && { truncated: ['exceptions'] }),
    };
  }

  /** The exceptions with the variables at their throw, and with what else they carry. */
  private detailed({ exceptions, thrown }: DescribedFailure): readonly ExceptionInfo[] {
    const { limits } = this.options;
    const budget = createBudget({ ...limits, nodes: Math.min(limits.nodes, MAX_PROPERTY_NODES) });
    return exceptions.map((exception, index) => {
      const frames = this.variables.addTo(exception.frames, thrown[index]);
      const properties = ownProperties(thrown[index], exception.facts, this.options, budget);
      return { ...exception, frames, ...(properties && { properties }) };
    });
  }
}

/** The application's own function nearest to the throw, else the nearest of anybody's. */
function culpritOf(exceptions: readonly ExceptionInfo[]): string | undefined {
  const frames = exceptions[0]?.frames ?? [];
  const frame = frames.find(({ inApp }) => inApp) ?? frames[0];
  return frame && (frame.function ?? frame.file);
}
