import type { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../lib/storage/typeorm/data-source-options.js';
import { TrackerDataSource } from '../../lib/storage/typeorm/tracker-data-source.js';
import { TypeOrmEventStore } from '../../lib/storage/typeorm/type-orm-event.store.js';
import type { ScratchDatabase } from './databases.js';
import type { StoreFixture } from '../../lib/testing/event-store.contract.js';

export interface ConnectedStore {
  readonly store: TypeOrmEventStore;
  readonly dataSource: DataSource;
}

/** A store with a connection of its own, as every process has it. Not open yet. */
export function connectStore({ options }: ScratchDatabase): ConnectedStore {
  const dataSource = new TrackerDataSource(dataSourceOptions(options, process.cwd()));
  return { dataSource, store: new TypeOrmEventStore(dataSource) };
}

/** Any number of stores on one scratch database, for the contract suite. */
export function storesOn(database: ScratchDatabase): StoreFixture {
  const stores: TypeOrmEventStore[] = [];
  return {
    another() {
      const { store } = connectStore(database);
      stores.push(store);
      return store;
    },
    async cleanUp() {
      await Promise.all(stores.map((store) => store.close()));
      await database.drop();
    },
  };
}
