import { readFile, stat } from 'node:fs/promises';
import { aBatch, aDelta, samplesOf } from '../../lib/testing/deltas.js';
import { scratchSqlite } from '../support/databases.js';
import { connectStore } from '../support/stores.js';

it('an SQLite file and its log hold no word of an erased user any more', async () => {
  const database = await scratchSqlite();
  const stores = [connectStore(database).store, connectStore(database).store];
  for (const store of stores) await store.open();
  const [store, other] = stores;
  const contexts = { order: { street: 'Rue de la Paix'.repeat(300) } };
  const samples = samplesOf('a', 60, { user: { id: 'ada' }, contexts });
  await store?.save(aBatch(aDelta('a', { samples: [...samples, ...samplesOf('a', 3)] })), () => []);
  const holds = async (file: string) => (await readFile(file)).includes('Rue de la Paix');
  expect((await holds(database.name)) || (await holds(`${database.name}-wal`))).toBe(true);

  expect(await store?.eraseUser('ada')).toBe(60);
  expect(await holds(database.name)).toBe(false);
  expect((await stat(`${database.name}-wal`)).size).toBe(0);
  expect((await other?.findIssues({ limit: 5 }))?.items).toMatchObject([{ storedCount: 3 }]);

  for (const each of stores) await each.close();
  await database.drop();
});
