import 'reflect-metadata';
import { read } from '../../values/safe-read.js';
import type { CallFacts, FindWatchedMethod, Integration } from './integration.js';
import { globalFilterAsked, PATTERN, watchPatterns } from './microservices-watcher.js';

/**
 * Filters see what a handler throws, so that the method only notes its scope. The decorators of
 * parameters may put them in any order: it is the filter that reads the whole message.
 */
const watchedMethod: FindWatchedMethod = (_type, method) => {
  if (!Reflect.hasMetadata(PATTERN, method)) return undefined;
  const patterns: unknown = Reflect.getMetadata(PATTERN, method);
  const [pattern] = Array.isArray(patterns) ? (patterns as unknown[]) : [patterns];
  return {
    source: 'rpc',
    failuresGoTo: 'filters',
    facts: (args) => messageFacts(args[0], { getPattern: () => pattern }),
  };
};

/** @param context of the transport, which knows the address of the message */
function messageFacts(data: unknown, context: unknown): CallFacts {
  const pattern = patternOf(context);
  return {
    ...(pattern !== undefined && { transaction: pattern }),
    contexts: { message: { pattern, data } },
  };
}

/** What the contexts of the transports call the address of a message. */
const PATTERN_GETTERS = ['getPattern', 'getChannel', 'getSubject', 'getTopic'];

function patternOf(context: unknown): string | undefined {
  for (const name of PATTERN_GETTERS) {
    const getter = read(context, name);
    if (typeof getter !== 'function') continue;
    const pattern: unknown = Reflect.apply(getter, context, []);
    if (pattern !== undefined) return patternText(pattern);
  }
  return undefined;
}

/** A pattern is a text or an object. */
function patternText(pattern: unknown): string | undefined {
  if (typeof pattern === 'string') return pattern;
  try {
    return JSON.stringify(pattern);
  } catch {
    return undefined;
  }
}

/** `@nestjs/microservices`: messages and events, on any transport, in hybrid applications too. */
export const microservices: Integration = {
  watchedMethod,
  messages: {
    transport: 'rpc',
    facts: (host) => messageFacts(host.getArgByIndex(0), host.getArgByIndex(1)),
    onGlobalFilter: globalFilterAsked,
  },
  onClass: watchPatterns,
};
