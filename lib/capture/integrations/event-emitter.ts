import 'reflect-metadata';
import type { EntranceFinder } from './integration.js';

/** Left on methods by `@OnEvent()` of `@nestjs/event-emitter`: one entry for each. */
const LISTENER = 'EVENT_LISTENER_METADATA';

/** What fails here only goes to a log, and as two strings at that. */
export const eventEntrance: EntranceFinder = (_type, method) => {
  const listeners: unknown = Reflect.getMetadata(LISTENER, method);
  if (!Array.isArray(listeners)) return undefined;
  const names = listeners.map((listener: unknown) => eventName((listener as { event?: unknown }).event));
  return {
    source: 'event',
    heardBy: 'nobody',
    facts: (payload) => ({
      transaction: names.join(' | '),
      contexts: { event: { names, payload: payload.length > 1 ? payload : payload[0] } },
    }),
  };
};

/** With wildcards an event may be named by a list, and any part of a name by a symbol. */
function eventName(event: unknown): string {
  return Array.isArray(event) ? event.map(String).join('.') : String(event);
}
