import { eventStoreContract } from '../../lib/testing/event-store.contract.js';
import { MemoryData } from '../../lib/testing/memory-data.js';
import { MemoryEventStore } from '../../lib/testing/memory-event.store.js';
import { scratchSqlite } from '../support/databases.js';
import { storesOn } from '../support/stores.js';

eventStoreContract('an SQLite file', async () => storesOn(await scratchSqlite()));

eventStoreContract('memory', () => {
  const data = new MemoryData();
  return Promise.resolve({ another: () => new MemoryEventStore(data), cleanUp: () => Promise.resolve() });
});
