import { Inject, Injectable } from '@nestjs/common';
import type { EventDraft, ExceptionInfo } from '../event/error-event.js';
import type { Fingerprint } from '../event/fingerprint.js';
import { boundedCopy } from '../bounds/bounded-copy.js';
import { createBudget } from '../bounds/copy-budget.js';
import { cutAtWord, hardCap } from '../bounds/bounded-text.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import {
  CONTEXT_BUILDERS,
  ContextBuilder,
  type CaptureSite,
  type ContextPart,
} from '../scope/context-builder.js';
import { HttpContextBuilder } from '../scope/http.context-builder.js';
import { TraceContextBuilder } from '../scope/trace.context-builder.js';
import { runtimeInfo } from '../scope/runtime-info.js';
import type { Failure } from './failure.js';
import { joinParts, type JoinedContext } from './join-context.js';
import { LocalVariables } from './local-variables/local-variables.js';
import { ownProperties } from './own-properties.js';
import { withDeadline } from '../time/deadline.js';
import { isThenable } from '../values/after.js';
import { userIdOf } from './user-info.js';

const BUILDER_LIMIT_MS = 500;
/** Values kept of all that the exceptions of one event carry: clients put the whole request on their errors. */
const MAX_PROPERTY_NODES = 500;

/** What is settled about an event before its context is built. */
export interface EventCore {
  readonly id: string;
  readonly at: number;
  readonly exceptions: readonly ExceptionInfo[];
  /** What each of them was made from. */
  readonly thrown: readonly unknown[];
  /** Causes or aggregated errors were left out. */
  readonly isCut: boolean;
  readonly fingerprint: Fingerprint;
  readonly transaction: string | undefined;
}

/** Makes drafts: asks the context builders and the scope, and copies what they say within the limits. */
@Injectable()
export class EventComposer {
  /** Context builders that failed. */
  failures = 0;

  private readonly http: HttpContextBuilder;
  private readonly builders: readonly ContextBuilder[];
  private readonly runtime: ReturnType<typeof runtimeInfo>;

  constructor(
    private readonly variables: LocalVariables,
    @Inject(CONTEXT_BUILDERS) private readonly own: readonly ContextBuilder[],
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.http = new HttpContextBuilder(options);
    this.builders = [this.http, new TraceContextBuilder(), ...own];
    this.runtime = runtimeInfo(options.admin.title, options.projectRoot);
  }

  /** A promise only if one of the application's builders answers with one. */
  compose(input: Failure, core: EventCore): EventDraft | Promise<EventDraft> {
    const parts = this.builders.map((builder) => this.ask(builder, input));
    if (!parts.some(isThenable)) {
      return this.draft(input, core, joinParts(input, parts as (ContextPart | undefined)[]));
    }
    // The request is only sure to be what it was now: what is known already is copied before anything is awaited.
    const now = this.draft(
      input,
      core,
      joinParts(
        input,
        parts.map((part) => (isThenable(part) ? undefined : part)),
      ),
    );
    return Promise.all(parts.map((part) => this.await(part))).then((late) => {
      const joined = joinParts(input, late);
      return { ...now, ...this.contextOf(joined), ...(now.request && { request: now.request }) };
    });
  }

  /** Who a request is for, as far as that is known without asking the application's builders. */
  userIdOf({ request }: CaptureSite): string | undefined {
    return userIdOf(this.http.userOf(request));
  }

  private ask(builder: ContextBuilder, input: Failure): ReturnType<ContextBuilder['build']> {
    try {
      const part = builder.build(input.site);
      return isThenable(part) || !this.own.includes(builder) ? part : this.copied(part);
    } catch {
      this.failures += 1;
      return undefined;
    }
  }

  private async await(part: ReturnType<ContextBuilder['build']>): Promise<ContextPart | undefined> {
    try {
      return isThenable(part) ? this.copied(await withDeadline(BUILDER_LIMIT_MS, () => part)) : part;
    } catch {
      this.failures += 1;
      return undefined;
    }
  }

  /** What the application says may fail when it is looked at; the copy of it does not. */
  private copied(part: ContextPart | undefined): ContextPart | undefined {
    return part && (boundedCopy(part, this.options.limits) as ContextPart);
  }

  private draft(input: Failure, core: EventCore, context: JoinedContext): EventDraft {
    const { environment, release, limits } = this.options;
    const transaction = core.transaction ?? context.transaction;
    return {
      id: core.id,
      at: core.at,
      source: input.site.source,
      handled: input.handled,
      severity: input.severity,
      severityReason: input.severityReason,
      ...(input.category && { category: input.category }),
      ...(!(input.alert ?? input.category !== 'security') && { quiet: true }),
      fingerprint: core.fingerprint,
      culprit: culpritOf(core.exceptions) ?? transaction ?? input.site.source,
      exceptions: this.detailed(core),
      ...(input.message !== undefined && { message: cutAtWord(input.message, hardCap(limits)) }),
      ...(transaction !== undefined && { transaction: cutAtWord(transaction, 300) }),
      ...this.contextOf(context),
      ...(release !== undefined && { release }),
      environment,
      runtime: this.runtime(),
      ...(core.isCut && { truncated: ['exceptions'] }),
    };
  }

  private detailed({ exceptions, thrown }: EventCore): readonly ExceptionInfo[] {
    const { limits } = this.options;
    const budget = createBudget({ ...limits, nodes: Math.min(limits.nodes, MAX_PROPERTY_NODES) });
    return exceptions.map((exception, index) => {
      const frames = this.variables.addTo(exception.frames, thrown[index]);
      const properties = ownProperties(thrown[index], exception.facts, this.options, budget);
      return { ...exception, frames, ...(properties && { properties }) };
    });
  }

  private contextOf(
    context: JoinedContext,
  ): Pick<EventDraft, 'request' | 'user' | 'tags' | 'contexts' | 'breadcrumbs'> {
    const { request, user, tags, contexts, breadcrumbs } = context;
    const copy = boundedCopy(
      { ...(request && { request }), ...(user && { user }), tags, contexts, breadcrumbs },
      this.options.limits,
    );
    return copy as unknown as Pick<EventDraft, 'request' | 'user' | 'tags' | 'contexts' | 'breadcrumbs'>;
  }
}

/** The application's own function nearest to the throw, else the nearest of anybody's. */
function culpritOf(exceptions: readonly ExceptionInfo[]): string | undefined {
  const frames = exceptions[0]?.frames ?? [];
  const frame = frames.find(({ inApp }) => inApp) ?? frames[0];
  return frame && (frame.function ?? frame.file);
}
