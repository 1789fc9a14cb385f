import { eventStoreContract } from '../../lib/testing/event-store.contract.js';
import { scratchMariadb, scratchPostgres, scratchSqlite } from '../support/databases.js';
import { storesOn } from '../support/stores.js';

eventStoreContract('an SQLite file', async () => storesOn(await scratchSqlite()));
eventStoreContract('PostgreSQL', async () => storesOn(await scratchPostgres()));
eventStoreContract('MariaDB', async () => storesOn(await scratchMariadb()));
