import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { standIn } from '../replace-function.js';
import { enterHandler } from './watch-call.js';
import type { Entrance, EntranceFinder } from './integration.js';
import { GATEWAY } from './microservices.js';
import { PROCESSOR } from './bullmq.js';
import { processWide } from '../../values/process-wide.js';

/** Classes some of whose methods are entrances by their names alone. */
const ENTRANCE_CLASSES = [GATEWAY, PROCESSOR];

// A method is replaced once, however many applications of the process share its class.
const replaced = processWide('replaced-methods', () => new WeakSet<object>());

/** Puts watched methods in place of a class's entrances, where they are defined: a subclass has those of the classes above it. */
export function replaceEntrances(type: Type, finders: readonly EntranceFinder[]): void {
  const isMarked = ENTRANCE_CLASSES.some((key) => Reflect.hasMetadata(key, type));
  let prototype: unknown = type.prototype;
  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const method: unknown = descriptor.value;
      if (typeof method !== 'function' || name === 'constructor' || replaced.has(method)) continue;
      // Most methods of an application carry no metadata at all, and the boot waits for this.
      if (!isMarked && Reflect.getOwnMetadataKeys(method).length === 0) continue;
      const entrance = firstOf(finders, type, method, name);
      if (entrance) replace(prototype, name, descriptor, method, entrance);
    }
    prototype = Object.getPrototypeOf(prototype) as unknown;
  }
}

function firstOf(
  finders: readonly EntranceFinder[],
  type: Type,
  method: CallableFunction,
  name: string,
): Entrance | undefined {
  for (const find of finders) {
    const entrance = find(type, method, name);
    if (entrance) return entrance;
  }
  return undefined;
}

function replace(
  prototype: object,
  name: string,
  descriptor: PropertyDescriptor,
  original: CallableFunction,
  entrance: Entrance,
): void {
  if (!descriptor.configurable) return;
  const watched = standIn(original, function (this: unknown, ...args: unknown[]): unknown {
    return enterHandler(entrance, this, name, args, () => Reflect.apply(original, this, args) as unknown);
  });
  replaced.add(watched);
  Object.defineProperty(prototype, name, { ...descriptor, value: watched });
}
