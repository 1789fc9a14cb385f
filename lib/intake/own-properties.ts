import { types } from 'node:util';
import type { ExceptionInfo, Json } from '../event/error-event.js';
import { boundedCopy } from '../bounds/bounded-copy.js';
import { MORE_KEY, moreEntries, type CopyBudget } from '../bounds/copy-budget.js';
import type { ResolvedOptions } from '../options/resolved-options.js';

const MAX_PROPERTIES = 30;
const MAX_DEPTH = 4;

/**
 * Properties that are shown elsewhere, hold SQL values without the names to judge them by, or tell
 * this library what to do.
 */
const LEFT_OUT = new Set([
  ...['name', 'message', 'stack', 'cause', 'driverError', 'parameters', 'fingerprint'],
  ...['skipCapture', 'sqlstate', 'SQLSTATE'],
]);

/**
 * What an exception carries besides its message and its facts, raw and within bounds; `undefined`
 * if that is nothing. Only own data properties count: no getter is run.
 */
export function ownProperties(
  thrown: unknown,
  facts: ExceptionInfo['facts'],
  { limits, capture }: Pick<ResolvedOptions, 'limits' | 'capture'>,
  budget: CopyBudget,
): Readonly<Record<string, Json>> | undefined {
  if (typeof thrown !== 'object' || thrown === null || isNoRecord(thrown)) return undefined;
  const own: Record<string, unknown> = {};
  let count = 0;
  let more = 0;
  try {
    for (const name of Object.keys(thrown)) {
      if (LEFT_OUT.has(name) || Object.hasOwn(facts, name) || isShownElsewhere(thrown, name)) continue;
      // A parser that refuses a body puts it on its error.
      if (name === 'body' && !capture.request.body) continue;
      const value: unknown = Object.getOwnPropertyDescriptor(thrown, name)?.value;
      if (value === undefined || typeof value === 'function') continue;
      if (count === MAX_PROPERTIES) more += 1;
      else {
        own[name] = value;
        count += 1;
      }
    }
  } catch {
    // What was read until here is kept.
  }
  if (count === 0) return undefined;
  const kept = { ...limits, depth: MAX_DEPTH + 1, entries: MAX_PROPERTIES };
  const copy = boundedCopy(own, kept, budget, { getters: false }) as Record<string, Json>;
  return more > 0 ? { ...copy, [MORE_KEY]: moreEntries(more) } : copy;
}

/** Values with one entry per byte, character or item, and proxies. */
function isNoRecord(thrown: object): boolean {
  return (
    types.isProxy(thrown) ||
    ArrayBuffer.isView(thrown) ||
    types.isBoxedPrimitive(thrown) ||
    Array.isArray(thrown)
  );
}

function isShownElsewhere(thrown: object, name: string): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(thrown, name)?.value;
  // Aggregated errors are exceptions of the event; the findings that validators keep under this
  // name are not.
  if (name === 'errors') return Array.isArray(value) && value.some((entry) => types.isNativeError(entry));
  // The exceptions of Nest keep their cause there.
  if (name === 'options') return typeof (thrown as { getStatus?: unknown }).getStatus === 'function';
  // The drivers of MySQL write the values into the statement.
  return name === 'sql' && ('sqlMessage' in thrown || 'sqlState' in thrown);
}
