import 'reflect-metadata';
import type { Type } from '@nestjs/common';

const BODY_FIELDS = Symbol.for('nestjs-error-tracker:sensitive-body');

/**
 * Marks fields of the request's body as sensitive, on a class or on a method. No fields stand for
 * the whole body.
 */
export function markBody(target: object, fields: readonly string[]): void {
  Reflect.defineMetadata(BODY_FIELDS, fields, target);
}

/**
 * A copy of the body in which the fields that are marked on its handler are replaced; without marks
 * the body itself.
 */
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
    .map((target) => Reflect.getMetadata(BODY_FIELDS, target) as readonly string[] | undefined)
    .filter((fields) => fields !== undefined);
  if (marks.length === 0) return body;
  const fields = new Set(marks.flat());
  // A body that is no object has no fields to tell apart.
  if (marks.some((mark) => mark.length === 0) || typeof body !== 'object' || Array.isArray(body)) {
    return replacement;
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, fields.has(key) ? replacement : (value as unknown)]),
  );
}

/**
 * Sensitive variables by the name of their method; an empty set stands for all of its variables.
 */
const variablesByMethod = new Map<string, ReadonlySet<string>>();

/**
 * Marks local variables of a method as sensitive; no names stand for all of them. A stack tells
 * nothing of a function but its name, so that methods of other classes with the same name are
 * marked too.
 */
export function markVariables(method: string, names: readonly string[]): void {
  const known = variablesByMethod.get(method);
  const isAll = names.length === 0 || known?.size === 0;
  variablesByMethod.set(method, new Set(isAll ? [] : [...(known ?? []), ...names]));
}

export function isSensitiveVariable(method: string | undefined, name: string): boolean {
  const names = method === undefined ? undefined : variablesByMethod.get(method);
  return names !== undefined && (names.size === 0 || names.has(name));
}
