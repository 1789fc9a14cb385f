import type { IgnoreRule } from '../options/capture-rules.js';
import { attempt } from '../values/safe-read.js';

const MAX_CHAIN = 10;

/**
 * How specific a match is, lowest first: 0 this exception (pattern, predicate), 1 its status, 2 its
 * class, 3 and up its superclasses.
 */
export type Distance = number;

const INDIVIDUAL = 0;
const STATUS = 1;
const CLASS = 2;

/**
 * Whether the exception or anything in its `cause` chain matches one of the rules. A rule that
 * throws does not match: in doubt, the exception is captured.
 */
export function isIgnoredBy(rules: readonly IgnoreRule[], exception: unknown): boolean {
  return (
    rules.length > 0 && causeChain(exception).some((link) => rules.some((rule) => matchesRule(rule, link)))
  );
}

/** Whether a rule matches this exception, not counting its causes. */
export function matchesRule(rule: IgnoreRule, exception: unknown): boolean {
  return distanceOf(rule, exception, undefined) !== undefined;
}

/** `undefined` if the rule does not match. */
export function distanceOf(
  rule: IgnoreRule | number,
  exception: unknown,
  status: number | undefined,
): Distance | undefined {
  if (typeof rule === 'number') return rule === status ? STATUS : undefined;
  if (typeof rule === 'string') {
    const distance = nearest(classNames(exception), rule);
    return distance ?? (ownName(exception) === rule ? CLASS : undefined);
  }
  if (rule instanceof RegExp) {
    return attempt(() => new RegExp(rule).test(messageOf(exception))) === true ? INDIVIDUAL : undefined;
  }
  if (!isClass(rule)) return attempt(() => rule(exception)) === true ? INDIVIDUAL : undefined;
  if (attempt(() => exception instanceof rule) !== true) return undefined;
  // A class with its own `Symbol.hasInstance` may not be in the chain at all.
  return nearest(classesOf(exception), rule) ?? CLASS + MAX_CHAIN;
}

function nearest(chain: readonly unknown[], wanted: unknown): Distance | undefined {
  const index = chain.indexOf(wanted);
  return index < 0 ? undefined : CLASS + index;
}

function isClass(rule: unknown): rule is abstract new (...args: never[]) => unknown {
  if (typeof rule !== 'function') return false;
  const prototype: unknown = rule.prototype;
  return (
    rule === Error || prototype instanceof Error || /^class\b/.test(Function.prototype.toString.call(rule))
  );
}

function ownName(exception: unknown): unknown {
  return attempt(() => (exception as Error).name);
}

function classNames(exception: unknown): readonly unknown[] {
  return classesOf(exception).map((type) => attempt(() => (type as CallableFunction).name));
}

/** The exception's class and those above it, nearest first. */
function classesOf(exception: unknown): readonly unknown[] {
  if (typeof exception !== 'object' || exception === null) return [];
  const classes: unknown[] = [];
  let prototype: unknown = attempt(() => Object.getPrototypeOf(exception) as unknown);
  while (typeof prototype === 'object' && prototype !== null && classes.length < MAX_CHAIN) {
    const current = prototype;
    classes.push(attempt(() => current.constructor));
    prototype = attempt(() => Object.getPrototypeOf(current) as unknown);
  }
  return classes;
}

function messageOf(exception: unknown): string {
  if (typeof exception === 'string') return exception;
  const message = attempt(() => (exception as Error).message);
  return typeof message === 'string' ? message : '';
}

function causeChain(exception: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let link = exception;
  while (link !== undefined && link !== null && !chain.includes(link) && chain.length < MAX_CHAIN) {
    chain.push(link);
    const current = link;
    link = typeof current === 'object' ? attempt(() => (current as Error).cause) : undefined;
  }
  return chain.length > 0 ? chain : [exception];
}
