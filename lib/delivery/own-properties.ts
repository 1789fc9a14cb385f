import { types } from 'node:util';
import type { ExceptionInfo, Json } from '../event/error-event.js';
import { boundedCopy, type CopyBudget } from '../masking/bounded-copy.js';
import type { ResolvedOptions } from '../options/resolved-options.js';

const MOST = 30;
const DEPTH = 4;

/** Shown elsewhere (the `options` of Nest's exceptions hold their cause); or SQL values that have no names to be judged by; or how this library is told what to do. */
const LEFT_OUT = new Set([
  ...['name', 'message', 'stack', 'cause', 'errors', 'driverError', 'options', 'parameters', 'fingerprint'],
  ...['skipCapture', 'sqlstate', 'SQLSTATE'],
]);

/**
 * What an exception carries besides its message and its facts, raw and within bounds; `undefined` if that is nothing. Only
 * own data properties: no getter is run.
 */
export function ownProperties(
  thrown: unknown,
  facts: ExceptionInfo['facts'],
  { limits, capture }: Pick<ResolvedOptions, 'limits' | 'capture'>,
  budget: CopyBudget,
): Readonly<Record<string, Json>> | undefined {
  if (typeof thrown !== 'object' || thrown === null || types.isProxy(thrown)) return undefined;
  const own: Record<string, unknown> = {};
  let count = 0;
  try {
    for (const name of Object.keys(thrown)) {
      if (LEFT_OUT.has(name) || Object.hasOwn(facts, name)) continue;
      // Parsers that refuse a body put it on their error.
      if (name === 'body' && !capture.request.body) continue;
      const value: unknown = Object.getOwnPropertyDescriptor(thrown, name)?.value;
      if (value === undefined || typeof value === 'function') continue;
      own[name] = value;
      if (++count === MOST) break;
    }
  } catch {
    // What was read so far is what there is.
  }
  if (count === 0) return undefined;
  return boundedCopy(own, { ...limits, depth: DEPTH + 1, entries: MOST }, budget) as Record<string, Json>;
}
