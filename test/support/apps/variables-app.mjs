// An application in a process of its own, since a debugger cannot look at the thread it runs in.
// Answers the messages of its parent: what it was asked for is done, and what the tracker captured
// by then is sent back.
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import inspector from 'node:inspector';
import libsql from 'libsql';
import {
  ErrorTrackerModule,
  ErrorTrackerService,
  EventStore,
  SensitiveVariables,
} from 'nestjs-error-tracker';

class PaymentsService {
  // eslint-disable-next-line no-unused-vars -- to be seen, or rather not to be seen
  async pay(order, password) {
    const total = order.lines.reduce((sum, line) => sum + line.cents, 0);
    await Promise.resolve();
    return this.book(total, { order, card: { number: '4111111111111111' } });
  }

  book(total, details) {
    const account = {
      id: 7,
      apiKey: 'live-4711',
      note: `sent with password=hunter2 for ${details.order.id}`,
    };
    for (const attempt of [1, 2]) {
      if (attempt === 2) throw new Error(`no booking of ${total} on ${account.id}`);
    }
  }

  secret(pin) {
    const first = 'do not show';
    const second = 'show';
    throw new Error(`marked ${[first, second, pin].length}`);
  }

  guarded(anything) {
    throw new TypeError(`hidden ${typeof anything}`);
  }
}
const method = (name) => Object.getOwnPropertyDescriptor(PaymentsService.prototype, name);
Reflect.decorate([SensitiveVariables('first')], PaymentsService.prototype, 'secret', method('secret'));
Reflect.decorate([SensitiveVariables()], PaymentsService.prototype, 'guarded', method('guarded'));

const payments = new PaymentsService();

class PaymentsController {
  kept(request) {
    throwKept(request.query.user);
  }

  pay() {
    return payments.pay({ id: 12, lines: [{ cents: 200 }, { cents: 350 }] }, 'swordfish');
  }
}
const handler = Object.getOwnPropertyDescriptor(PaymentsController.prototype, 'pay');
const keptHandler = Object.getOwnPropertyDescriptor(PaymentsController.prototype, 'kept');
Req()(PaymentsController.prototype, 'kept', 0);
Reflect.decorate([Get('kept')], PaymentsController.prototype, 'kept', keptHandler);
Reflect.decorate([Get('pay')], PaymentsController.prototype, 'pay', handler);
Reflect.decorate([Controller()], PaymentsController);

class AppModule {}
Reflect.decorate(
  [
    Module({
      controllers: [PaymentsController],
      imports: [
        ErrorTrackerModule.forRoot({
          database: { type: 'better-sqlite3', driver: libsql, database: ':memory:' },
          projectRoot: import.meta.dirname,
          ...JSON.parse(process.env.OPTIONS ?? '{}'),
        }),
      ],
    }),
  ],
  AppModule,
);

const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
await app.listen(0, '127.0.0.1');
const url = await app.getUrl();
const tracker = app.get(ErrorTrackerService);
const store = app.get(EventStore);

let keptError;
/** As caches of failures do it. */
function throwKept(user) {
  keptError ??= new Error(`kept since ${user}`);
  throw keptError;
}

/** Waits until the watch has begun: it does so beside the application. */
async function watched() {
  for (let attempt = 0; attempt < 200; attempt++) {
    const marker = attempt;
    try {
      throw new Error('is it watched yet?', { cause: marker });
    } catch (error) {
      const id = tracker.capture(error);
      await tracker.flush(5000);
      const stored = await store.getEvent(id);
      if (stored.event.exceptions[0].frames.some(({ variables }) => variables)) return true;
    }
    await pause(100);
  }
  return false;
}

const actions = {
  watched,
  pay: () => fetch(`${url}/pay`).then(({ status }) => status),
  caught(name) {
    try {
      payments[name]('1234');
    } catch (error) {
      tracker.capture(error);
    }
  },
  uncaught() {
    process.once('uncaughtException', () => undefined);
    setTimeout(() => payments.book(5, { order: { id: 13 } }), 1);
    return pause(100);
  },
  hostile() {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const trap = {
      get boom() {
        throw new Error('the getter ran');
      },
    };
    class Account {
      get balance() {
        throw new Error('the getter of a class ran');
      }
    }
    const account = new Account();
    const circle = { name: 'circle' };
    circle.self = circle;
    const large = 'x'.repeat(10_000_000);
    const proxy = revoked.proxy;
    let never = undefined;
    try {
      throw new Error(`hostile ${[trap, circle, large, proxy, account, never].length}`);
    } catch (error) {
      tracker.capture(error);
    }
  },
  kept: (user) => fetch(`${url}/kept?user=${user}`).then(({ status }) => status),
  async storm(count) {
    let caught = 0;
    for (let index = 0; index < count; index++) {
      try {
        payments.book(index, { order: { id: index, filler: 'y'.repeat(10_000) } });
      } catch {
        caught++;
      }
      if (index % 100 === 0) await pause(0);
    }
    globalThis.gc?.();
    await pause(50);
    globalThis.gc?.();
    return { caught, heapUsed: process.memoryUsage().heapUsed };
  },
  isWatched: () => Symbol.for('nestjs-error-tracker:take-variables') in globalThis,
  debug() {
    inspector.open(0);
    return pause(1500);
  },
  endDebug() {
    inspector.close();
    return pause(1500);
  },
};

process.on('message', async ({ action, argument }) => {
  const result = await actions[action](argument);
  await tracker.flush(5000);
  const { items } = await store.findIssues({ limit: 100 });
  const events = [];
  for (const issue of items) events.push((await store.findEvents(issue.id, 1)).items[0]?.event);
  process.send({ result, events });
});
process.send('ready');
