export { aBatch, aDelta, anEvent, samplesOf } from './testing/deltas.js';
export { eventStoreContract, type StoreFixture } from './testing/event-store.contract.js';
export { MemoryEventStore } from './testing/memory-event.store.js';
export type { Matchers, TestFramework } from './testing/test-framework.js';
