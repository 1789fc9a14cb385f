// An application in a process of its own, as users run it: the built package, loaded by name. Its
// database comes from the environment. It does what it is told over IPC.
import 'reflect-metadata';
import { appendFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import libsql from 'libsql';
import { ErrorTrackerModule, ErrorTrackerService, Notifier, Permission } from 'nestjs-error-tracker';

const { ALERTS, DATABASE, OPTIONS, PLATFORM } = process.env;
const database = JSON.parse(DATABASE);

class FailingController {
  fail() {
    throw new Error('the child broke');
  }

  failWith(bug) {
    throw new Error(bug);
  }

  fine() {
    return 'fine';
  }
}
for (const [path, name] of [
  ['fail', 'fail'],
  ['fail/:bug', 'failWith'],
  ['fine', 'fine'],
]) {
  const method = Object.getOwnPropertyDescriptor(FailingController.prototype, name);
  Reflect.decorate([Get(path)], FailingController.prototype, name, method);
}
Param('bug')(FailingController.prototype, 'failWith', 0);
Reflect.decorate([Controller()], FailingController);

class Everybody extends Permission {
  allows() {
    return true;
  }
}

/** Writes down the key of every alert, a line each. */
class FileNotifier extends Notifier {
  name = 'file';

  async notify({ dedupeKey }) {
    appendFileSync(ALERTS, `${dedupeKey}\n`);
  }
}

class AppModule {}
Reflect.decorate(
  [
    Module({
      imports: [
        ErrorTrackerModule.forRoot({
          database: database.type === 'better-sqlite3' ? { ...database, driver: libsql } : database,
          permission: Everybody,
          notifiers: ALERTS ? [FileNotifier] : [],
          ...JSON.parse(OPTIONS ?? '{}'),
        }),
      ],
      controllers: [FailingController],
    }),
  ],
  AppModule,
);

const adapter = PLATFORM === 'Fastify' ? new FastifyAdapter() : new ExpressAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: ['error', 'warn', 'log'] });
app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');
const tracker = app.get(ErrorTrackerService);

let made = 0;
const actions = {
  health: () => tracker.health(),
  flush: (ms) => tracker.flush(ms),
  heap() {
    globalThis.gc();
    globalThis.gc();
    return process.memoryUsage().heapUsed;
  },
  /** Captures errors that are all different, also from those of former storms. */
  async storm(times) {
    for (const end = made + times; made < end; made++) {
      // No digits: they would be taken for the same bug.
      tracker.capture(new Error(Array.from(String(made), (digit) => 'abcdefghij'[digit]).join('')));
      if (made % 200 === 199) await nextTurn();
    }
  },
  async repeat(times) {
    for (let index = 0; index < times; index++) tracker.capture(new Error('again'));
  },
};
process.on('message', async ({ action, argument }) => {
  process.send({ answer: await actions[action](argument) });
});
// The process that started it is gone, and nobody else would end it.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send({ url: await app.getUrl() });
