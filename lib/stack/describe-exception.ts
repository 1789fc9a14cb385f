import type { ExceptionInfo } from '../event/error-event.js';
import { type Facts, factsOf } from './exception-facts.js';
import { typeOfError, typeOfObject } from './exception-type.js';
import type { InAppRules } from './locate-file.js';
import { parseStack } from './parse-stack.js';
import { firstPart, read } from '../values/safe-read.js';
import { isError, isList, isObject } from '../values/type-guards.js';
import { titleOfValue } from './thrown-value.js';

const MAX_DEPTH = 10;
const MAX_CHILDREN = 20;
/** Exceptions of one event. Ten levels of twenty children would be more than anybody reads. */
const MAX_EXCEPTIONS = 50;
/**
 * More characters than are kept of any text. A secret that this cut splits in two is cut off after
 * masking.
 */
const MAX_VALUE = 65_536;
/** Characters of a message that are compared with another message. */
const MAX_COMPARED = 256;

export interface Described {
  /** Outermost first. */
  readonly exceptions: readonly ExceptionInfo[];
  /** The value that each of them describes, at the same index. */
  readonly thrown: readonly unknown[];
  /** Whether causes or aggregated errors were left out. */
  readonly isCut: boolean;
}

interface Found {
  readonly thrown: unknown;
  readonly depth: number;
  readonly relation?: 'cause' | 'aggregated';
  readonly parent?: number;
}

/**
 * Describes a thrown value of any kind: the exception, its causes and its aggregated errors,
 * outermost first. It never throws and never runs a thenable. Values are cut to 64 KiB, and
 * `facts.omittedErrors` counts the aggregated errors that are left out.
 *
 * @param projectRoot absolute real path of the application's code
 * @param rules the same object every time: parsed stacks are cached by it
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
    // class-validator throws a list of its findings.
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

/**
 * Errors of another realm are no `Error` here, and errors behind a Proxy are not native: shape
 * decides.
 */
function isErrorLike(thrown: unknown): boolean {
  if (!isObject(thrown)) return false;
  try {
    if (isError(thrown)) return true;
  } catch {
    return false;
  }
  return typeof read(thrown, 'message') === 'string' && typeof read(thrown, 'stack') === 'string';
}

function messageOf(error: unknown): string {
  const message = read(error, 'message');
  return message === undefined || message === null ? '' : titleOfValue(message);
}

/**
 * TypeORM's `QueryFailedError` wraps the driver's error, so the driver's facts count as its own.
 */
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
  return outer.slice(0, 4 * MAX_COMPARED).includes(message.slice(0, MAX_COMPARED));
}

function aggregatedBy(thrown: unknown): { readonly children: readonly unknown[]; readonly omitted: number } {
  const none = { children: [], omitted: 0 };
  if (!isErrorLike(thrown)) return none;
  try {
    const errors = read(thrown, 'errors');
    if (!Array.isArray(errors)) return none;
    const first = errors.slice(0, MAX_CHILDREN) as unknown[];
    // Validation libraries keep plain findings under the same name; they are no exceptions.
    const isAggregate = typeOfError(thrown) === 'AggregateError' || first.some(isErrorLike);
    return isAggregate ? { children: first, omitted: errors.length - first.length } : none;
  } catch {
    return none;
  }
}
