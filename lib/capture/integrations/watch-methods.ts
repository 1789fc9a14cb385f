import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { processWide } from '../../values/process-wide.js';
import { methodsOf, replacementOf, type ClassMethod } from '../class-methods.js';
import type { Integration, WatchedMethod } from './integration.js';
import { watchCall } from './watch-call.js';

// A method is replaced once, however many applications of the process share its class.
const replaced = processWide('replaced-methods', () => new WeakSet<object>());

/**
 * Replaces the watched methods of a class where they are defined: a subclass has those of the
 * classes above it.
 */
export function watchMethods(type: Type, integrations: readonly Integration[]): void {
  const isMarked = integrations.some(({ marks }) => marks?.some((key) => Reflect.hasMetadata(key, type)));
  for (const found of methodsOf(type)) {
    const { method, name } = found;
    // Most methods of an application carry no metadata at all, and the boot waits for this.
    if (!isMarked && Reflect.getOwnMetadataKeys(method).length === 0) continue;
    if (replaced.has(method)) continue;
    const watched = firstOf(integrations, type, method, name);
    if (watched) replace(found, watched);
  }
}

function firstOf(
  integrations: readonly Integration[],
  type: Type,
  method: CallableFunction,
  name: string,
): WatchedMethod | undefined {
  for (const { watchedMethod } of integrations) {
    const watched = watchedMethod?.(type, method, name);
    if (watched) return watched;
  }
  return undefined;
}

function replace({ prototype, name, descriptor, method }: ClassMethod, watched: WatchedMethod): void {
  if (!descriptor.configurable) return;
  const replacement = replacementOf(method, function (this: unknown, ...args: unknown[]): unknown {
    return watchCall(watched, this, name, args, () => Reflect.apply(method, this, args) as unknown);
  });
  replaced.add(replacement);
  Object.defineProperty(prototype, name, { ...descriptor, value: replacement });
}
