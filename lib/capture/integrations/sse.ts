import 'reflect-metadata';
import type { EntranceFinder } from './integration.js';

/** Left on methods by `@Sse()`. */
const SSE = '__sse__';

/** Before the first event of a stream goes out filters answer; afterwards its failure is told to the client and to the log. */
export const streamEntrance: EntranceFinder = (type, method, name) =>
  Reflect.getMetadata(SSE, method) === true
    ? {
        source: 'http',
        heardBy: 'filters-at-first',
        facts: () => ({ transaction: `${type.name}.${name}`, contexts: {} }),
      }
    : undefined;
