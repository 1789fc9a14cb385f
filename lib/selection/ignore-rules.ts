import type { IgnoreRule } from '../options/error-tracker-options.js';

const LONGEST_CHAIN = 10;

/**
 * Makes one predicate of `capture.ignore`. An exception is ignored if it or anything in its `cause` chain matches.
 * A rule that throws does not match: doubt captures.
 */
export function ignorePredicate(rules: readonly IgnoreRule[]): (exception: unknown) => boolean {
  if (rules.length === 0) return () => false;
  const matchers = rules.map(matcher);
  return (exception) => {
    for (const link of causeChain(exception)) {
      if (matchers.some((matches) => attempt(() => matches(link)) === true)) return true;
    }
    return false;
  };
}

function matcher(rule: IgnoreRule): (exception: unknown) => boolean {
  if (typeof rule === 'string') return (exception) => classNames(exception).includes(rule);
  if (rule instanceof RegExp) return (exception) => new RegExp(rule).test(messageOf(exception));
  if (isClass(rule)) return (exception) => exception instanceof rule;
  return rule;
}

function isClass(rule: unknown): rule is abstract new (...args: never[]) => unknown {
  if (typeof rule !== 'function') return false;
  const prototype: unknown = rule.prototype;
  return (
    rule === Error || prototype instanceof Error || /^class\b/.test(Function.prototype.toString.call(rule))
  );
}

/** The exception's own name and the names of its class and the classes above. */
function classNames(exception: unknown): readonly string[] {
  if (typeof exception !== 'object' || exception === null) return [];
  const names: string[] = [];
  const own = attempt(() => (exception as Error).name);
  if (typeof own === 'string') names.push(own);
  let prototype: unknown = attempt(() => Object.getPrototypeOf(exception) as unknown);
  while (typeof prototype === 'object' && prototype !== null && names.length < LONGEST_CHAIN) {
    const current = prototype;
    const name = attempt(() => current.constructor.name);
    if (typeof name === 'string') names.push(name);
    prototype = attempt(() => Object.getPrototypeOf(current) as unknown);
  }
  return names;
}

function messageOf(exception: unknown): string {
  if (typeof exception === 'string') return exception;
  const message = attempt(() => (exception as Error).message);
  return typeof message === 'string' ? message : '';
}

function causeChain(exception: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let link = exception;
  while (link !== undefined && link !== null && !chain.includes(link) && chain.length < LONGEST_CHAIN) {
    chain.push(link);
    const current = link;
    link = typeof current === 'object' ? attempt(() => (current as Error).cause) : undefined;
  }
  return chain.length > 0 ? chain : [exception];
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
