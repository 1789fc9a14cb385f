import { TypeOrmModule } from '@nestjs/typeorm';
import type { TestApp } from '../support/app.js';
import type { ScratchDatabase } from '../support/databases.js';
import { expectOutage, expectRecovered, fail, SERVERS, startFailingApp, through } from '../support/faults.js';
import { http } from '../support/http.js';
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

describe.each(SERVERS)('with %s down at boot', (_kind, makeDatabase, address) => {
  let database: ScratchDatabase;
  let proxy: TcpProxy;
  let app: TestApp;

  beforeEach(async () => {
    database = await makeDatabase();
    proxy = await tcpProxy(address);
    await proxy.goDown();
  });
  afterEach(async () => {
    await app.close();
    await proxy.close();
    await database.drop();
  });

  it('boots, answers, shows a page that says so, and stores everything once it is there', async () => {
    app = await startFailingApp(through(proxy, database));
    await expectAnswersUntilItIsThere();
  });

  it('does so, too, with the connection settings of the application', async () => {
    // Whether the application boots without its own database is its own decision; this one connects
    // later.
    const host = TypeOrmModule.forRoot({ ...through(proxy, database), manualInitialization: true });
    app = await startFailingApp({ dataSource: 'default' }, { imports: [host] });
    await expectAnswersUntilItIsThere();
  });

  async function expectAnswersUntilItIsThere(): Promise<void> {
    // All that it says from its boot on.
    const said = () => app.logger.lines.filter(({ context }) => context === 'ErrorTracker');
    await fail(app, 'first', 20);
    await expectOutage(app, /ECONNREFUSED/);
    expect(app.tracker.health()).toMatchObject({ queuedEvents: 20, storedEvents: 0 });
    const page = await http(`${app.url}/errors`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(page.body).not.toMatch(/\bat .*\.[jt]s/);
    expect((await http(`${app.url}/errors/api/issues`)).status).toBe(503);
    await fail(app, 'second', 5);
    await proxy.comeBack();
    await expectRecovered(app, said, { first: 20, second: 5 });
    expect((await http(`${app.url}/errors`)).body).toContain('second');
  }
});
