import 'reflect-metadata';
import type { Type } from '@nestjs/common';

const KEY = Symbol.for('nestjs-error-tracker:sensitive-body');

/** Notes which fields of the body are nobody's business: none named, all of it. */
export function markSensitive(fields: readonly string[], target: object): void {
  Reflect.defineMetadata(KEY, fields, target);
}

/** The body with what its handler declared sensitive replaced; the body itself is not touched. */
export function withoutSensitive(
  body: unknown,
  handlerClass: Type | undefined,
  handlerName: string | undefined,
  replacement: string,
): unknown {
  if (body === undefined || body === null || !handlerClass) return body;
  const method: unknown =
    handlerName === undefined
      ? undefined
      : (handlerClass.prototype as Record<string, unknown> | undefined)?.[handlerName];
  const marks = [handlerClass, method]
    .filter((target): target is object => typeof target === 'function')
    .map((target) => Reflect.getMetadata(KEY, target) as readonly string[] | undefined)
    .filter((fields) => fields !== undefined);
  if (marks.length === 0) return body;
  const fields = new Set(marks.flat());
  // A mark without fields is for all of it, and a body that is no object has no fields to tell apart.
  if (marks.some((mark) => mark.length === 0) || typeof body !== 'object' || Array.isArray(body)) {
    return replacement;
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, fields.has(key) ? replacement : (value as unknown)]),
  );
}
