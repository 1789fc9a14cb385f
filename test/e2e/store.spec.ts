import { eventStoreContract } from '../support/event-store.contract.js';
import { scratchSqlite } from '../support/databases.js';
import { storesOn } from '../support/stores.js';

eventStoreContract('an SQLite file', async () => storesOn(await scratchSqlite()));
