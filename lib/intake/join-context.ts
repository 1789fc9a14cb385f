import type { Breadcrumb } from '../event/error-event.js';
import type { ContextPart } from '../scope/context-builder.js';
import type { Failure } from './failure.js';
import { isPlainObject } from '../values/type-guards.js';

/** The context of an event from all who know of it. Raw. */
export interface JoinedContext {
  readonly transaction: string | undefined;
  readonly request: Readonly<Record<string, unknown>> | undefined;
  readonly user: Readonly<Record<string, unknown>> | undefined;
  readonly tags: Readonly<Record<string, unknown>>;
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly breadcrumbs: readonly Breadcrumb[];
}

/** The call beats the scope, the scope beats the builders, later builders beat earlier ones; sections join key by key. */
export function joinParts(input: Failure, parts: readonly (ContextPart | undefined)[]): JoinedContext {
  const given = parts.filter((part) => part !== undefined);
  const request = given.map((part) => part.request).filter((part) => part !== undefined);
  const users = [...given.map((part) => part.user), input.scope?.user, input.user].filter(
    (user) => user !== undefined,
  );
  return {
    transaction: given.map((part) => part.transaction).findLast((name) => name !== undefined),
    request: merged(request),
    user: merged(users),
    tags: textValues(
      Object.assign({}, ...given.map((part) => part.tags), input.scope?.tags, input.tags) as object,
    ),
    contexts: joinSections([...given.map((part) => part.contexts), input.scope?.contexts, input.contexts]),
    breadcrumbs: input.scope?.breadcrumbs ?? [],
  };
}

function merged(parts: readonly object[]): Readonly<Record<string, unknown>> | undefined {
  if (parts.length === 0) return undefined;
  const entries = parts.flatMap((part) => Object.entries(part)).filter(([, value]) => value !== undefined);
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
