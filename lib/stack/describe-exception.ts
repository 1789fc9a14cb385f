import { types } from 'node:util';
import type { ExceptionInfo } from '../event/error-event.js';
import { type Facts, factsOf } from './exception-facts.js';
import { typeOfError, typeOfObject } from './exception-type.js';
import type { InAppRules } from './locate-file.js';
import { parseStack } from './parse-stack.js';
import { firstPart, read } from '../values/safe-read.js';
import { isList, isObject } from '../values/type-guards.js';
import { titleOfValue } from './thrown-value.js';

const MAX_DEPTH = 10;
const MAX_CHILDREN = 20;
/** Exceptions of one event in all: ten levels of twenty children would be more than anybody reads. */
const MAX_EXCEPTIONS = 50;
/** More than is kept of any text: what a cut here splits in two is cut off again after masking. */
const MAX_VALUE = 65_536;
/** Characters of a message that are compared with another one. */
const COMPARED = 256;

export interface Described {
  /** Outermost first. */
  readonly exceptions: readonly ExceptionInfo[];
  /** What each of them was made from. */
  readonly thrown: readonly unknown[];
  /** Causes or aggregated errors were left out. */
  readonly isCut: boolean;
}

interface Found {
  readonly thrown: unknown;
  readonly depth: number;
  readonly relation?: 'cause' | 'aggregated';
  readonly parent?: number;
}

/**
 * Describes whatever was thrown, outermost first: the exception, its causes and aggregated errors. Never throws
 * and never runs a thenable. Values are cut to 64 KiB; `facts.omittedErrors` counts aggregated errors left out.
 *
 * @param projectRoot absolute real path of the application's code
 * @param rules the same object every time
 */
export function describeException(outermost: unknown, projectRoot: string, rules?: InAppRules): Described {
  const exceptions: ExceptionInfo[] = [];
  const thrown: unknown[] = [];
  const seen = new Set<unknown>();
  let isCut = false;
  const queue: Found[] = [{ thrown: outermost, depth: 0 }];
  for (let found = queue.shift(); found && exceptions.length < MAX_EXCEPTIONS; found = queue.shift()) {
    if (isObject(found.thrown) && seen.has(found.thrown)) continue;
    seen.add(found.thrown);
    const parent = exceptions.length;
    const depth = found.depth + 1;
    const description = describe(found.thrown, projectRoot, rules);
    const { children, omitted } = aggregatedBy(found.thrown);
    isCut ||= omitted > 0;
    if (depth >= MAX_DEPTH) isCut ||= children.length > 0 || causesOf(found.thrown).length > 0;
    else {
      for (const cause of causesOf(found.thrown))
        queue.push({ thrown: cause, depth, relation: 'cause', parent });
      for (const child of children) queue.push({ thrown: child, depth, relation: 'aggregated', parent });
    }
    thrown.push(found.thrown);
    exceptions.push({
      ...description,
      ...(omitted > 0 && { facts: { ...description.facts, omittedErrors: omitted } }),
      ...(found.relation && { relation: found.relation, parent: found.parent }),
    });
  }
  return { exceptions, thrown, isCut: isCut || queue.length > 0 };
}

function describe(thrown: unknown, projectRoot: string, rules: InAppRules | undefined): ExceptionInfo {
  if (!isErrorLike(thrown)) {
    const facts = isObject(thrown) ? factsOf(thrown) : {};
    // class-validator throws the list of what it found.
    const named = facts.invalid !== undefined && isList(thrown) ? thrown[0] : thrown;
    const type = isObject(named) ? typeOfObject(named) : 'NonError';
    return { type, value: firstPart(titleOfValue(thrown), MAX_VALUE), facts, frames: [] };
  }
  const message = messageOf(thrown);
  const stack = read(thrown, 'stack');
  return {
    type: typeOfError(thrown),
    value: firstPart(message, MAX_VALUE),
    facts: factsWithDriver(thrown),
    frames: typeof stack === 'string' ? parseStack(stack, message, projectRoot, rules) : [],
  };
}

/** By shape where it must be: errors of another realm are no `Error` here, errors behind a Proxy are not native. */
function isErrorLike(thrown: unknown): boolean {
  if (!isObject(thrown)) return false;
  try {
    if (types.isNativeError(thrown) || thrown instanceof Error) return true;
  } catch {
    return false;
  }
  return typeof read(thrown, 'message') === 'string' && typeof read(thrown, 'stack') === 'string';
}

function messageOf(error: unknown): string {
  const message = read(error, 'message');
  return message === undefined || message === null ? '' : titleOfValue(message);
}

/** TypeORM's `QueryFailedError` only wraps what the driver threw: the driver's facts are its own. */
function factsWithDriver(error: unknown): Facts {
  const driverError = read(error, 'driverError');
  return isObject(driverError) ? { ...factsOf(error), ...factsOf(driverError) } : factsOf(error);
}

function causesOf(thrown: unknown): readonly unknown[] {
  const cause = read(thrown, 'cause');
  const causes = cause === undefined || cause === null ? [] : [cause];
  const driverError = read(thrown, 'driverError');
  return isErrorLike(driverError) && !isRepeated(messageOf(driverError), messageOf(thrown))
    ? [...causes, driverError]
    : causes;
}

function isRepeated(message: string, outer: string): boolean {
  return outer.slice(0, 4 * COMPARED).includes(message.slice(0, COMPARED));
}

function aggregatedBy(thrown: unknown): { readonly children: readonly unknown[]; readonly omitted: number } {
  const none = { children: [], omitted: 0 };
  if (!isErrorLike(thrown)) return none;
  try {
    const errors = read(thrown, 'errors');
    if (!Array.isArray(errors)) return none;
    const first = errors.slice(0, MAX_CHILDREN) as unknown[];
    // Validation libraries keep plain findings under the same name: those are no exceptions.
    const isAggregate = typeOfError(thrown) === 'AggregateError' || first.some(isErrorLike);
    return isAggregate ? { children: first, omitted: errors.length - first.length } : none;
  } catch {
    return none;
  }
}
