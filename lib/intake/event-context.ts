import { Inject, Injectable } from '@nestjs/common';
import { boundedCopy } from '../bounds/bounded-copy.js';
import { EventCounters } from '../delivery/event-counters.js';
import type { EventDraft } from '../event/error-event.js';
import { RESOLVED_OPTIONS, type ResolvedLimits, type ResolvedOptions } from '../options/resolved-options.js';
import {
  CONTEXT_BUILDERS,
  ContextBuilder,
  type CaptureSite,
  type ContextPart,
} from '../scope/context-builder.js';
import { HttpContextBuilder } from '../scope/http.context-builder.js';
import { TraceContextBuilder } from '../scope/trace.context-builder.js';
import { withDeadline } from '../time/deadline.js';
import { after, allOf, isThenable, type MaybeLater } from '../values/after.js';
import { isPlainObject } from '../values/type-guards.js';
import type { Failure } from './failure.js';
import { userKeyOf } from './user.js';

const BUILDER_LIMIT_MS = 500;

/** What a draft says of the circumstances. */
export type EventContext = Pick<
  EventDraft,
  'transaction' | 'request' | 'user' | 'tags' | 'contexts' | 'breadcrumbs'
>;

/**
 * Finds out what was going on around a failure: asks the context builders and the scope, and copies
 * what they say.
 */
@Injectable()
export class EventContextFinder {
  private readonly http: HttpContextBuilder;
  private readonly builders: readonly ContextBuilder[];

  constructor(
    private readonly counters: EventCounters,
    @Inject(CONTEXT_BUILDERS) private readonly own: readonly ContextBuilder[],
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.http = new HttpContextBuilder(options);
    this.builders = [this.http, new TraceContextBuilder(), ...own];
  }

  /** A promise only if one of the application's builders answers with one. */
  find(failure: Failure): MaybeLater<EventContext> {
    const { limits } = this.options;
    const asked = this.builders.map((builder) => this.ask(builder, failure.site));
    const parts = allOf(asked);
    if (!isThenable(parts)) return joinParts(failure, parts, limits);
    // The request is copied before anything is awaited: later on it may not be what it was.
    const { request } = joinParts(failure, asked.map(ifThere), limits);
    return after(parts, (late) => ({ ...joinParts(failure, late, limits), ...(request && { request }) }));
  }

  /**
   * Key of the affected user, see `userKey`, as far as it is known without asking the application's
   * builders.
   */
  userKeyOf({ user, scope, site }: Failure): string | undefined {
    return userKeyOf(user) ?? userKeyOf(scope?.user) ?? userKeyOf(this.http.userOf(site.request));
  }

  /** Neither throws nor rejects: a builder that fails costs its part. */
  private ask(builder: ContextBuilder, site: CaptureSite): MaybeLater<ContextPart | undefined> {
    try {
      const part = builder.build(site);
      if (isThenable(part)) return this.awaited(part);
      return this.own.includes(builder) ? this.copied(part) : part;
    } catch {
      return this.failed();
    }
  }

  private async awaited(part: PromiseLike<ContextPart | undefined>): Promise<ContextPart | undefined> {
    try {
      return this.copied(await withDeadline(BUILDER_LIMIT_MS, () => part));
    } catch {
      return this.failed();
    }
  }

  /** Reading what the application returned may throw; reading the copy cannot. */
  private copied(part: ContextPart | undefined): ContextPart | undefined {
    return part && (boundedCopy(part, this.options.limits) as ContextPart);
  }

  private failed(): undefined {
    this.counters.internalErrors += 1;
  }
}

function ifThere<T>(value: MaybeLater<T>): T | undefined {
  return isThenable(value) ? undefined : value;
}

/**
 * Joins what is known and copies it within the limits. The call beats the scope, the scope beats
 * the builders, and later builders beat earlier ones; sections join key by key.
 */
export function joinParts(
  failure: Pick<Failure, 'scope' | 'user' | 'tags' | 'contexts'>,
  parts: readonly (ContextPart | undefined)[],
  limits: ResolvedLimits,
): EventContext {
  const { scope } = failure;
  const given = parts.filter((part) => part !== undefined);
  const transaction = given.map((part) => part.transaction).findLast((name) => name !== undefined);
  const request = merged(given.map((part) => part.request));
  const user = merged([...given.map((part) => part.user), scope?.user, failure.user]);
  const tags = Object.assign({}, ...given.map((part) => part.tags), scope?.tags, failure.tags) as object;
  const copy = boundedCopy(
    {
      ...(request && { request }),
      ...(user && { user }),
      tags: textValues(tags),
      contexts: joinSections([...given.map((part) => part.contexts), scope?.contexts, failure.contexts]),
      breadcrumbs: scope?.breadcrumbs ?? [],
    },
    limits,
  );
  return { ...(transaction !== undefined && { transaction }), ...(copy as unknown as EventContext) };
}

function merged(parts: readonly (object | undefined)[]): Readonly<Record<string, unknown>> | undefined {
  const given = parts.filter((part) => part !== undefined);
  if (given.length === 0) return undefined;
  const entries = given.flatMap((part) => Object.entries(part)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

function textValues(tags: object): Record<string, string> {
  const texts = Object.entries(tags).filter(([, value]) =>
    ['string', 'number', 'boolean', 'bigint'].includes(typeof value),
  );
  return Object.fromEntries(texts.map(([key, value]) => [key, String(value)]));
}

function joinSections(
  parts: readonly (Readonly<Record<string, unknown>> | undefined)[],
): Record<string, unknown> {
  const joined: Record<string, unknown> = {};
  for (const [name, section] of parts.flatMap((part) => Object.entries(part ?? {}))) {
    const before = joined[name];
    joined[name] = isPlainObject(before) && isPlainObject(section) ? { ...before, ...section } : section;
  }
  return joined;
}
