import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import type { CaptureRule, IgnoreRule } from '../options/capture-rules.js';

/** What a class or a method says about its own exceptions. It beats the options of the module. */
export interface HandlerSettings {
  /** `false`: nothing that fails here counts, except what is captured by hand or by a rule. */
  readonly enabled?: boolean;
  /** HTTP statuses that count here. */
  readonly httpStatus?: readonly number[] | ((status: number) => boolean);
  /** Exceptions that never count here; causes are searched too. */
  readonly ignore?: readonly IgnoreRule[];
  /** Asked before the rules of the module. */
  readonly rules?: readonly CaptureRule[];
}

const KEY = Symbol.for('nestjs-error-tracker:handler-settings');
const NONE: readonly never[] = Object.freeze([]);

/** Adds settings to a class, or to the method of one. */
export function addSettings(settings: HandlerSettings, target: object): void {
  Reflect.defineMetadata(KEY, [settings, ...storedOn(target)], target);
}

/** The settings of a handler: those of the method before those of the class. */
export function settingsOf(
  handlerClass: Type | undefined,
  handlerName: string | undefined,
): readonly HandlerSettings[] {
  if (!handlerClass) return NONE;
  const method = handlerName === undefined ? undefined : methodOf(handlerClass, handlerName);
  return [...(method ? storedOn(method) : NONE), ...storedOn(handlerClass)];
}

function methodOf(type: Type, name: string): object | undefined {
  const method: unknown = (type.prototype as Record<string, unknown> | undefined)?.[name];
  return typeof method === 'function' ? method : undefined;
}

function storedOn(target: object): readonly HandlerSettings[] {
  return (Reflect.getMetadata(KEY, target) as HandlerSettings[] | undefined) ?? NONE;
}
