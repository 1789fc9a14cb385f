import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module, type OnModuleInit, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTrackerModule, EventStore, trackBootstrap, type Issue } from '../../lib/index.js';
import { sqlite } from '../support/app.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
});
afterEach(() => {
  // An application that does not start is never closed; its process ends, and with it the list of
  // running trackers.
  const running = Reflect.get(globalThis, Symbol.for('nestjs-error-tracker:active-trackers')) as unknown[];
  running.length = 0;
  rmSync(folder, { recursive: true, force: true });
});

const tracker = () => ErrorTrackerModule.forRoot({ database: sqlite(join(folder, 'errors.sqlite')) });

/** What an application that starts later finds in the database. */
async function stored(): Promise<readonly Issue[]> {
  const app = await NestFactory.createApplicationContext(tracker(), { logger: false });
  const store = app.get(EventStore);
  await store.open();
  const { items } = await store.findIssues({ limit: 10 });
  await app.close();
  return items;
}

const failure = new Error('the start broke');

@Injectable()
class BrokenService implements OnModuleInit {
  onModuleInit(): void {
    throw failure;
  }
}

function appWith(imports: Parameters<typeof Module>[0]['imports'], providers: unknown[]): Type {
  @Module({ imports, providers: providers as Type[] })
  class AppModule {}
  return AppModule;
}

const create = (module: Type) => NestFactory.create(module, { logger: false, abortOnError: false });

it.each([
  [
    'a hook of another module',
    async () => {
      const app = await create(appWith([tracker()], [BrokenService]));
      await app.init();
    },
  ],
  [
    'a factory, before there is a tracker',
    () =>
      create(
        appWith(
          [tracker()],
          [
            {
              provide: 'broken',
              useFactory: () => {
                throw failure;
              },
            },
          ],
        ),
      ),
  ],
  [
    'something outside of Nest',
    () => {
      throw failure;
    },
  ],
])('reports what %s throws, and throws it on', async (_name, bootstrap) => {
  await expect(trackBootstrap<unknown>(bootstrap, tracker())).rejects.toBe(failure);
  expect(await stored()).toMatchObject([
    { title: 'the start broke', source: 'process', handled: false, level: 'fatal', eventCount: 1 },
  ]);
});

it('reports a port that is taken', async () => {
  const holder: Server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as { port: number };
  let app: Awaited<ReturnType<typeof create>> | undefined;
  const failed = trackBootstrap(async () => {
    app = await create(appWith([tracker()], []));
    await app.listen(port, '127.0.0.1');
  });
  await expect(failed).rejects.toThrow('EADDRINUSE');
  await app?.close();
  holder.close();
  expect((await stored()).map(({ title, level }) => [title.includes('EADDRINUSE'), level])).toEqual([
    [true, 'fatal'],
  ]);
});

it('throws on, and says nothing, where there is no tracker at all', async () => {
  await expect(
    trackBootstrap(() => {
      throw failure;
    }),
  ).rejects.toBe(failure);
});

it('hands on what the start returns, and captures nothing', async () => {
  const app = await trackBootstrap(() => create(appWith([tracker()], [])), tracker());
  await app.init();
  await app.close();
  expect(await stored()).toEqual([]);
});
