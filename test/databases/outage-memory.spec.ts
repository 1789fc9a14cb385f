import { startChildApp } from '../support/child-app.js';
import { delivery } from '../support/faults.js';
import { freePort } from '../support/free-port.js';

const ERRORS = 20_000;
const MB = 1024 * 1024;

it('needs no more memory for 80,000 different errors than for 20,000 while the database is away, and counts each', async () => {
  const nowhere = {
    type: 'postgres',
    host: '127.0.0.1',
    port: await freePort(),
    username: 'x',
    database: 'x',
  };
  const app = await startChildApp('Express', nowhere, { delivery }, { execArgv: ['--expose-gc'] });
  await app.storm(ERRORS);
  const before = await app.heap();
  for (let round = 0; round < 4; round++) await app.storm(ERRORS);
  expect((await app.heap()) - before).toBeLessThan(10 * MB);

  const health = await app.health();
  const dropped = Object.values(health.dropped).reduce((sum, events) => sum + events, 0);
  expect(health).toMatchObject({ status: 'degraded', storeAvailable: false, capturedEvents: 5 * ERRORS });
  expect(health.storedEvents + health.queuedEvents + dropped).toBe(health.capturedEvents);
  const lines = app
    .output()
    .split('\n')
    .filter((line) => line.includes('[ErrorTracker]'));
  expect(
    new Set(lines.map((line) => /(event store fails|are lost|without their details)/.exec(line)?.[0])).size,
  ).toBe(lines.length);
  expect(await app.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
});
