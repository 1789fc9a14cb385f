import 'reflect-metadata';
import type { Integration } from './integration.js';

/** Left on methods by `@Sse()`. */
const SSE = '__sse__';

/**
 * Server-sent events, of `@nestjs/common`: filters answer until the first event of a stream has
 * gone out; a later failure is told to the client and to the log.
 */
export const sse: Integration = {
  watchedMethod(type, method, name) {
    if (Reflect.getMetadata(SSE, method) !== true) return undefined;
    return {
      source: 'http',
      failuresGoTo: 'filters-at-first',
      facts: () => ({ transaction: `${type.name}.${name}`, contexts: {} }),
    };
  },
};
