import 'reflect-metadata';
import type { Integration } from './integration.js';

/** Left on methods by `@OnEvent()`: one entry for each. */
const LISTENER = 'EVENT_LISTENER_METADATA';

/** `@nestjs/event-emitter`: what fails in a listener goes to a log only, as text. */
export const eventEmitter: Integration = {
  watchedMethod(_type, method) {
    const listeners: unknown = Reflect.getMetadata(LISTENER, method);
    if (!Array.isArray(listeners)) return undefined;
    const names = listeners.map((listener: unknown) => eventName((listener as { event?: unknown }).event));
    return {
      source: 'event',
      failuresGoTo: 'nobody',
      facts: (payload) => ({
        transaction: names.join(' | '),
        contexts: { event: { names, payload: payload.length > 1 ? payload : payload[0] } },
      }),
    };
  },
};

/** With wildcards a list may name an event, and any part of a name may be a symbol. */
function eventName(event: unknown): string {
  return Array.isArray(event) ? event.map(String).join('.') : String(event);
}
